"""What waits in batches, of every kind that an actor may act on, in one statement."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sinambung.domains.training.queries.plain_rows import day_of, rows_of
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Capability

BEFORE_END = dt.timedelta(days=14)


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
    object_id: str


@dataclass(frozen=True, slots=True)
class _Part:
    """`needs` is what the actor must hold; `{reach}` in the statement is where. A capability in
    `without` takes the part away."""

    needs: Capability
    sql: str
    without: tuple[Capability, ...] = ()


# Each part gives: batch, its name, a count, a last day, and the id of what it is about. States
# stand as literals, because a partial index serves no parameter; the few rows that wait come first
# and by CROSS JOIN, because only that keeps SQLite from beginning with every participant.
_PARTS: dict[Kind, _Part] = {
    Kind.REMARK: _Part(
        Capability.GRADE,
        """SELECT b.id, b.name, COUNT(*), b.ends_on, '' FROM training_remarkrequest r
        CROSS JOIN training_participant p CROSS JOIN training_batch b
        WHERE p.id = r.participant_id AND b.id = p.batch_id
            AND r.resolved_at IS NULL AND b.state = 'running' AND {reach}
        GROUP BY b.id, b.name, b.ends_on ORDER BY b.ends_on, b.id LIMIT 10""",
    ),
    Kind.CLOSE: _Part(
        Capability.GRADE,
        """SELECT b.id, b.name, 0, b.ends_on, '' FROM training_batch b
        WHERE b.state = 'running' AND b.ends_on <= {soon} AND {reach}
        ORDER BY b.ends_on, b.id LIMIT 5""",
    ),
    Kind.CHANGES: _Part(
        Capability.CONFIRM_GRADES,
        """SELECT b.id, b.name, COUNT(*), CAST(NULL AS date), '' FROM training_markchange c
        CROSS JOIN training_participant p CROSS JOIN training_batch b
        WHERE p.id = c.participant_id AND b.id = p.batch_id
            AND c.state = 'proposed' AND c.proposed_by_id <> {actor} AND {reach}
        GROUP BY b.id, b.name ORDER BY b.id LIMIT 5""",
    ),
    Kind.PREPARE: _Part(
        Capability.MANAGE_BATCHES,
        """SELECT b.id, b.name, 0, CAST(NULL AS date), '' FROM training_batch b
        WHERE b.state = 'marks_closed' AND {reach}
        AND NOT EXISTS (SELECT 1 FROM training_graduationmeeting m WHERE m.batch_id = b.id)
        ORDER BY b.starts_on, b.id LIMIT 5""",
    ),
    Kind.RECORD: _Part(
        Capability.MANAGE_BATCHES,
        """SELECT b.id, b.name, (SELECT COUNT(*) FROM training_participant p
            WHERE p.batch_id = b.id AND (p.state = 'postponed' OR (m."order" = 1 AND p.state IN
            ('accepted', 'active', 'withdrawn', 'dropped', 'deceased'))) AND NOT EXISTS (
                SELECT 1 FROM training_decision d
                WHERE d.meeting_id = m.id AND d.participant_id = p.id)), m.held_on, m.id
        FROM training_graduationmeeting m CROSS JOIN training_batch b
        WHERE b.id = m.batch_id AND m.state = 'draft' AND {reach}
        ORDER BY m.held_on, m.id LIMIT 5""",
    ),
    Kind.POSTPONED: _Part(
        Capability.MANAGE_BATCHES,
        """SELECT b.id, b.name, COUNT(*), MIN((SELECT MAX(d.deadline) FROM training_decision d
            WHERE d.participant_id = p.id)), '' FROM training_participant p
        CROSS JOIN training_batch b
        WHERE b.id = p.batch_id AND p.state = 'postponed' AND b.state IN ('decided', 'finished')
        AND {reach} AND NOT EXISTS (SELECT 1 FROM training_graduationmeeting m
            WHERE m.batch_id = b.id AND m.state = 'draft')
        GROUP BY b.id, b.name ORDER BY b.id LIMIT 5""",
    ),
    Kind.FREEZE: _Part(
        Capability.DECIDE_GRADUATION,
        """SELECT b.id, b.name, 0, m.held_on, m.id FROM training_graduationmeeting m
        CROSS JOIN training_batch b WHERE b.id = m.batch_id AND m.state = 'draft' AND {reach}
        ORDER BY m.held_on, m.id LIMIT 5""",
    ),
    Kind.ISSUE: _Part(
        Capability.ISSUE_CERTIFICATES,
        """SELECT b.id, b.name, 0, CAST(NULL AS date), '' FROM training_batch b
        WHERE b.state = 'decided' AND {reach} ORDER BY b.starts_on, b.id LIMIT 50""",
    ),
    Kind.DOCUMENTS: _Part(
        Capability.VERIFY_DOCUMENTS,
        """SELECT b.id, b.name, COUNT(*), CAST(NULL AS date), '' FROM training_participantdocument d
        CROSS JOIN training_participant p CROSS JOIN training_batch b
        WHERE p.id = d.participant_id AND b.id = p.batch_id
            AND d.state = 'uploaded' AND b.state IN ('preparing', 'running')
            AND {reach}
        GROUP BY b.id, b.name ORDER BY b.id LIMIT 20""",
    ),
    Kind.NOMINATED: _Part(
        Capability.MANAGE_BATCHES,
        """SELECT b.id, b.name, COUNT(*), b.starts_on, '' FROM training_participant p
        CROSS JOIN training_batch b
        WHERE b.id = p.batch_id AND p.state = 'nominated' AND b.state IN ('preparing', 'running')
            AND {reach}
        GROUP BY b.id, b.name, b.starts_on ORDER BY b.starts_on, b.id LIMIT 20""",
    ),
    Kind.START: _Part(
        Capability.MANAGE_BATCHES,
        """SELECT b.id, b.name, (SELECT COUNT(*) FROM training_participant p
            WHERE p.batch_id = b.id AND p.state = 'accepted'), b.starts_on, ''
        FROM training_batch b
        WHERE b.state = 'preparing' AND b.starts_on <= {today} AND {reach}
        ORDER BY b.starts_on, b.id LIMIT 10""",
    ),
    Kind.OVERDUE: _Part(
        Capability.VIEW_BATCHES,
        """SELECT b.id, b.name, 0, b.ends_on, '' FROM training_batch b
        WHERE b.state = 'running' AND b.ends_on < {today} AND {reach}
        ORDER BY b.ends_on, b.id LIMIT 5""",
        without=(Capability.GRADE, Capability.DECIDE_GRADUATION, Capability.MANAGE_ACCOUNTS),
    ),
}


def waiting_for(actor: Actor, *, on: dt.date) -> Mapping[Kind, Sequence[Waiting]]:
    """Return what waits for an actor, by kind and within the actor's reach."""
    found: dict[Kind, list[Waiting]] = defaultdict(list)
    values: dict[str, object] = {
        "actor": actor.id,
        "today": on.isoformat(),
        "soon": (on + BEFORE_END).isoformat(),
    }
    parts, parameters = [], []
    for kind, part in _PARTS.items():
        if actor.may(part.needs) and not any(map(actor.may, part.without)):
            sql, given = _written(kind, part, actor.paths(part.needs), values)
            parts.append(sql)
            parameters += given
    if not parts:
        return found
    for kind, batch_id, name, count, due, id in rows_of(" UNION ALL ".join(parts), parameters):
        found[Kind(kind)].append(Waiting(batch_id, name, count, day_of(due), id))
    return found


