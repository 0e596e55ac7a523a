"""The marks of one participant: each with its rater, the working of the grade, and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sinambung.domains.credentials import queries as credentials
from sinambung.domains.training.models import (
    Batch,
    BatchState,
    ConductNote,
    FinalGrade,
    Mark,
    MarkChange,
    MeetingState,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.grade_cells import written
from sinambung.domains.training.queries.schemes import MarkCell, SchemeView, scheme_of
from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.grades import Step


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One cell with what stands in it; `field` is its name in the form."""

    cell: MarkCell
    value: Decimal | None
    text: str
    version: int
    rater_name: str
    marked_at: dt.datetime | None
    is_apart: bool
    is_first: bool

    @property
    def field(self) -> str:
        return f"mark-{self.cell.code}"


@dataclass(frozen=True, slots=True)
class GradeView:
    """A final grade as pages show it; `working` are the lines an official would write."""

    shown: Decimal | None
    distinction: str
    passes: bool
    place: int | None
    withheld: tuple[str, ...]
    working: tuple[str, ...]
    basis: tuple[Citation, ...]
    is_verified: bool
    computed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class MarkSheet:
    participant: Participant
    batch: Batch
    lines: tuple[SheetLine, ...]
    grade: GradeView | None
    notes: list[ConductNote]
    changes: list[ChangeLine]
    is_open: bool
    may_propose: bool
    lowest: Decimal
    highest: Decimal
    missing: tuple[str, ...]
    basis: tuple[Citation, ...]
    is_verified: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change after closing, with the name of its cell."""

    change: MarkChange
    cell_name: str
    before: str
    after: str
    is_waiting: bool


def mark_sheet(person: Participant) -> MarkSheet:
    """Return all marks of a participant that `access` gave with batch and edition."""
    batch = person.batch
    view = scheme_of(batch)
    grade = grade_of(person)
    return MarkSheet(
        participant=person,
        batch=batch,
        lines=tuple(sheet_lines(person, view)),
        grade=grade,
        notes=list(ConductNote.objects.filter(participant=person).order_by("-noted_on", "id")),
        changes=change_lines(MarkChange.objects.filter(participant=person), view),
        is_open=batch.state == BatchState.RUNNING and person.state == ParticipantState.ACTIVE,
        may_propose=_may_propose(batch, person),
        lowest=view.scheme.mark_lowest,
        highest=view.scheme.mark_highest,
        missing=view.missing,
        basis=view.scheme.basis,
        is_verified=view.grader.verified,
    )


def sheet_lines(person: Participant, view: SchemeView) -> list[SheetLine]:
    """Return every cell of the scheme with the participant's mark."""
    marks = {mark.cell: mark for mark in Mark.objects.filter(participant=person).order_by("cell")}
    apart = apart_items(person)
    lines: list[SheetLine] = []
    component = ""
    for cell in view.cells:
        mark = marks.get(cell.code)
        lines.append(
            SheetLine(
                cell=cell,
                value=mark.value if mark else None,
                text=written(mark.value) if mark else "",
                version=mark.version if mark else 0,
                rater_name=mark.rater_name if mark and mark.value is not None else "",
                marked_at=mark.marked_at if mark and mark.value is not None else None,
                is_apart=cell.item in apart and mark is not None and mark.value is not None,
                is_first=cell.path[0] != component,
            )
        )
        component = cell.path[0]
    return lines


def apart_items(person: Participant) -> set[str]:
    """Return the items on which the participant's raters are too far apart."""
    grade = FinalGrade.objects.filter(participant=person).only("withheld").first()
    reasons = grade.withheld if grade else []
    return {reason["item"] for reason in reasons if reason["kind"] == "spread"}


def grade_of(person: Participant) -> GradeView | None:
    """Return the stored grade with its working as text, or None before it was computed."""
    row = FinalGrade.objects.filter(participant=person).first()
    if row is None:
        return None
    return GradeView(
        shown=row.shown,
        distinction=row.distinction,
        passes=row.passes,
        place=row.place,
        withheld=tuple(reason["sentence"] for reason in row.withheld),
        working=tuple(_step(step).text for step in row.working),
        basis=scheme_of(person.batch).scheme.basis,
        is_verified=row.is_verified,
        computed_at=row.computed_at,
    )


def change_lines(changes: Any, view: SchemeView) -> list[ChangeLine]:
    """Return changes after closing, newest first."""
    found = []
    for change in changes.order_by("-proposed_at", "id"):
        cell = view.by_code.get(change.cell)
        found.append(
            ChangeLine(
                change=change,
                cell_name=cell.full_name if cell else change.cell,
                before=written(change.before),
                after=written(change.after),
                is_waiting=change.state == "proposed",
            )
        )
    return found


def _may_propose(batch: Batch, person: Participant) -> bool:
    if batch.state == BatchState.MARKS_CLOSED:
        return person.state in (ParticipantState.ACTIVE, ParticipantState.POSTPONED)
    decided = batch.state in (BatchState.DECIDED, BatchState.FINISHED)
    return decided and person.state == ParticipantState.POSTPONED


def _step(stored: Sequence[Any]) -> Step:
    name, parts, value, note = stored
    return Step(
        name,
        tuple(
            (None if weight is None else Decimal(weight), what, Decimal(mark))
            for weight, what, mark in parts
        ),
        Decimal(value),
        note,
    )


def changes_of_batch(batch: Batch) -> list[ChangeLine]:
    """Return every change after closing of a batch, with its participant."""
    rows = MarkChange.objects.filter(participant__batch=batch).select_related("participant")
    return change_lines(rows, scheme_of(batch))


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """What participants see of their own: nothing before a meeting's decisions are frozen."""

    is_released: bool
    lines: tuple[SheetLine, ...]
    grade: GradeView | None
    outcome: str
    outcome_label: str
    missing: str
    deadline: dt.date | None
    certificate_id: str = ""


def own_marks(person: Participant) -> OwnMarks:
    """Return the participant's own marks, once they are released."""
    decision = (
        person.decisions.filter(meeting__state=MeetingState.FROZEN)
        .order_by("-meeting__order")
        .first()
    )
    if decision is None:
        return OwnMarks(False, (), None, "", "", "", None)
    lines = [line for line in sheet_lines(person, scheme_of(person.batch)) if line.text]
    return OwnMarks(
        is_released=True,
        lines=tuple(lines),
        grade=grade_of(person),
        outcome=decision.outcome,
        outcome_label=str(decision.get_outcome_display()),
        missing=decision.missing,
        deadline=decision.deadline,
        certificate_id=credentials.certificate_ids(kind="batch", key=person.batch_id).get(
            person.pk, ""
        ),
    )
