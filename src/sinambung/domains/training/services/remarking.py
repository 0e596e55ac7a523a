"""Raters who differ by more than the scheme allows: asked to mark again, both told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as say

from sinambung.domains.training.models import Assignment, Mark, Participant, RemarkRequest
from sinambung.domains.training.queries.schemes import SchemeView
from sinambung.domains.training.services.subjects import participant_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import system
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.notices.services import notify
from sinambung.pure.rulebook.marks import comma

SYSTEM = system("Sistem")


def check_spreads(view: SchemeView, people: Mapping[str, Participant], *, at: dt.datetime) -> None:
    """Open a request where raters now differ too much, close it where they no longer do."""
    limit = view.scheme.maximum_spread
    if limit is None:
        return
    differences = _differences(view, people)
    open_requests = {
        (request.participant_id, request.item): request
        for request in RemarkRequest.objects.filter(
            participant_id__in=list(people), resolved_at=None
        ).order_by("id")
    }
    for (participant_id, item), difference in differences.items():
        request = open_requests.pop((participant_id, item), None)
        if difference > limit:
            _ask(view, people[participant_id], item, difference, limit, request, at)
        elif request is not None:
            _resolve(view, people[participant_id], request, at)
    for request in open_requests.values():
        _resolve(view, people[request.participant_id], request, at)


def _differences(
    view: SchemeView, people: Mapping[str, Participant]
) -> dict[tuple[str, str], Decimal]:
    shared = {cell.code: cell.item for cell in view.cells if cell.role}
    values: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    marks = Mark.objects.filter(participant_id__in=list(people), value__isnull=False).order_by()
    for participant_id, cell, value in marks.values_list("participant_id", "cell", "value"):
        if cell in shared and value is not None:
            values[participant_id, shared[cell]].append(value)
    return {key: max(found) - min(found) for key, found in values.items() if len(found) > 1}


def _ask(
    view: SchemeView,
    person: Participant,
    item: str,
    difference: Decimal,
    limit: Decimal,
    request: RemarkRequest | None,
    at: dt.datetime,
) -> None:
    if request is not None:
        if request.difference != difference:
            request.difference = difference
            save_changed(request, ["difference"])
        return
    RemarkRequest.objects.create(
        participant=person, item=item, difference=difference, limit=limit, requested_at=at
    )
    audit.record(
        Trail.REMARK_REQUESTED,
        participant_subject(person),
        by=SYSTEM,
        cell=_name(view, item),
        difference=comma(difference),
        limit=comma(limit),
    )
    _tell_raters(view, person, item, difference, at)


def _tell_raters(
    view: SchemeView, person: Participant, item: str, difference: Decimal, at: dt.datetime
) -> None:
    roles = [cell.role for cell in view.cells_of_item(item)]
    raters = Assignment.objects.filter(participant=person, role__in=roles, until=None)
    facts = {"name": person.display_name, "difference": comma(difference)}
    notify(
        user_ids=raters.order_by("role").values_list("person_id", flat=True),
        text=say("Nilai ulang %(name)s: selisih penilai %(difference)s.") % facts,
        link=f"/pelatihan/menilai/{person.pk}/",
        by=SYSTEM,
        at=at,
    )


def _resolve(
    view: SchemeView, person: Participant, request: RemarkRequest, at: dt.datetime
) -> None:
    request.resolved_at = at
    save_changed(request, ["resolved_at"])
    audit.record(
        Trail.REMARK_RESOLVED,
        participant_subject(person),
        by=SYSTEM,
        cell=_name(view, request.item),
    )


def _name(view: SchemeView, item: str) -> str:
    cells = view.cells_of_item(item)
    return " › ".join(cells[0].path) if cells else item
