"""Writing the trail: called by services, inside their transaction."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sinambung.platform.audit.actions import TrailAction
from sinambung.platform.audit.leaves import COLUMNS, leaf_hash, stamp
from sinambung.platform.audit.models import Entry
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.bulk import insert_rows


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about, as plain text: it must stay readable when the row is gone."""

    kind: str
    id: str
    name: str
    person_id: str = ""
    context_id: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry to be written with others of the same action."""

    subject: Subject
    facts: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def record(
    action: TrailAction, subject: Subject, *, by: Actor, reason: str = "", **facts: Any
) -> None:
    """Write one entry, in the caller's transaction."""
    record_all(action, [Draft(subject=subject, facts=facts, reason=reason)], by=by)


def record_all(action: TrailAction, drafts: Iterable[Draft], *, by: Actor) -> int:
    """Write many entries of one action at once; return how many."""
    at = clock.now()
    moment, who = stamp(at), (by.id, by.name[:200], action.code)
    return insert_rows(Entry, COLUMNS, [_row(who, draft, at, moment) for draft in drafts])


def _row(who: tuple[str, str, str], draft: Draft, at: dt.datetime, moment: str) -> tuple[Any, ...]:
    subject = draft.subject
    content = (
        *who,
        subject.kind,
        subject.id,
        subject.name[:300],
        subject.person_id,
        subject.context_id,
        _encode(draft.facts),
        draft.reason,
    )
    return (at, *content, leaf_hash((moment, *content)))


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain).encode
