"""Reads about participants: the roster, one person, and their own view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from sinambung.domains.training.models import (
    Assignment,
    AssignmentRole,
    Batch,
    DocumentState,
    Participant,
    ParticipantDocument,
    ParticipantState,
)
from sinambung.domains.training.queries.passed_before import passed_before
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.pure.rulebook.programmes import EligibilityItem

TONES = {
    ParticipantState.NOMINATED: "info",
    ParticipantState.ACCEPTED: "brand",
    ParticipantState.ACTIVE: "success",
    ParticipantState.REJECTED: "danger",
    ParticipantState.WITHDRAWN: "warning",
    ParticipantState.DROPPED: "warning",
    ParticipantState.DECEASED: "neutral",
    ParticipantState.POSTPONED: "warning",
    ParticipantState.FAILED: "danger",
    ParticipantState.PASSED: "success",
}

LINE_FIELDS = (
    "id", "version", "number", "nip", "name", "display_name", "rank", "position", "unit_name",
    "sending_agency", "employee__sex", "state", "state_reason", "group", "group__name", "portrait",
    "employee", "employee__account", "electives", "confirmed_items",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """One line of the roster. `done` of `needed` required items of the checklist are met."""

    id: str
    version: int
    number: int
    nip: str
    name: str
    display_name: str
    rank: str
    position: str
    unit_name: str
    sending_agency: str
    sex: str
    state: str
    state_label: str
    tone: str
    state_reason: str
    group_id: str
    group_name: str
    portrait: str
    employee_id: str
    account_id: str
    electives: tuple[str, ...]
    done: int = 0
    needed: int = 0
    waiting: int = 0
    coach: str = ""
    mentor: str = ""
    examiner: str = ""


@dataclass(frozen=True, slots=True)
class RosterPage:
    lines: list[ParticipantLine]
    counts: list[tuple[str, str, int]]
    asked_state: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    id: str
    version: int
    file_name: str
    state: str
    state_label: str
    note: str
    uploaded_at: object


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One requirement with what stands for it: `state` is missing, waiting, returned, met or
    contradicted. `passed` names the recorded pass that contradicts it."""

    item: EligibilityItem
    state: str
    is_confirmed: bool
    document: DocumentLine | None = None
    former: tuple[DocumentLine, ...] = field(default=())
    passed: str = ""


def participants_of(
    batch_id: str,
    *,
    states: Sequence[str] = (),
    with_progress: bool = False,
    batch: Batch | None = None,
) -> list[ParticipantLine]:
    """Return the participants of a batch by number, in a constant number of queries.

    `with_progress` adds the checklist and who coaches, mentors and examines; `batch` spares
    a query to callers that have it with its edition.
    """
    rows = Participant.objects.filter(batch=batch_id)
    if states:
        rows = rows.filter(state__in=states)
    people = list(rows.order_by("number", "id").values_list(*LINE_FIELDS, named=True))
    if not with_progress or not people:
        return [_line(row) for row in people]
    batch = batch or Batch.objects.select_related("edition").get(pk=batch_id)
    required = {item.code for item in edition_of(batch).curriculum.eligibility if item.required}
    accepted, waiting = _documents(batch_id)
    names = _assigned(batch_id)
    return [
        _line(
            row,
            done=len(required & {*accepted[row.id], *row.confirmed_items}),
            needed=len(required),
            waiting=waiting[row.id],
            roles=names[row.id],
        )
        for row in people
    ]


def roster_page(batch: Batch, *, state: str = "") -> RosterPage:
    """Return the roster of a batch as its page shows it."""
    known = state if state in ParticipantState.values else ""
    counted = dict(
        Participant.objects.filter(batch=batch)
        .order_by()
        .values_list("state")
        .annotate(Count("id"))
    )
    return RosterPage(
        lines=participants_of(
            batch.pk, states=[known] if known else (), with_progress=True, batch=batch
        ),
        counts=[
            (value, str(label), counted[value])
            for value, label in ParticipantState.choices
            if value in counted
        ],
        asked_state=known,
    )


