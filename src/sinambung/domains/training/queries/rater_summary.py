"""Who has marked what in a batch, how far, and how a rater's marks differ from the others'."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sinambung.domains.training.models import (
    Assignment,
    AssignmentRole,
    Batch,
    Mark,
    ParticipantState,
    RemarkRequest,
)
from sinambung.domains.training.queries.schemes import MarkCell, SchemeView, scheme_of

MARKED = (ParticipantState.ACTIVE, ParticipantState.POSTPONED)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class RaterSummary:
    """One rater in one role.

    `apart` is the mean of the rater's mark less the mean of the other raters of the same item and
    participant (`compared` such pairs), `furthest` the largest of these; `of_role` is the mean of
    all who hold the same role. Each is None where there is nothing to compare."""

    name: str
    role: str
    role_label: str
    people: int
    filled: int
    total: int
    waiting: tuple[tuple[str, str], ...]
    mean: Decimal | None
    of_role: Decimal | None
    apart: Decimal | None
    furthest: Decimal | None
    compared: int
    remarks: int


@dataclass(frozen=True, slots=True)
class CellSummary:
    """One cell that needs no assigned rater: how far it is, by whom, and when last."""

    name: str
    filled: int
    total: int
    markers: tuple[tuple[str, int], ...]
    last_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RaterPage:
    batch: Batch
    raters: tuple[RaterSummary, ...]
    cells: tuple[CellSummary, ...]
    unassigned: tuple[tuple[str, int], ...]
    limit: Decimal | None


class _Given(NamedTuple):
    value: Decimal
    name: str
    at: dt.datetime


Marks = Mapping[str, Mapping[str, _Given]]


def rater_page(batch: Batch) -> RaterPage:
    """Return the progress of marking of a batch that `access` gave, in four queries."""
    view = scheme_of(batch)
    people = dict(
        batch.participants.filter(state__in=MARKED)
        .order_by("number")
        .values_list("pk", "display_name")
    )
    marks = _marks(batch)
    held = _held(batch, people)
    assigned = [cell for cell in view.columns if cell.role in AssignmentRole.values]
    remarks = _open_remarks(batch)
    seats = [
        _Seat(view, marks, people, role, remarks).summary(name, ids, held)
        for (role, name), ids in held.items()
    ]
    roles = dict.fromkeys(cell.role for cell in assigned)
    return RaterPage(
        batch=batch,
        raters=tuple(seat for seat in seats if seat.total),
        cells=tuple(
            _cell_summary(cell, people, marks)
            for cell in view.columns
            if cell.role not in AssignmentRole.values
        ),
        unassigned=tuple(_without(roles, held, people)),
        limit=view.scheme.maximum_spread,
    )


Held = Mapping[tuple[str, str], Sequence[str]]


class _Seat:
    """The marks of one role, from which each holder's share is taken."""

    def __init__(
        self,
        view: SchemeView,
        marks: Marks,
        people: Mapping[str, str],
        role: str,
        remarks: set[tuple[str, str]],
    ) -> None:
        self.view = view
        self.marks = marks
        self.people = people
        self.role = role
        self.remarks = remarks
        self.cells = view.cells_of_role(role)

    def summary(self, name: str, ids: Sequence[str], held: Held) -> RaterSummary:
        given = self._values(ids)
        others = [
            value
            for (role, other), theirs in held.items()
            if role == self.role and other != name
            for value in self._values(theirs)
        ]
        apart = list(self._differences(ids))
        waiting = [id for id in ids if any(not self._is_filled(id, cell) for cell in self.cells)]
        total = len(ids) * len(self.cells)
        is_substitute = all(cell.replaces for cell in self.cells)
        return RaterSummary(
            name=name,
            role=self.role,
            role_label=str(AssignmentRole(self.role).label),
            people=len(ids),
            filled=len(given) if is_substitute else total - self._unfilled(ids),
            total=len(given) if is_substitute else total,
            waiting=() if is_substitute else tuple((id, self.people[id]) for id in waiting),
            mean=_mean(given),
            of_role=_mean([*given, *others]) if others else None,
            apart=_mean(apart),
            furthest=max(apart, key=abs).quantize(CENT) if apart else None,
            compared=len(apart),
            remarks=sum((id, cell.item) in self.remarks for id in ids for cell in self.cells),
        )

    def _values(self, ids: Iterable[str]) -> list[Decimal]:
        return [
            self.marks[id][cell.code].value
            for id in ids
            for cell in self.cells
            if cell.code in self.marks[id]
        ]

    def _unfilled(self, ids: Iterable[str]) -> int:
        return sum(not self._is_filled(id, cell) for id in ids for cell in self.cells)

    def _is_filled(self, id: str, cell: MarkCell) -> bool:
        """Whether the rater, or who stands in, has marked."""
        codes = [cell.code, *(other.code for other in self.view.substitutes_of(cell.code))]
        return any(code in self.marks[id] for code in codes)

    def _differences(self, ids: Iterable[str]) -> Iterable[Decimal]:
        for id in ids:
            for cell in self.cells:
                own = self.marks[id].get(cell.code)
                others = [
                    self.marks[id][other.code].value
                    for other in self.view.cells_of_item(cell.item)
                    if other.role != self.role and other.code in self.marks[id]
                ]
                if own is not None and others:
                    yield own.value - sum(others, Decimal(0)) / len(others)


def _marks(batch: Batch) -> Marks:
    found: dict[str, dict[str, _Given]] = defaultdict(dict)
    rows = Mark.objects.filter(
        participant__batch=batch, participant__state__in=MARKED, value__isnull=False
    ).order_by()
    for id, cell, value, name, at in rows.values_list(
        "participant_id", "cell", "value", "rater_name", "marked_at"
    ):
        if value is not None:
            found[id][cell] = _Given(value, name, at)
    return found


def _held(batch: Batch, people: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    """Return the participants of each holder of a role, in the order of the roster."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    rows = Assignment.objects.filter(batch=batch, until__isnull=True)
    for role, name, id in rows.order_by("role", "person_name", "participant__number").values_list(
        "role", "person_name", "participant_id"
    ):
        if id in people:
            found[role, name].append(id)
    return found


def _open_remarks(batch: Batch) -> set[tuple[str, str]]:
    rows = RemarkRequest.objects.filter(participant__batch=batch, resolved_at=None).order_by()
    return set(rows.values_list("participant_id", "item"))


def _cell_summary(cell: MarkCell, people: Mapping[str, str], marks: Marks) -> CellSummary:
    given = [marks[id][cell.code] for id in people if cell.code in marks[id]]
    markers: dict[str, int] = defaultdict(int)
    for mark in given:
        markers[mark.name] += 1
    return CellSummary(
        name=cell.full_name,
        filled=len(given),
        total=len(people),
        markers=tuple(sorted(markers.items(), key=lambda pair: (-pair[1], pair[0]))),
        last_at=max((mark.at for mark in given), default=None),
    )


def _without(
    roles: Iterable[str], held: Held, people: Mapping[str, str]
) -> Iterable[tuple[str, int]]:
    """Yield the roles of the scheme that somebody lacks, and how many lack it."""
    for role in roles:
        served = {id for (held_role, _name), ids in held.items() if held_role == role for id in ids}
        if len(served) < len(people):
            yield str(AssignmentRole(role).label), len(people) - len(served)


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    if not values:
        return None
    return (sum(values, Decimal(0)) / len(values)).quantize(CENT)
