"""What examiners, coaches and mentors mark: their own participants and their own cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sinambung.domains.training.models import (
    Assignment,
    AssignmentRole,
    Batch,
    BatchState,
    Mark,
    Participant,
    ParticipantState,
    RemarkRequest,
)
from sinambung.domains.training.queries.grade_cells import written
from sinambung.domains.training.queries.schemes import MarkCell, SchemeView, scheme_of
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class RatedPerson:
    """One participant of a rater: how many of the rater's cells are filled."""

    participant: Participant
    role_name: str
    filled: int
    total: int
    must_remark: bool

    @property
    def is_done(self) -> bool:
        return self.filled == self.total and not self.must_remark


@dataclass(frozen=True, slots=True)
class RatedBatch:
    batch: Batch
    people: tuple[RatedPerson, ...]
    is_open: bool

    @property
    def waiting(self) -> int:
        return sum(not person.is_done for person in self.people)


@dataclass(frozen=True, slots=True)
class RaterLine:
    """One cell that the rater fills. `others` are the other raters' marks, shown only when both
    are in; until then each marks without seeing the other."""

    cell: MarkCell
    value: Decimal | None
    text: str
    version: int
    others: tuple[tuple[str, str], ...]
    difference: str

    @property
    def field(self) -> str:
        return f"mark-{self.cell.code}"


@dataclass(frozen=True, slots=True)
class RaterSheet:
    participant: Participant
    batch: Batch
    role_name: str
    lines: tuple[RaterLine, ...]
    lowest: Decimal
    highest: Decimal
    limit: Decimal | None
    is_open: bool
    next_id: str
    place: int
    count: int


def rated_batches(actor: Actor) -> list[RatedBatch]:
    """Return the batches in which the actor marks, with their people."""
    assignments = _assignments(actor)
    marks = _filled(row.participant_id for row in assignments)
    remarks = _open_remarks(row.participant_id for row in assignments)
    by_batch: dict[str, list[Assignment]] = defaultdict(list)
    for row in assignments:
        by_batch[row.batch_id].append(row)
    found = []
    for rows in by_batch.values():
        batch = rows[0].batch
        view = scheme_of(batch)
        people = tuple(_rated(row, view, marks, remarks) for row in rows)
        people = tuple(person for person in people if person.total)
        if people:
            found.append(RatedBatch(batch, people, batch.state == BatchState.RUNNING))
    return found


def rater_sheet(actor: Actor, participant_id: str) -> RaterSheet:
    """Return what the actor marks of one participant; raise `NotFound` where it is nothing."""
    rows = _assignments(actor)
    own = [row for row in rows if row.participant_id == participant_id]
    if not own:
        raise NotFound
    person, batch = own[0].participant, own[0].batch
    view = scheme_of(batch)
    roles = {row.role for row in own}
    cells = [cell for cell in view.cells if cell.role in roles]
    if not cells:
        raise NotFound
    marks = {mark.cell: mark for mark in Mark.objects.filter(participant=person).order_by("cell")}
    lines = tuple(_line(cell, view, marks, roles) for cell in cells)
    order = list(dict.fromkeys(row.participant_id for row in rows if row.batch_id == batch.pk))
    place = order.index(participant_id)
    return RaterSheet(
        participant=person,
        batch=batch,
        role_name=", ".join(dict.fromkeys(cell.role_name for cell in cells)),
        lines=lines,
        lowest=view.scheme.mark_lowest,
        highest=view.scheme.mark_highest,
        limit=view.scheme.maximum_spread,
        is_open=batch.state == BatchState.RUNNING and person.state == ParticipantState.ACTIVE,
        next_id=order[place + 1] if place + 1 < len(order) else "",
        place=place + 1,
        count=len(order),
    )


def _assignments(actor: Actor) -> list[Assignment]:
    """Return what the actor marks; each batch, with its large scheme, is read once."""
    rows = list(
        Assignment.objects.filter(person_id=actor.id or "-", until__isnull=True)
        .exclude(batch__state__in=[BatchState.CANCELLED, BatchState.PREPARING])
        .filter(participant__state__in=[ParticipantState.ACTIVE, ParticipantState.POSTPONED])
        .select_related("participant")
        .order_by("-batch__starts_on", "batch", "participant__number", "role")
    )
    related = Batch.objects.select_related("edition", "programme")
    batches = related.in_bulk({row.batch_id for row in rows})
    for row in rows:
        row.batch = batches[row.batch_id]
    return rows


def _filled(participant_ids: Iterable[str]) -> Mapping[str, set[str]]:
    marks: dict[str, set[str]] = defaultdict(set)
    rows = Mark.objects.filter(participant_id__in=list(participant_ids), value__isnull=False)
    for participant_id, cell in rows.order_by().values_list("participant_id", "cell"):
        marks[participant_id].add(cell)
    return marks


def _open_remarks(participant_ids: Iterable[str]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows = RemarkRequest.objects.filter(
        participant_id__in=list(participant_ids), resolved_at__isnull=True
    )
    for participant_id, item in rows.order_by().values_list("participant_id", "item"):
        found[participant_id].add(item)
    return found


def _rated(
    row: Assignment,
    view: SchemeView,
    marks: Mapping[str, set[str]],
    remarks: Mapping[str, set[str]],
) -> RatedPerson:
    cells = [cell for cell in view.cells if cell.role == row.role]
    items = {cell.item for cell in cells}
    return RatedPerson(
        participant=row.participant,
        role_name=str(AssignmentRole(row.role).label),
        filled=sum(cell.code in marks.get(row.participant_id, ()) for cell in cells),
        total=len(cells),
        must_remark=bool(items & remarks.get(row.participant_id, set())),
    )


def _line(
    cell: MarkCell, view: SchemeView, marks: Mapping[str, Mark], roles: set[str]
) -> RaterLine:
    mark = marks.get(cell.code)
    value = mark.value if mark else None
    seats = [other for other in view.cells_of_item(cell.item) if other.role not in roles]
    others = [
        (other.role_name, marks[other.code].value)
        for other in seats
        if other.code in marks and marks[other.code].value is not None
    ]
    shown = value is not None and bool(others)
    values = [value, *(other for _name, other in others)] if shown else []
    known = [number for number in values if number is not None]
    limit = view.scheme.maximum_spread
    apart = max(known) - min(known) if len(known) > 1 else Decimal(0)
    return RaterLine(
        cell=cell,
        value=value,
        text=written(value),
        version=mark.version if mark else 0,
        others=tuple((name, written(other)) for name, other in others) if shown else (),
        difference=written(apart) if limit is not None and apart > limit else "",
    )
