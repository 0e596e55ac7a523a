"""What waits in batches, of every kind that an actor may act on, in three statements."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sinambung.domains.training.queries.plain_rows import day_of, places, rows_of
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Capability

BEFORE_END = dt.timedelta(days=14)
MOST = 5


class Kind(StrEnum):
    """What waits; `OVERDUE` is for those who only watch."""

    REMARK = "remark"
    CLOSE = "close"
    CHANGES = "changes"
    PREPARE = "prepare"
    RECORD = "record"
    POSTPONED = "postponed"
    FREEZE = "freeze"
    ISSUE = "issue"
    DOCUMENTS = "documents"
    NOMINATED = "nominated"
    START = "start"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of one kind in one batch: how many things, until when, and the row it is about."""

    batch_id: str
    batch_name: str
    count: int
    due: dt.date | None
    object_id: str = ""


class _Batch(NamedTuple):
    """A batch that is not finished; `path` is that of the unit which hosts it."""

    id: str
    name: str
    state: str
    starts_on: dt.date
    ends_on: dt.date
    path: str


class _Count(NamedTuple):
    """How many of something a batch has; of a draft meeting, whose decisions are not recorded."""

    number: int
    day: dt.date | None = None
    id: str = ""


NONE = _Count(0)
Counts = Mapping[tuple[str, str], _Count]


NEEDS = {
    Kind.REMARK: Capability.GRADE,
    Kind.CLOSE: Capability.GRADE,
    Kind.CHANGES: Capability.CONFIRM_GRADES,
    Kind.PREPARE: Capability.MANAGE_BATCHES,
    Kind.RECORD: Capability.MANAGE_BATCHES,
    Kind.POSTPONED: Capability.MANAGE_BATCHES,
    Kind.FREEZE: Capability.DECIDE_GRADUATION,
    Kind.ISSUE: Capability.ISSUE_CERTIFICATES,
    Kind.DOCUMENTS: Capability.VERIFY_DOCUMENTS,
    Kind.NOMINATED: Capability.MANAGE_BATCHES,
    Kind.START: Capability.MANAGE_BATCHES,
    Kind.OVERDUE: Capability.VIEW_BATCHES,
}
MORE = {Kind.ISSUE: 50, Kind.DOCUMENTS: 10, Kind.NOMINATED: 10, Kind.REMARK: 10}
ACTS = (Capability.GRADE, Capability.DECIDE_GRADUATION, Capability.MANAGE_ACCOUNTS)

# Plain joins of few rows: one large statement takes PostgreSQL longer to plan than to answer. The
# rows that wait come first, by CROSS JOIN, because only that keeps SQLite from beginning with
# every participant; states stand as literals, because a partial index serves no parameter.
_OPEN = """
    SELECT b.id, b.name, b.state, b.starts_on, b.ends_on, u.path
    FROM training_batch b JOIN identity_unit u ON u.id = b.host_id
    WHERE b.state IN ('preparing', 'running', 'marks_closed', 'decided') AND ({reach})
    ORDER BY b.starts_on, b.id
"""
_OF_PEOPLE = """
    SELECT p.state, p.batch_id, COUNT(*), CAST(NULL AS date), '' FROM training_participant p
    WHERE p.state IN ('nominated', 'accepted', 'postponed') GROUP BY p.state, p.batch_id
"""
_OF_ROWS = """
    SELECT '{kind}', p.batch_id, COUNT(*), CAST(NULL AS date), ''
    FROM {table} r CROSS JOIN training_participant p
    WHERE p.id = r.participant_id AND {waits} GROUP BY p.batch_id
"""
_ROWS = {
    Kind.REMARK: ("training_remarkrequest", "r.resolved_at IS NULL"),
    Kind.CHANGES: ("training_markchange", "r.state = 'proposed' AND r.proposed_by_id <> %s"),
    Kind.DOCUMENTS: ("training_participantdocument", "r.state = 'uploaded'"),
}
_OF_MEETINGS = """
    SELECT m.state, m.batch_id, CASE WHEN m.state = 'draft' THEN (
        SELECT COUNT(*) FROM training_participant p WHERE p.batch_id = m.batch_id
            AND (p.state = 'postponed' OR (m."order" = 1 AND p.state IN
                ('accepted', 'active', 'withdrawn', 'dropped', 'deceased')))
            AND NOT EXISTS (SELECT 1 FROM training_decision d
                WHERE d.meeting_id = m.id AND d.participant_id = p.id)) ELSE 0 END,
        m.held_on, m.id
    FROM training_batch b CROSS JOIN training_graduationmeeting m
    WHERE m.batch_id = b.id AND b.state IN ('marks_closed', 'decided')
"""
_DEADLINES = """
    SELECT p.batch_id, MAX(d.deadline) FROM training_decision d
    JOIN training_participant p ON p.id = d.participant_id
    WHERE p.batch_id IN ({ids}) AND p.state = 'postponed' GROUP BY p.batch_id, p.id
"""


def waiting_for(actor: Actor, *, on: dt.date) -> Mapping[Kind, Sequence[Waiting]]:
    """Return what waits for an actor, by kind and within the actor's reach."""
    kinds = [kind for kind, needed in NEEDS.items() if actor.may(needed)]
    if any(map(actor.may, ACTS)):
        kinds = [kind for kind in kinds if kind != Kind.OVERDUE]
    found: dict[Kind, list[Waiting]] = defaultdict(list)
    batches = _open_batches(actor, {NEEDS[kind] for kind in kinds}) if kinds else []
    if not batches:
        return found
    desk = _Desk(batches, _counts(kinds, actor), on)
    for kind in kinds:
        within = inside(actor.paths(NEEDS[kind]))
        rows = desk.rows(kind)
        found[kind] = [row for batch, row in rows if within(batch.path)][: MORE.get(kind, MOST)]
    return found


