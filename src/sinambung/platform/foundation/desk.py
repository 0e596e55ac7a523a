"""What an app puts on somebody's desk: the work that waits, what a search finds, what runs.

Each app that has some of it gives it from its `queries`: `tasks_for(actor, on=day)`,
`search(actor, text, limit=n)` and `cards_for(actor, on=day)`. `portal` asks them all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for the actor.

    `title` is a verb and its object, `reason` one sentence with the number that matters.
    `due` is the last day, None when there is none; `due_text` says the hour where it matters.
    """

    title: str
    href: str
    reason: str
    due: dt.date | None = None
    due_text: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a search found: `kind` is its heading, such as Pegawai or Angkatan."""

    kind: str
    title: str
    href: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One running thing: `step` of `steps` is where it stands, `facts` are label and value."""

    title: str
    href: str
    note: str = ""
    step: int = 0
    steps: int = 0
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def bars(self) -> list[str]:
        """The state of each step for drawing: done, now or later."""
        return [
            "now" if number == self.step else "done" if number < self.step else "later"
            for number in range(1, self.steps + 1)
        ]
