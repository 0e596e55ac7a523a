"""What waits for a participant: files to bring, notes to answer; and what they take part in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from sinambung.domains.training import access
from sinambung.domains.training.models import ParticipantState
from sinambung.domains.training.queries.plain_rows import day_of, rows_of
from sinambung.domains.training.queries.programmes import parsed_edition
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Card, Task

# A batch's own values replace those of its edition, part by part.
_OPEN = """
    SELECT p.id, b.name, b.starts_on, CAST(p.confirmed_items AS text),
        CAST(e.content AS text), CAST(b.pinned AS text)
    FROM training_participant p JOIN training_batch b ON b.id = p.batch_id
    JOIN training_programmeedition e ON e.id = b.edition_id
    WHERE p.employee_id = %s AND p.state IN ('nominated', 'accepted', 'active')
        AND b.state IN ('preparing', 'running')
    ORDER BY b.starts_on DESC, p.id LIMIT 3
"""
_BROUGHT = """
    SELECT item, state FROM training_participantdocument WHERE participant_id = %s
    ORDER BY uploaded_at, id
"""
_UNANSWERED = """
    SELECT n.participant_id, b.name, n.reporter_name FROM training_participant p
    JOIN training_conductnote n ON n.participant_id = p.id
    JOIN training_batch b ON b.id = p.batch_id
    WHERE p.employee_id = %s AND p.state = 'active' AND n.replied_at IS NULL
        AND n.withdrawn_at IS NULL AND n.kind <> 'praise'
    ORDER BY n.noted_on DESC, n.id LIMIT 5
"""
_NEWEST = """
    SELECT p.id, b.name, p.state FROM training_participant p
    JOIN training_batch b ON b.id = p.batch_id
    WHERE p.employee_id = %s ORDER BY b.starts_on DESC, p.id LIMIT 3
"""


def tasks_of_participants(actor: Actor) -> Iterator[Task]:
    """Yield what waits for the actor as a participant."""
    employee_id = access.own_employee_id(actor)
    if employee_id:
        yield from _notes_to_answer(employee_id)
        yield from _documents_to_bring(employee_id)


def own_cards(actor: Actor) -> Iterator[Card]:
    """Yield the actor's newest participations."""
    employee_id = access.own_employee_id(actor)
    for id, name, state in rows_of(_NEWEST, [employee_id]) if employee_id else ():
        facts = ((_("Status"), str(ParticipantState(state).label)),)
        yield Card(name, f"/pelatihan/saya/{id}/", facts=facts)


def _notes_to_answer(employee_id: str) -> Iterator[Task]:
    for participant_id, batch, reporter in rows_of(_UNANSWERED, [employee_id]):
        yield Task(
            title=_("Tanggapi catatan sikap %(batch)s") % {"batch": batch},
            href=f"/pelatihan/saya/{participant_id}/nilai/",
            reason=_("Dicatat %(name)s.") % {"name": reporter},
        )


def _documents_to_bring(employee_id: str) -> Iterator[Task]:
    for id, batch, starts_on, confirmed, content, pinned in rows_of(_OPEN, [employee_id]):
        latest: dict[str, str] = dict(rows_of(_BROUGHT, [id]))
        brought = {item for item, state in latest.items() if state != "returned"}
        missing = owed_files(content, pinned) - brought - set(json.loads(confirmed))
        if missing:
            yield Task(
                title=_("Lengkapi berkas %(batch)s") % {"batch": batch},
                href=f"/pelatihan/saya/{id}/berkas/",
                reason=_("%(count)s berkas belum ada atau dikembalikan.") % {"count": len(missing)},
                due=day_of(starts_on),
            )


@lru_cache(maxsize=32)
def owed_files(content: str, pinned: str) -> frozenset[str]:
    """Return the required files of an edition as it is stored, completed by a batch's values."""
    edition = parsed_edition({**json.loads(content), **json.loads(pinned)})
    return frozenset(
        item.code for item in edition.curriculum.eligibility if item.document and item.required
    )