def checklist_of(participant: Participant) -> list[ChecklistLine]:
    """Return every requirement of the edition with what the participant has for it."""
    rows: dict[str, list[ParticipantDocument]] = defaultdict(list)
    for row in participant.documents.order_by("uploaded_at", "id"):
        rows[row.item].append(row)
    items = edition_of(participant.batch).curriculum.eligibility
    passed = ""
    if any(item.asks_not_passed for item in items):
        known = passed_before(participant.batch_id, nips=[participant.nip])
        passed = known.get(participant.nip, "")
    return [_checklist_line(item, rows[item.code], participant, passed) for item in items]


def _checklist_line(
    item: EligibilityItem,
    rows: Sequence[ParticipantDocument],
    participant: Participant,
    passed: str,
) -> ChecklistLine:
    documents = [_document(row) for row in rows]
    confirmed = item.code in participant.confirmed_items
    latest = documents[-1] if documents else None
    contradiction = passed if item.asks_not_passed else ""
    state = "contradicted" if contradiction else "missing"
    if confirmed or (latest and latest.state == DocumentState.ACCEPTED):
        state = "met"
    elif latest is not None:
        state = "returned" if latest.state == DocumentState.RETURNED else "waiting"
    return ChecklistLine(item, state, confirmed, latest, tuple(documents[:-1]), contradiction)


def _document(row: ParticipantDocument) -> DocumentLine:
    return DocumentLine(
        row.pk,
        row.version,
        row.file_name,
        row.state,
        row.get_state_display(),
        row.note,
        row.uploaded_at,
    )


def _documents(batch_id: str) -> tuple[Mapping[str, set[str]], Mapping[str, int]]:
    accepted: dict[str, set[str]] = defaultdict(set)
    waiting: dict[str, int] = defaultdict(int)
    rows = ParticipantDocument.objects.filter(participant__batch=batch_id).exclude(
        state=DocumentState.RETURNED
    )
    for person, item, state in rows.order_by("id").values_list("participant", "item", "state"):
        if state == DocumentState.ACCEPTED:
            accepted[person].add(item)
        else:
            waiting[person] += 1
    return accepted, waiting


def _assigned(batch_id: str) -> Mapping[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    rows = Assignment.objects.filter(batch=batch_id, until__isnull=True).order_by("id")
    for person, role, name in rows.values_list("participant", "role", "person_name"):
        names[person][role] = name
    return names


def _line(
    row: Any,
    *,
    done: int = 0,
    needed: int = 0,
    waiting: int = 0,
    roles: Mapping[str, str] | None = None,
) -> ParticipantLine:
    roles = roles or {}
    return ParticipantLine(
        id=row.id,
        version=row.version,
        number=row.number,
        nip=row.nip,
        name=row.name,
        display_name=row.display_name,
        rank=row.rank,
        position=row.position,
        unit_name=row.unit_name,
        sending_agency=row.sending_agency,
        sex=row.employee__sex,
        state=row.state,
        state_label=str(ParticipantState(row.state).label),
        tone=TONES[ParticipantState(row.state)],
        state_reason=row.state_reason,
        group_id=row.group or "",
        group_name=row.group__name or "",
        portrait=row.portrait,
        employee_id=row.employee,
        account_id=row.employee__account or "",
        electives=tuple(row.electives),
        done=done,
        needed=needed,
        waiting=waiting,
        coach=roles.get(AssignmentRole.COACH, ""),
        mentor=roles.get(AssignmentRole.MENTOR, ""),
        examiner=roles.get(AssignmentRole.EXAMINER, ""),
    )


def search_condition(text: str) -> Q:
    """Match a name in part, or the beginning of a NIP."""
    digits = "".join(letter for letter in text if letter.isdigit())
    condition = Q(name__icontains=text)
    if len(digits) >= 6:
        condition |= Q(nip__startswith=digits)
    return condition
