"""The grade book of a batch: the grid, saving it, computing, closing, completing, ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.frames import batch_frame
from sinambung.domains.training.queries import grade_book as queries
from sinambung.domains.training.queries import local_values, ranking, rater_summary
from sinambung.domains.training.queries.missing_raters import missing_raters
from sinambung.domains.training.queries.schemes import MarkCell
from sinambung.domains.training.services import closing
from sinambung.domains.training.services import grades as grade_services
from sinambung.domains.training.services import marks as services
from sinambung.domains.training.services.marks import (
    CellChange,
    CellProblem,
    MarksNotSaved,
    SavedCell,
)
from sinambung.platform.exchange import exports
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_json, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability

MOST_CHANGES = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(Capability.VIEW_BATCHES)
@require_GET
def show_grade_book(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    may_grade = request.actor.may(Capability.GRADE)
    book = queries.grade_book(batch, may_edit=may_grade)
    body = {
        "book": book,
        "may_edit": book.is_open and may_grade,
        "may_grade": may_grade,
        **_frame(request, batch, _("Nilai")),
    }
    return render(request, "training/grade_book.html", body)


@page(Capability.GRADE)
@require_POST
def save_marks(request: Request, batch_id: Ulid) -> JsonResponse:
    """Answer the grid: what was saved, what was not and why, and the cells that follow."""
    batch = access.batch_for(request.actor, batch_id, Capability.GRADE)
    names = queries.participant_keys(batch_id)
    cells = queries.cells_of_batch(batch)
    codes = [cell.code for cell in cells]
    try:
        changes = _posted_changes(request, names, codes)
        saved = services.save_marks(batch_id=batch_id, changes=changes, by=request.actor, at=now())
    except MarksNotSaved as refusal:
        return JsonResponse(_refusals(refusal, names, codes), status=refusal.status)
    except NotFound:
        raise
    except Refused as refusal:
        return JsonResponse({"message": refusal.sentence}, status=refusal.status)
    return JsonResponse(_saved(batch, saved, names, cells))


@page(Capability.VIEW_BATCHES)
@require_GET
def find_marks(request: Request, batch_id: Ulid, key: str) -> HttpResponse:
    """Lead from the short name of a participant in the grade book to their marks."""
    access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    person = queries.participant_keys(batch_id).get(key)
    if person is None:
        raise NotFound
    return HttpResponseRedirect(f"/pelatihan/peserta/{person}/nilai/")


@page(Capability.GRADE)
@require_POST
def compute_grades(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.GRADE)
    done = grade_services.compute_grades(batch_id=batch_id, by=request.actor, at=now())
    facts = {"computed": done.computed, "withheld": done.withheld}
    messages.success(
        request, _("%(computed)s nilai akhir dihitung, %(withheld)s belum dapat dihitung.") % facts
    )
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/nilai/")


@page(Capability.GRADE)
@require_http_methods(["GET", "POST"])
def close_marks(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.GRADE)
    problem = ""
    if request.method == "POST":
        try:
            closing.close_marks(
                batch_id=batch_id,
                version=posted_version(request),
                accept_incomplete=request.POST.get("accept") == "1",
                by=request.actor,
                at=now(),
            )
        except NotFound:
            raise
        except Refused as refusal:
            problem = refusal.sentence
        else:
            messages.success(request, _("Nilai ditutup."))
            return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/nilai/")
    body = {
        "book": queries.grade_book(batch),
        "missing_raters": sum(role.count for role in missing_raters(batch)),
        "problem": problem,
        **_frame(request, batch, _("Tutup nilai")),
    }
    return render(request, "training/grade_closing.html", body, status=409 if problem else 200)


@page(Capability.GRADE)
@require_http_methods(["GET", "POST"])
def complete_scheme(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.GRADE)
    if request.method == "POST":
        closing.complete_scheme(
            batch_id=batch_id,
            version=posted_version(request),
            by=request.actor,
            at=now(),
            on=today(),
        )
        messages.success(request, _("Skema penilaian dilengkapi dan nilai dihitung ulang."))
        return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/nilai/")
    body = {
        "page": local_values.local_values_page(batch, on=today()),
        **_frame(request, batch, _("Bobot")),
    }
    return render(request, "training/grade_scheme.html", body)


@page(Capability.VIEW_BATCHES)
@require_GET
def download_marks(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    kind = exports.kind_named("marks")
    asked = exports.ExportRequest(
        by=request.actor, at=now(), on=today(), options={"batch": batch_id}, suffix=".xlsx"
    )
    content, _rows = kind.content(asked)
    answer = HttpResponse(content, content_type=XLSX)
    name = f"nilai-{batch.programme.code}-{batch.number}-{batch.year}.xlsx".lower()
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@page(Capability.VIEW_BATCHES)
@require_GET
def show_ranking(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    body = {"ranking": ranking.ranking_of(batch_id), **_frame(request, batch, _("Peringkat"))}
    return render(request, "training/ranking.html", body)


@page(Capability.VIEW_BATCHES)
@require_GET
def print_ranking(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    body = {"ranking": ranking.ranking_of(batch_id), "batch": batch, "today": today()}
    return render(request, "training/ranking_print.html", body)


@page(Capability.VIEW_BATCHES)
@require_GET
def show_raters(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    body = {"page": rater_summary.rater_page(batch), **_frame(request, batch, _("Penilai"))}
    return render(request, "training/rater_summary.html", body)


def _frame(request: Request, batch: Any, title: str) -> dict[str, Any]:
    frame = batch_frame(batch, actor=request.actor, current="nilai/", title=title)
    return {"batch": batch, **frame}


def _posted_changes(request: Request, names: dict[str, str], codes: list[str]) -> list[CellChange]:
    """Read what the grid sent: cells are named by the participant's short key and a place."""
    try:
        sent = posted_json(request, "changes")
        changes = [_change(item, names, codes) for item in sent]
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise Invalid(_("Perubahan ini tidak terbaca. Muat ulang halaman.")) from None
    if len(changes) > MOST_CHANGES:
        raise Invalid(_("Terlalu banyak perubahan sekaligus. Simpan sebagian lebih dahulu."))
    return changes


