"""Lesson hours attended, as the organiser counts them: a grid of two columns."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.frames import batch_frame
from sinambung.domains.training.queries import attendance as queries
from sinambung.domains.training.queries.grade_book import participant_keys
from sinambung.domains.training.services import attendance as services
from sinambung.domains.training.services.attendance import HoursAttended
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_json
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability

COLUMNS = ("scheduled", "attended")
HUNDRED = 100


@page(Capability.VIEW_BATCHES)
@require_GET
def show_attendance(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    frame = batch_frame(batch, actor=request.actor, current="kehadiran/", title=_("Kehadiran"))
    body = {
        "page": queries.attendance_page(batch),
        "batch": batch,
        "may_edit": request.actor.may(Capability.GRADE),
        **frame,
    }
    return render(request, "training/attendance.html", body)


@page(Capability.GRADE)
@require_POST
def record_lesson_hours(request: Request, batch_id: Ulid) -> JsonResponse:
    """Answer the grid of attendance: the version of a cell is its value in hundredths."""
    batch = access.batch_for(request.actor, batch_id, Capability.GRADE)
    try:
        sent = _posted(request, batch_id)
        services.record_lesson_hours(batch_id=batch_id, hours=_rows(sent), by=request.actor)
    except NotFound:
        raise
    except Refused as refusal:
        return JsonResponse({"message": refusal.sentence}, status=refusal.status)
    touched = {id for id, _column in sent}
    rows = {row.id: row for row in queries.attendance_page(batch).rows if row.id in touched}
    body = {
        "saved": {f"{rows[id].key}:{column}": rows[id].version_of(column) for id, column in sent},
        "cells": {f"f-{row.key}": row.share or "–" for row in rows.values()},
        "message": _("Kehadiran tersimpan."),
    }
    return JsonResponse(body)


def _posted(request: Request, batch_id: Ulid) -> dict[tuple[str, str], tuple[str, Decimal | None]]:
    """Return by participant and column the value typed and the one that was seen."""
    names = participant_keys(batch_id)
    try:
        sent = posted_json(request, "changes")
        return dict(_cell(item, names) for item in sent)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Invalid(_("Tulis JP sebagai angka, misalnya 288 atau 287,50.")) from None


def _cell(
    item: dict[str, Any], names: dict[str, str]
) -> tuple[tuple[str, str], tuple[str, Decimal | None]]:
    key, _colon, column = str(item["key"]).partition(":")
    if key not in names or column not in COLUMNS:
        raise NotFound
    version = int(item["version"])
    return (names[key], column), (
        str(item["value"])[:12],
        None if version < 0 else Decimal(version) / HUNDRED,
    )


def _rows(
    sent: dict[tuple[str, str], tuple[str, Decimal | None]],
) -> list[HoursAttended]:
    by_person: dict[str, dict[str, tuple[str, Decimal | None]]] = defaultdict(dict)
    for (id, column), pair in sent.items():
        by_person[id][column] = pair
    return [
        HoursAttended(
            participant_id=id,
            scheduled=cells["scheduled"][0] if "scheduled" in cells else None,
            attended=cells["attended"][0] if "attended" in cells else None,
            seen={column: seen for column, (_value, seen) in cells.items()},
        )
        for id, cells in by_person.items()
    ]
