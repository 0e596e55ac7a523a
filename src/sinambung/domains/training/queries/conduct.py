"""Reads about notes on conduct."""

from __future__ import annotations

from dataclasses import dataclass

from sinambung.domains.training.models import (
    BatchState,
    ConductKind,
    ConductNote,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.schemes import Deduction, scheme_of


@dataclass(frozen=True, slots=True)
class ConductPage:
    participant: Participant
    notes: list[ConductNote]
    deductions: tuple[Deduction, ...]
    kinds: tuple[tuple[str, str], ...]
    is_open: bool


def notes_of(person: Participant) -> list[ConductNote]:
    """Return the notes on a participant, the latest first."""
    return list(ConductNote.objects.filter(participant=person).order_by("-noted_on", "-id"))


def conduct_page(person: Participant) -> ConductPage:
    """Return the notes on a participant and what a new one may say."""
    batch = person.batch
    return ConductPage(
        participant=person,
        notes=notes_of(person),
        deductions=scheme_of(batch).deductions,
        kinds=tuple((choice.value, str(choice.label)) for choice in ConductKind),
        is_open=batch.state == BatchState.RUNNING and person.state == ParticipantState.ACTIVE,
    )
