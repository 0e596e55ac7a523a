"""The tasks of examiners, coaches and mentors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from sinambung.domains.training.queries.marks_missing import cells_in
from sinambung.domains.training.queries.plain_rows import day_of, places, rows_of
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Task

_IS_RATER = """
    SELECT 1 FROM training_assignment WHERE person_id = %s AND until IS NULL LIMIT 1
"""
_HELD = """
    SELECT b.id, b.name, b.ends_on, a.role, p.id, p.display_name,
        (SELECT COUNT(*) FROM training_mark m WHERE m.participant_id = p.id
            AND m.value IS NOT NULL AND m.cell LIKE '%%@' || a.role)
    FROM training_assignment a
    JOIN training_batch b ON b.id = a.batch_id
    JOIN training_participant p ON p.id = a.participant_id
    WHERE a.person_id = %s AND a.until IS NULL AND b.state = 'running'
        AND p.state IN ('active', 'postponed')
    ORDER BY b.starts_on DESC, b.id, p.number, a.role
"""
_SCHEMES = "SELECT id, CAST(scheme AS text) FROM training_batch WHERE id IN ({ids})"
_REMARKS = """
    SELECT participant_id, item FROM training_remarkrequest
    WHERE resolved_at IS NULL AND participant_id IN ({ids})
"""


class _Held(NamedTuple):
    """One participant whom the actor marks in one role; `filled` counts the marks of that seat."""

    batch_id: str
    batch_name: str
    ends_on: object
    role: str
    participant_id: str
    name: str
    filled: int


def is_rater(account_id: str) -> bool:
    """Whether an account coaches, mentors or examines anybody now."""
    return bool(account_id) and bool(rows_of(_IS_RATER, [account_id]))


def tasks_of_raters(actor: Actor, *, on: dt.date) -> Iterator[Task]:
    """Yield what waits for an examiner, coach or mentor: one task a batch and kind of work."""
    if not is_rater(actor.id):
        return
    held = [_Held(*row) for row in rows_of(_HELD, [actor.id])]
    if not held:
        return
    batch_ids = list({row.batch_id for row in held})
    person_ids = list({row.participant_id for row in held})
    schemes: dict[str, str] = dict(rows_of(_SCHEMES.format(ids=places(batch_ids)), batch_ids))
    remarks = set(rows_of(_REMARKS.format(ids=places(person_ids)), person_ids))
    for (batch_id, name), rows in groupby(held, key=lambda row: (row.batch_id, row.batch_name)):
        yield from _of_batch(name, list(rows), schemes[batch_id], remarks)


def _of_batch(
    name: str, rows: Sequence[_Held], scheme: str, remarks: set[tuple[str, str]]
) -> Iterator[Task]:
    items = _items_by_role(scheme)
    again = [
        row
        for row in rows
        if any((row.participant_id, item) in remarks for item in items.get(row.role, ()))
    ]
    waiting = [
        row for row in rows if row.filled < len(items.get(row.role, ())) and row not in again
    ]
    due = day_of(rows[0].ends_on)
    if again:
        names = ", ".join(dict.fromkeys(row.name for row in again))
        yield Task(
            title=_("Nilai ulang peserta %(batch)s") % {"batch": name},
            href=f"/pelatihan/menilai/{again[0].participant_id}/",
            reason=_("Selisih penilai terlalu besar untuk %(names)s.") % {"names": names},
            due=due,
        )
    if waiting:
        count = len({row.participant_id for row in waiting})
        yield Task(
            title=_("Nilai peserta %(batch)s") % {"batch": name},
            href="/pelatihan/menilai/",
            reason=_("%(count)s peserta belum Anda nilai.") % {"count": count},
            due=due,
        )


def _items_by_role(scheme: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for cell in cells_in(scheme):
        if cell.role:
            found.setdefault(cell.role, []).append(cell.item)
    return found