class _Desk:
    """The open batches with what was counted in them."""

    def __init__(self, batches: Sequence[_Batch], counts: Counts, on: dt.date) -> None:
        self.batches = batches
        self.counts = counts
        self.on = on
        self.deadlines = _deadlines([b.id for b in batches if self._count("postponed", b)])

    def rows(self, kind: Kind) -> Iterable[tuple[_Batch, Waiting]]:
        """Yield what waits of one kind."""
        for batch in self.batches:
            found = self._waiting(kind, batch)
            if found is not None:
                count, due, id = found
                yield batch, Waiting(batch.id, batch.name, count, due, id)

    def _waiting(self, kind: Kind, batch: _Batch) -> tuple[int, dt.date | None, str] | None:
        draft = self.counts.get(("draft", batch.id))
        if kind in (Kind.RECORD, Kind.FREEZE):
            if draft is None or (kind == Kind.RECORD and not draft.number):
                return None
            return draft.number, draft.day, draft.id
        if kind == Kind.POSTPONED:
            count = self._count("postponed", batch)
            if batch.state != "decided" or draft is not None or not count:
                return None
            return count, self.deadlines.get(batch.id), ""
        return self._plain(kind, batch)

    def _plain(self, kind: Kind, batch: _Batch) -> tuple[int, dt.date | None, str] | None:
        """Return work that follows from the state of the batch and a count."""
        is_running = batch.state == "running"
        is_early = batch.state in ("preparing", "running")
        waits: Mapping[Kind, tuple[bool, int, dt.date | None]] = {
            Kind.REMARK: (is_running, self._count(kind, batch), batch.ends_on),
            Kind.CLOSE: (is_running and batch.ends_on <= self.on + BEFORE_END, 1, batch.ends_on),
            Kind.OVERDUE: (is_running and batch.ends_on < self.on, 1, batch.ends_on),
            Kind.CHANGES: (True, self._count(kind, batch), None),
            Kind.PREPARE: (
                batch.state == "marks_closed" and ("draft", batch.id) not in self.counts,
                1,
                None,
            ),
            Kind.ISSUE: (batch.state == "decided", 1, None),
            Kind.DOCUMENTS: (is_early, self._count(kind, batch), None),
            Kind.NOMINATED: (is_early, self._count(kind, batch), batch.starts_on),
            Kind.START: (
                batch.state == "preparing" and batch.starts_on <= self.on,
                self._count("accepted", batch),
                batch.starts_on,
            ),
        }
        is_so, count, due = waits[kind]
        return (count, due, "") if is_so and count else None

    def _count(self, what: str, batch: _Batch) -> int:
        return self.counts.get((what, batch.id), NONE).number


def _open_batches(actor: Actor, capabilities: Collection[Capability]) -> list[_Batch]:
    reaches = [actor.paths(capability) for capability in sorted(capabilities)]
    prefixes = sorted({path for reach in reaches if reach is not None for path in reach})
    condition, values = under(None if None in reaches else prefixes)
    return [
        _Batch(id, name, state, day_of(starts_on) or dt.date.min, day_of(ends_on) or dt.date.min, p)
        for id, name, state, starts_on, ends_on, p in rows_of(_OPEN.format(reach=condition), values)
    ]


def _counts(kinds: Collection[Kind], actor: Actor) -> Counts:
    """Count in one statement what waits anywhere; the batches in reach pick out their own."""
    parts = [_OF_PEOPLE] if Kind.NOMINATED in kinds else []
    parts += [_OF_MEETINGS] if {Kind.RECORD, Kind.FREEZE} & set(kinds) else []
    parts += [
        _OF_ROWS.format(kind=kind, table=table, waits=waits)
        for kind, (table, waits) in _ROWS.items()
        if kind in kinds
    ]
    values = [actor.id] if Kind.CHANGES in kinds else []
    rows = rows_of(" UNION ALL ".join(parts), values) if parts else []
    return {(what, batch_id): _Count(n, day_of(day), id) for what, batch_id, n, day, id in rows}


def _deadlines(batch_ids: Sequence[str]) -> Mapping[str, dt.date]:
    """Return until when the first of the postponed must bring what is missing."""
    found: dict[str, dt.date] = {}
    rows = rows_of(_DEADLINES.format(ids=places(batch_ids)), batch_ids) if batch_ids else []
    for batch_id, deadline in rows:
        day = day_of(deadline)
        if day is not None:
            found[batch_id] = min(day, found.get(batch_id, day))
    return found


def inside(paths: Sequence[str] | None) -> Callable[[str], bool]:
    """Return whether a unit stands in subtrees; `None` is everywhere."""
    prefixes = None if paths is None else tuple(paths)
    return lambda path: prefixes is None or path.startswith(prefixes)


def under(paths: Sequence[str] | None) -> tuple[str, list[str]]:
    """Return the condition that unit `u` stands in subtrees; `None` is everywhere."""
    if paths is None:
        return "1 = 1", []
    escaped = [re.sub(r"([!%_])", r"!\1", path) + "%" for path in paths]
    return " OR ".join(["u.path LIKE %s ESCAPE '!'"] * len(escaped)) or "1 = 0", escaped
