"""Attendance of a batch in lesson hours, as the grid shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sinambung.domains.training.models import Batch, BatchState, Participant, ParticipantState
from sinambung.domains.training.queries.grade_book import OUTSIDE, key_length
from sinambung.domains.training.queries.grade_cells import written
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.queries.proposals import attendance_of
from sinambung.domains.training.queries.schemes import scheme_of

EDITABLE = (ParticipantState.ACCEPTED, ParticipantState.ACTIVE, ParticipantState.POSTPONED)


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    key: str
    id: str
    number: int
    name: str
    nip: str
    scheduled: str
    attended: str
    scheduled_version: int
    attended_version: int
    share: str
    is_enough: bool
    is_open: bool

    def version_of(self, column: str) -> int:
        return self.scheduled_version if column == "scheduled" else self.attended_version


@dataclass(frozen=True, slots=True)
class AttendancePage:
    batch: Batch
    rows: tuple[AttendanceRow, ...]
    minimum: Decimal | None
    is_verified: bool
    source: str
    total_hours: Decimal | None
    is_open: bool
    enough: int


def attendance_page(batch: Batch) -> AttendancePage:
    """Return everybody's lesson hours with the share that counts for graduation."""
    view = scheme_of(batch)
    people = list(
        Participant.objects.filter(batch=batch).exclude(state__in=OUTSIDE).order_by("number", "id")
    )
    length = key_length(person.pk for person in people)
    decided = batch.state in (BatchState.DECIDED, BatchState.FINISHED)
    rows = []
    for person in people:
        share, enough = attendance_of(person, view)
        postponed = person.state == ParticipantState.POSTPONED
        rows.append(
            AttendanceRow(
                key=person.pk[-length:],
                id=person.pk,
                number=person.number,
                name=person.display_name,
                nip=person.nip,
                scheduled=written(person.lesson_hours_scheduled),
                attended=written(person.lesson_hours_attended),
                scheduled_version=_version(person.lesson_hours_scheduled),
                attended_version=_version(person.lesson_hours_attended),
                share=share,
                is_enough=enough,
                is_open=person.state in EDITABLE and (postponed or not decided),
            )
        )
    return AttendancePage(
        batch=batch,
        rows=tuple(rows),
        minimum=view.scheme.attendance_minimum,
        is_verified=view.scheme.attendance_verified,
        source=view.scheme.attendance_source,
        total_hours=edition_of(batch).curriculum.total_hours,
        is_open=any(row.is_open for row in rows),
        enough=sum(row.is_enough for row in rows),
    )


def _version(hours: Decimal | None) -> int:
    """The value in hundredths stands for its version; -1 for none."""
    return -1 if hours is None else int(hours * 100)
