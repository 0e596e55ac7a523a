"""Reads of training; what other parts may ask is named here."""

from __future__ import annotations

import datetime as dt

from sinambung.domains.training.queries.batches import BatchCard, batch_card, batch_named
from sinambung.domains.training.queries.desk import cards_for, running_batches, search
from sinambung.domains.training.queries.organiser_tasks import tasks_of_organisers
from sinambung.domains.training.queries.own_tasks import tasks_of_participants
from sinambung.domains.training.queries.participants import ParticipantLine, participants_of
from sinambung.domains.training.queries.rater_tasks import tasks_of_raters
from sinambung.domains.training.queries.readiness import Readiness, readiness
from sinambung.domains.training.queries.watching import (
    batches_by_state,
    changes_after_closing,
    longest_waiting,
    outcomes_of,
    unverified_in_use,
)
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Task


def tasks_for(actor: Actor, *, on: dt.date) -> list[Task]:
    """Return what waits for the actor in training."""
    return [
        *tasks_of_raters(actor, on=on),
        *tasks_of_organisers(actor, on=on),
        *tasks_of_participants(actor),
    ]


__all__ = [
    "BatchCard",
    "ParticipantLine",
    "Readiness",
    "batch_card",
    "batch_named",
    "batches_by_state",
    "cards_for",
    "changes_after_closing",
    "longest_waiting",
    "outcomes_of",
    "participants_of",
    "readiness",
    "running_batches",
    "search",
    "tasks_for",
    "unverified_in_use",
]
