"""The grade book of a batch: every mark of everybody, in three queries and one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    Mark,
    MarkChange,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.grade_cells import (
    LEFT,
    BookRow,
    CellWriter,
    Stored,
    first_of_groups,
    kind_of,
)
from sinambung.domains.training.queries.mark_values import stored_marks
from sinambung.domains.training.queries.schemes import MarkCell, SchemeView, scheme_of

KEY_LENGTH = 4
OUTSIDE = (ParticipantState.NOMINATED, ParticipantState.REJECTED)


class BookColumn(NamedTuple):
    code: str
    name: str
    weight: str
    is_edge: bool


class BookGroup(NamedTuple):
    name: str
    span: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """One reason for which grades are withheld, and whose."""

    sentence: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GradeBook:
    batch: Batch
    groups: tuple[BookGroup, ...]
    columns: tuple[BookColumn, ...]
    rows: list[BookRow]
    filled: int
    total: int
    computed: int
    withheld: int
    apart: int
    incomplete: int
    reasons: tuple[Withheld, ...]
    substitutes: tuple[str, ...]
    view: SchemeView
    open_changes: int

    @property
    def is_open(self) -> bool:
        """Whether marks may be written straight away, without a second person."""
        return self.batch.state == BatchState.RUNNING

    @property
    def is_closed(self) -> bool:
        return self.batch.marks_closed_at is not None


def grade_book(batch: Batch, *, may_edit: bool = False) -> GradeBook:
    """Return the grade book of a batch that `access` gave, with its edition.

    `may_edit` gives the cells of active participants the keys by which the grid saves them.
    """
    view = scheme_of(batch)
    columns = view.columns
    people = list(_people(batch))
    length = key_length([person["id"] for person in people])
    marks = _marks(batch)
    writer = CellWriter(view, marks, may_edit=may_edit and batch.state == BatchState.RUNNING)
    rows = [writer.row(person, length) for person in people]
    counts = [person["state"] not in LEFT for person in people]
    kinds = [kind_of(person) for person in people]
    return GradeBook(
        batch=batch,
        groups=_groups(columns),
        columns=_columns(columns),
        rows=rows,
        filled=sum(row.filled for row, here in zip(rows, counts, strict=True) if here),
        total=len(columns) * sum(counts),
        computed=kinds.count("computed"),
        withheld=kinds.count("withheld"),
        apart=kinds.count("spread"),
        incomplete=kinds.count("incomplete"),
        reasons=tuple(_reasons(people)),
        substitutes=tuple(dict.fromkeys(cell.role_name for cell in view.cells if cell.replaces)),
        view=view,
        open_changes=_open_changes(batch),
    )


def _groups(cells: Sequence[MarkCell]) -> tuple[BookGroup, ...]:
    grouped = groupby(cells, key=lambda cell: cell.path[0])
    return tuple(BookGroup(name, len(list(found))) for name, found in grouped)


def _columns(cells: Sequence[MarkCell]) -> tuple[BookColumn, ...]:
    firsts = {code for code, _group in first_of_groups(cells)}
    return tuple(
        BookColumn(cell.code, _heading(cell), cell.shown_weight, cell.code in firsts)
        for cell in cells
    )


def cells_of_batch(batch: Batch) -> tuple[MarkCell, ...]:
    """Return the cells in the order by which the grade book names them."""
    return scheme_of(batch).cells


def participant_keys(batch_id: str) -> dict[str, str]:
    """Return the participants of a batch by the short key that the grade book gives them."""
    ids = list(
        Participant.objects.filter(batch_id=batch_id)
        .exclude(state__in=OUTSIDE)
        .order_by("number")
        .values_list("pk", flat=True)
    )
    length = key_length(ids)
    return {id[-length:]: id for id in ids}


def key_length(ids: Iterable[str]) -> int:
    """Return how many last characters of the identifiers tell them all apart."""
    known = list(ids)
    length = KEY_LENGTH
    while len({id[-length:] for id in known}) < len(known):
        length += 1
    return length


def _people(batch: Batch) -> Any:
    return (
        Participant.objects.filter(batch=batch)
        .exclude(state__in=OUTSIDE)
        .order_by("number", "id")
        .values(
            "id",
            "number",
            "display_name",
            "nip",
            "state",
            "final_grade__value",
            "final_grade__shown",
            "final_grade__distinction",
            "final_grade__passes",
            "final_grade__withheld",
        )
    )


def _marks(batch: Batch) -> Mapping[str, Mapping[str, Stored]]:
    marks: dict[str, dict[str, Stored]] = {}
    for id, cell, value, version in stored_marks(Mark.objects.filter(participant__batch=batch)):
        marks.setdefault(id, {})[cell] = (value, version)
    return marks


def _heading(cell: MarkCell) -> str:
    if cell.role:
        return cell.role_name if len(cell.path) < 2 else f"{cell.name}, {cell.role_name}"
    return cell.name if len(cell.path) > 1 else _("Nilai")


def _reasons(people: Iterable[Mapping[str, Any]]) -> Iterable[Withheld]:
    """Gather who waits for the same missing weight, so that each is said once."""
    names: dict[str, list[str]] = {}
    for person in people:
        for reason in person["final_grade__withheld"] or []:
            if reason["kind"] in ("weight", "bands") and person["state"] not in LEFT:
                names.setdefault(reason["sentence"], []).append(person["display_name"])
    return [Withheld(sentence, tuple(found)) for sentence, found in names.items()]


def _open_changes(batch: Batch) -> int:
    if batch.marks_closed_at is None:
        return 0
    return MarkChange.objects.filter(participant__batch=batch, state="proposed").count()
