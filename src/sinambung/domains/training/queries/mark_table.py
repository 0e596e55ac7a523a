"""The marks of a batch as a table: for the workbook out, and for comparing one that comes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    FinalGrade,
    Mark,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.grade_book import OUTSIDE
from sinambung.domains.training.queries.mark_values import stored_marks
from sinambung.domains.training.queries.schemes import SchemeView, scheme_of
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.workbooks import Cell, Column

MARK_FORMAT = "0.00"


@dataclass(frozen=True, slots=True)
class MarkedPerson:
    """A participant with the marks stored: cell to (value, version)."""

    id: str
    name: str
    is_active: bool
    marks: Mapping[str, tuple[Decimal | None, int]]


@dataclass(frozen=True, slots=True)
class MarkFacts:
    view: SchemeView
    is_open: bool
    people: Mapping[str, MarkedPerson]


def batch_with_scheme(batch_id: str) -> Batch:
    """Return a batch by its id; raise `NotFound`."""
    batch = Batch.objects.select_related("edition", "programme").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


def mark_facts(batch_id: str, *, nips: Sequence[str] | None = None) -> MarkFacts:
    """Return the stored marks of a batch by NIP."""
    batch = batch_with_scheme(batch_id)
    rows = Participant.objects.filter(batch=batch).exclude(state__in=OUTSIDE)
    if nips is not None:
        rows = rows.filter(nip__in=nips)
    people = list(rows.order_by("number").values_list("pk", "nip", "display_name", "state"))
    marks: dict[str, dict[str, tuple[Decimal | None, int]]] = {row[0]: {} for row in people}
    for id, cell, value, version in stored_marks(Mark.objects.filter(participant__batch=batch)):
        if id in marks:
            marks[id][cell] = (value, version)
    return MarkFacts(
        view=scheme_of(batch),
        is_open=batch.state == BatchState.RUNNING,
        people={
            nip: MarkedPerson(id, name, state == ParticipantState.ACTIVE, marks[id])
            for id, nip, name, state in people
        },
    )


def mark_columns(batch: Batch) -> list[Column]:
    """Return the columns of the workbook: who, every cell of the scheme, and the result."""
    return [
        Column(_("No."), 6),
        Column(_("NIP"), 22),
        Column(_("Nama"), 34),
        *(Column(cell.full_name, 14, MARK_FORMAT) for cell in scheme_of(batch).cells),
        Column(_("Nilai akhir"), 12, MARK_FORMAT),
        Column(_("Predikat"), 20),
    ]


def mark_rows(batch: Batch) -> Iterator[Sequence[Cell]]:
    """Yield one row a participant, in the order of the roster."""
    facts = mark_facts(batch.pk)
    codes = [cell.code for cell in facts.view.cells]
    grades = {
        id: (shown, distinction)
        for id, shown, distinction in FinalGrade.objects.filter(participant__batch=batch)
        .order_by()
        .values_list("participant_id", "shown", "distinction")
    }
    for number, (nip, person) in enumerate(facts.people.items(), start=1):
        shown, distinction = grades.get(person.id, (None, ""))
        marks = person.marks
        yield [
            number,
            nip,
            person.name,
            *(marks[code][0] if code in marks else None for code in codes),
            shown,
            distinction,
        ]


@dataclass(frozen=True, slots=True)
class MarkRecord:
    cell: str
    value: Decimal | None
    version: int


@dataclass(frozen=True, slots=True)
class PersonRecord:
    participant_id: str
    nip: str
    name: str
    marks: list[MarkRecord]
    final_grade: Decimal | None
    distinction: str
    withheld: list[str]


@dataclass(frozen=True, slots=True)
class MarksOverview:
    """Every mark of a batch for machines: exact numbers, with versions."""

    batch_id: str
    version: int
    is_open: bool
    lowest: Decimal
    highest: Decimal
    cells: list[dict[str, object]]
    people: list[PersonRecord]
    missing: list[str]


def marks_overview(batch: Batch) -> MarksOverview:
    """Return scheme, marks and grades of a batch that `access` gave."""
    facts = mark_facts(batch.pk)
    grades = {
        grade.participant_id: grade
        for grade in FinalGrade.objects.filter(participant__batch=batch).defer("working", "basis")
    }
    return MarksOverview(
        batch_id=batch.pk,
        version=batch.version,
        is_open=facts.is_open,
        lowest=facts.view.scheme.mark_lowest,
        highest=facts.view.scheme.mark_highest,
        cells=[
            {
                "code": cell.code,
                "name": cell.full_name,
                "weight": cell.weight,
                "role": cell.role,
                "replaces": cell.replaces,
            }
            for cell in facts.view.cells
        ],
        people=[
            _record(nip, person, grades.get(person.id)) for nip, person in facts.people.items()
        ],
        missing=list(facts.view.missing),
    )


def _record(nip: str, person: MarkedPerson, grade: FinalGrade | None) -> PersonRecord:
    return PersonRecord(
        participant_id=person.id,
        nip=nip,
        name=person.name,
        marks=[MarkRecord(cell, *pair) for cell, pair in person.marks.items()],
        final_grade=grade.shown if grade else None,
        distinction=grade.distinction if grade else "",
        withheld=[reason["sentence"] for reason in grade.withheld] if grade else [],
    )