_WORD = re.compile(r"\{(\w+)\}")


def _written(
    kind: Kind, part: _Part, paths: Sequence[str] | None, values: Mapping[str, object]
) -> tuple[str, list[object]]:
    """Return a part as SQL with its parameters in order."""
    parameters: list[object] = []

    def placed(word: re.Match[str]) -> str:
        if word[1] == "reach":
            condition, prefixes = hosted_under(paths)
            parameters.extend(prefixes)
            return condition
        parameters.append(values[word[1]])
        return "%s"

    statement = _WORD.sub(placed, part.sql)
    return f"SELECT '{kind}', w.* FROM ({statement}) w", parameters  # noqa: S608 - no input in it


def hosted_under(paths: Sequence[str] | None) -> tuple[str, list[str]]:
    """Return the condition that batch `b` is hosted in subtrees of units; `None` is everywhere."""
    if paths is None:
        return "1 = 1", []
    if not paths:
        return "1 = 0", []
    alike = " OR ".join(["path LIKE %s ESCAPE '!'"] * len(paths))
    escaped = [re.sub(r"([!%_])", r"!\1", path) + "%" for path in paths]
    units = f"SELECT id FROM identity_unit WHERE {alike}"  # noqa: S608 - paths are parameters
    return f"b.host_id IN ({units})", escaped
