"""Whom the portal asks: each app that has tasks, cards or finds gives them from its `queries`."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from sinambung.domains.credentials import queries as credentials
from sinambung.domains.training import queries as training
from sinambung.domains.workforce import queries as workforce
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Card, Hit, Task
from sinambung.platform.regulation import queries as regulation
from sinambung.portal.queries import own_search, upkeep


class TaskSource(Protocol):
    """What waits for an actor; only what the actor may do."""

    def __call__(self, actor: Actor, *, on: dt.date) -> list[Task]: ...


class CardSource(Protocol):
    """What runs and concerns an actor."""

    def __call__(self, actor: Actor, *, on: dt.date) -> list[Card]: ...


class SearchSource(Protocol):
    """What a text finds within the actor's reach, best first."""

    def __call__(self, actor: Actor, text: str, *, limit: int) -> list[Hit]: ...


TASKS: tuple[TaskSource, ...] = (training.tasks_for, regulation.tasks_for, upkeep.tasks_for)
CARDS: tuple[CardSource, ...] = (training.cards_for,)
SEARCHES: tuple[SearchSource, ...] = (
    workforce.search,
    training.search,
    credentials.search,
    own_search.search,
)
