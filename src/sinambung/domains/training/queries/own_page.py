"""What a participant sees of their own participation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from sinambung.domains.training.models import Participant, ParticipantState
from sinambung.domains.training.queries.assignments import AssignmentLine
from sinambung.domains.training.queries.batches import StageStep, stage_steps
from sinambung.domains.training.queries.participant_page import ParticipantPage, participant_page
from sinambung.domains.training.queries.participants import TONES, ChecklistLine

OWN_FIELDS = ("name", "programme__name", "year", "starts_on", "ends_on")
CAN_BRING = (ParticipantState.NOMINATED, ParticipantState.ACCEPTED, ParticipantState.ACTIVE)


@dataclass(frozen=True, slots=True)
class OwnRow:
    id: str
    batch_name: str
    programme: str
    year: int
    starts_on: dt.date
    ends_on: dt.date
    tone: str
    state_label: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`owed` are the required files that are missing or were returned."""

    inner: ParticipantPage
    row: Participant
    steps: list[StageStep]
    stage_now: StageStep | None
    owed: list[ChecklistLine]
    files: list[ChecklistLine]
    others: list[ChecklistLine]
    people: list[AssignmentLine]
    may_bring: bool
    files_met: int


def own_list(rows: QuerySet[Participant]) -> list[OwnRow]:
    """Return what the actor takes or took part in, newest first."""
    fields = ("id", "state", *(f"batch__{name}" for name in OWN_FIELDS))
    return [
        OwnRow(
            id=row.id,
            batch_name=row.batch__name,
            programme=row.batch__programme__name,
            year=row.batch__year,
            starts_on=row.batch__starts_on,
            ends_on=row.batch__ends_on,
            tone=TONES[ParticipantState(row.state)],
            state_label=str(ParticipantState(row.state).label),
        )
        for row in rows.values_list(*fields, named=True)
    ]


def own_page(row: Participant, *, on: dt.date) -> OwnPage:
    """Return a participant's own view of a batch."""
    inner = participant_page(row)
    steps = stage_steps(row.batch, on=on)
    files = [line for line in inner.checklist if line.item.document]
    return OwnPage(
        inner=inner,
        row=row,
        steps=steps,
        stage_now=next((step for step in steps if step.state == "now"), None),
        owed=[
            line for line in files if line.item.required and line.state in ("missing", "returned")
        ],
        files=files,
        others=[line for line in inner.checklist if not line.item.document],
        people=[line for line in inner.assignments if line.until is None],
        may_bring=inner.is_open and row.state in CAN_BRING,
        files_met=sum(line.state == "met" for line in files),
    )
