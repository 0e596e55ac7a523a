"""What leaves the API of the portal."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class TaskOut(Schema):
    group: str
    title: str
    href: str
    reason: str
    due: dt.date | None
    due_text: str


class HomeCardOut(Schema):
    title: str
    href: str
    note: str
    step: int
    steps: int
    facts: list[tuple[str, str]]


class HomeOut(Schema):
    on: dt.date
    lead: str
    tasks: list[TaskOut]
    cards: list[HomeCardOut]


class HitOut(Schema):
    kind: str
    title: str
    href: str
    detail: str


class EntryOut(Schema):
    """One entry; `sentence` is plain text and follows the actor's name."""

    id: int
    at: dt.datetime
    actor: str
    actor_id: str
    subject_id: str
    action: str
    sentence: str
    reason: str


class TrailOut(Schema):
    entries: list[EntryOut]
    next: str
    previous: str


class CheckJobOut(Schema):
    href: str
