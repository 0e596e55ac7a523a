"""Which marks a batch still lacks, and whose they are: counted in the database."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sinambung.domains.training.models import AssignmentRole
from sinambung.domains.training.queries.plain_rows import places, rows_of
from sinambung.domains.training.queries.schemes import MarkCell, cells_of, scheme_from

# Grades follow every mark at once, so whoever lacks a mark has none or a withheld one.
_LACKING = """
    SELECT p.id, p.batch_id FROM training_participant p
    LEFT JOIN training_finalgrade f ON f.participant_id = p.id
    WHERE p.batch_id IN ({ids}) AND p.state = 'active'
        AND (f.participant_id IS NULL OR CAST(f.withheld AS text) <> '[]')
"""
_BATCHES = """
    WITH lacking AS ({lacking})
    SELECT b.id, CAST(b.scheme AS text), COUNT(*) FROM lacking l
    JOIN training_batch b ON b.id = l.batch_id GROUP BY b.id
"""
_FILLED = """
    WITH lacking AS ({lacking})
    SELECT l.batch_id, m.cell, COUNT(*) FROM lacking l
    JOIN training_mark m ON m.participant_id = l.id AND m.value IS NOT NULL
    GROUP BY l.batch_id, m.cell
"""
# The examiner's seat counts as filled where a substitute has marked.
_SEATS = """
    WITH lacking AS ({lacking})
    SELECT l.batch_id, a.role, a.person_name, COUNT(DISTINCT l.id), COUNT(m.id) FROM lacking l
    JOIN training_assignment a ON a.participant_id = l.id AND a.until IS NULL
        AND a.role <> 'substitute_examiner'
    LEFT JOIN training_mark m ON m.participant_id = l.id AND m.value IS NOT NULL
        AND (m.cell LIKE '%%@' || a.role
            OR (a.role = 'examiner' AND m.cell LIKE '%%@substitute!_examiner' ESCAPE '!'))
    GROUP BY l.batch_id, a.role, a.person_name ORDER BY l.batch_id, a.role, a.person_name
"""
Seat = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Missing:
    """How many marks active participants lack, and whose they are.

    `of_raters` are names with what each still owes; `unassigned` are marks of a seat that nobody
    holds; `of_organisers` those that need no rater."""

    count: int = 0
    of_raters: tuple[tuple[str, int], ...] = ()
    of_organisers: int = 0
    unassigned: int = 0


def marks_missing(batch_ids: Sequence[str]) -> Mapping[str, Missing]:
    """Return what the participants of some batches still lack; a complete batch is left out."""
    lacking = _LACKING.format(ids=places(batch_ids)) if batch_ids else ""
    schemes = rows_of(_BATCHES.format(lacking=lacking), batch_ids) if batch_ids else []
    if not schemes:
        return {}
    filled: dict[str, dict[str, int]] = defaultdict(dict)
    for id, cell, count in rows_of(_FILLED.format(lacking=lacking), batch_ids):
        filled[id][cell] = count
    seats: dict[str, list[Seat]] = defaultdict(list)
    for id, role, name, held, done in rows_of(_SEATS.format(lacking=lacking), batch_ids):
        seats[id].append((role, name, held, done))
    return {
        id: _missing(cells_in(scheme), people, filled[id], seats[id])
        for id, scheme, people in schemes
    }


@lru_cache(maxsize=64)
def cells_in(scheme: str) -> tuple[MarkCell, ...]:
    """Return the cells of a scheme as it is stored; the same text is read once per process."""
    return tuple(cells_of(scheme_from(json.loads(scheme), ())))


def _missing(
    cells: Sequence[MarkCell],
    people: int,
    filled: Mapping[str, int],
    seats: Sequence[Seat],
) -> Missing:
    regular = [cell for cell in cells if not cell.replaces]
    of_role = {role: sum(cell.role == role for cell in regular) for role in AssignmentRole.values}
    by_code = {
        cell.code: sum(filled.get(c.code, 0) for c in cells if cell.code in (c.code, c.replaces))
        for cell in regular
    }
    owed: dict[str, int] = {}
    for role, name, held, done in seats:
        left = held * of_role[role] - done
        if left > 0:
            owed[name] = owed.get(name, 0) + left
    plain = [cell for cell in regular if not of_role.get(cell.role)]
    of_organisers = sum(people - by_code[cell.code] for cell in plain)
    count = people * len(regular) - sum(by_code.values())
    return Missing(
        count=count,
        of_raters=tuple(sorted(owed.items(), key=lambda pair: (-pair[1], pair[0]))),
        of_organisers=of_organisers,
        unassigned=max(count - of_organisers - sum(owed.values()), 0),
    )
