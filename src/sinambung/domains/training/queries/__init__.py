"""Reads of training; what other parts may ask is named here."""

from __future__ import annotations

import datetime as dt

from sinambung.domains.training.queries.batches import BatchCard, batch_card
from sinambung.domains.training.queries.desk import cards_for, search, tasks_of_organisers
from sinambung.domains.training.queries.participants import ParticipantLine, participants_of
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Task


def tasks_for(actor: Actor, *, on: dt.date) -> list[Task]:
    """Return what waits for the actor in training."""
    return list(tasks_of_organisers(actor, on=on))


__all__ = [
    "BatchCard",
    "ParticipantLine",
    "batch_card",
    "cards_for",
    "participants_of",
    "search",
    "tasks_for",
]
