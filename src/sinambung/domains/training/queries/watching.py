"""How batches stand, for those who watch over them: leaders and auditors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sinambung.domains.training.models import Batch
from sinambung.domains.training.queries.plain_rows import rows_of
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.queries.waiting import under
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Capability
from sinambung.pure.rulebook.programmes import unverified_values

MOST = 5
_STATES = """
    SELECT b.state, COUNT(*) FROM training_batch b JOIN identity_unit u ON u.id = b.host_id
    WHERE b.state <> 'cancelled' AND ({reach}) GROUP BY b.state
"""
_OUTCOMES = """
    SELECT b.year, SUM(CASE WHEN p.state = 'passed' THEN 1 ELSE 0 END), COUNT(*)
    FROM training_batch b JOIN identity_unit u ON u.id = b.host_id
    JOIN training_participant p ON p.batch_id = b.id
    WHERE b.year <= %s AND b.state IN ('decided', 'finished')
        AND p.state IN ('passed', 'failed', 'postponed') AND ({reach}) GROUP BY b.year
    ORDER BY b.year DESC LIMIT 1
"""
_LONGEST = """
    SELECT 'documents', b.id, b.name, COUNT(*), MIN(r.uploaded_at)
    FROM training_participantdocument r CROSS JOIN training_participant p
    JOIN training_batch b ON b.id = p.batch_id JOIN identity_unit u ON u.id = b.host_id
    WHERE p.id = r.participant_id AND r.state = 'uploaded'
        AND b.state IN ('preparing', 'running') AND ({reach}) GROUP BY b.id, b.name
    UNION ALL
    SELECT 'marks', b.id, b.name, COUNT(*), MIN(r.requested_at)
    FROM training_remarkrequest r CROSS JOIN training_participant p
    JOIN training_batch b ON b.id = p.batch_id JOIN identity_unit u ON u.id = b.host_id
    WHERE p.id = r.participant_id AND r.resolved_at IS NULL
        AND b.state = 'running' AND ({reach}) GROUP BY b.id, b.name
"""
_CHANGES = """
    SELECT COUNT(*) FROM training_markchange c CROSS JOIN training_participant p
    JOIN training_batch b ON b.id = p.batch_id JOIN identity_unit u ON u.id = b.host_id
    WHERE p.id = c.participant_id AND c.state = 'confirmed' AND c.decided_at >= %s AND ({reach})
"""
_OPEN = """
    SELECT b.id, b.name, b.version FROM training_batch b JOIN identity_unit u ON u.id = b.host_id
    WHERE b.state IN ('preparing', 'running', 'marks_closed', 'decided') AND ({reach})
    ORDER BY b.starts_on DESC, b.id LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many of those whose graduation was decided in a year passed."""

    year: int
    passed: int
    decided: int


@dataclass(frozen=True, slots=True)
class Longest:
    """What waits in a batch: `kind` is documents or marks, `since` the day of the oldest."""

    kind: str
    batch_id: str
    batch_name: str
    count: int
    since: dt.date


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """How many unverified values a batch uses."""

    batch_id: str
    batch_name: str
    count: int


def batches_by_state(actor: Actor) -> dict[str, int]:
    """Return how many batches in reach are in each state; cancelled ones are left out."""
    reach, prefixes = _reach(actor)
    return {str(state): n for state, n in rows_of(_STATES.format(reach=reach), prefixes)}


def outcomes_of(actor: Actor, *, year: int) -> Outcomes:
    """Return the outcomes of a year's decided batches, or of the newest year before with any."""
    reach, prefixes = _reach(actor)
    for row in rows_of(_OUTCOMES.format(reach=reach), [year, *prefixes]):
        return Outcomes(*map(int, row))
    return Outcomes(year=year, passed=0, decided=0)


def longest_waiting(actor: Actor) -> list[Longest]:
    """Return what waits longest in the batches in reach, the oldest first."""
    reach, prefixes = _reach(actor)
    rows = rows_of(_LONGEST.format(reach=reach), [*prefixes, *prefixes])
    found = [
        Longest(kind, id, name, count, dt.date.fromisoformat(str(since)[:10]))
        for kind, id, name, count, since in rows
    ]
    return sorted(found, key=lambda row: (row.since, row.batch_name))[:MOST]


def changes_after_closing(actor: Actor, *, since: dt.datetime) -> int:
    """Return how many marks were changed after closing since a moment."""
    reach, prefixes = _reach(actor)
    return int(rows_of(_CHANGES.format(reach=reach), [since, *prefixes])[0][0])


def unverified_in_use(actor: Actor) -> Sequence[Unconfirmed]:
    """Return the open batches in reach that use unverified values, most values first."""
    reach, prefixes = _reach(actor)
    rows = rows_of(_OPEN.format(reach=reach), prefixes)
    found = [Unconfirmed(id, name, _unverified(id, version)) for id, name, version in rows]
    return sorted((row for row in found if row.count), key=lambda row: -row.count)


@lru_cache(maxsize=512)
def _unverified(batch_id: str, version: int) -> int:
    """The edition and values of a batch change only with its version."""
    batch = Batch.objects.select_related("edition").get(pk=batch_id)
    return len(unverified_values(edition_of(batch)))


def _reach(actor: Actor) -> tuple[str, list[str]]:
    return under(actor.paths(Capability.VIEW_BATCHES))