def _change(item: dict[str, Any], names: dict[str, str], codes: list[str]) -> CellChange:
    key, _dot, place = str(item["key"]).partition(".")
    if key not in names or not place.isdecimal():
        raise NotFound
    return CellChange(
        participant_id=names[key],
        cell=codes[int(place)],
        value=str(item["value"])[:40],
        version=int(item["version"]),
    )


def _saved(
    batch: Any, saved: Sequence[SavedCell], names: dict[str, str], cells: Sequence[MarkCell]
) -> dict[str, Any]:
    """Say what was saved, and how grade, badge and marked cells of those rows look now."""
    keys = {id: key for key, id in names.items()}
    places = {cell.code: place for place, cell in enumerate(cells)}
    touched = {cell.participant_id for cell in saved}
    rows = [row for row in queries.grade_book(batch).rows if row.id in touched]
    return {
        "saved": {
            f"{keys[cell.participant_id]}.{places[cell.cell]}": cell.version for cell in saved
        },
        "cells": {
            **{f"f-{row.key}": row.final for row in rows},
            **{f"g-{row.key}": row.badge for row in rows},
        },
        "tones": {f"g-{row.key}": row.tone for row in rows},
        "spread": {
            f"{row.key}.{places[cell.code]}": cell.item in row.apart
            for row in rows
            for cell in cells
            if cell.role
        },
        "message": _("%(count)s nilai tersimpan.") % {"count": len(saved)},
    }


def _refusals(refusal: MarksNotSaved, names: dict[str, str], codes: list[str]) -> dict[str, Any]:
    keys = {id: key for key, id in names.items()}

    def key(problem: CellProblem) -> str:
        return f"{keys[problem.participant_id]}.{codes.index(problem.cell)}"

    return {
        "saved": {},
        "refused": {key(p): p.sentence for p in refusal.problems if not p.is_conflict},
        "conflicts": {
            key(p): {"value": p.stored, "version": p.version, "sentence": p.sentence}
            for p in refusal.problems
            if p.is_conflict
        },
        "message": refusal.sentence,
    }
