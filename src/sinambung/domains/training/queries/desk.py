"""What training puts on desks: what waits, what a search finds, which batches run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _

from sinambung.domains.training import access
from sinambung.domains.training.models import (
    DocumentState,
    Participant,
    ParticipantDocument,
    ParticipantState,
)
from sinambung.domains.training.queries.batches import ON_LIST, stage_steps
from sinambung.domains.training.queries.participants import checklist_of, search_condition
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Card, Hit, Task
from sinambung.platform.identity.capabilities import Capability

MOST = 20
SHORTEST_SEARCH = 2


def tasks_of_organisers(actor: Actor, *, on: dt.date) -> Iterator[Task]:
    """Yield what waits for the actor around rosters and documents."""
    if actor.may(Capability.VERIFY_DOCUMENTS):
        yield from _documents_to_examine(actor)
    if actor.may(Capability.MANAGE_BATCHES):
        yield from _nominations(actor)
    yield from _own_documents(actor)


def _documents_to_examine(actor: Actor) -> Iterator[Task]:
    batches = access.batches_visible_to(actor, Capability.VERIFY_DOCUMENTS)
    rows = (
        ParticipantDocument.objects.filter(
            participant__batch__in=batches.filter(state__in=("preparing", "running")).order_by(),
            state=DocumentState.UPLOADED,
        )
        .order_by("participant__batch")
        .values_list("participant__batch", "participant__batch__name")
        .annotate(Count("id"))
    )
    for batch_id, name, count in rows[:MOST]:
        yield Task(
            title=_("Periksa berkas %(batch)s") % {"batch": name},
            href=f"/pelatihan/angkatan/{batch_id}/berkas/",
            reason=_("%(count)s berkas peserta menunggu diperiksa.") % {"count": count},
        )


def _nominations(actor: Actor) -> Iterator[Task]:
    batches = access.batches_visible_to(actor, Capability.MANAGE_BATCHES)
    rows = (
        Participant.objects.filter(
            batch__in=batches.filter(state__in=("preparing", "running")).order_by(),
            state=ParticipantState.NOMINATED,
        )
        .order_by("batch__starts_on", "batch")
        .values_list("batch", "batch__name", "batch__starts_on")
        .annotate(Count("id"))
    )
    for batch_id, name, starts_on, count in rows[:MOST]:
        yield Task(
            title=_("Tetapkan peserta %(batch)s") % {"batch": name},
            href=f"/pelatihan/angkatan/{batch_id}/peserta/?status=nominated",
            reason=_("%(count)s orang diusulkan dan belum diputuskan.") % {"count": count},
            due=starts_on,
        )


def _own_documents(actor: Actor) -> Iterator[Task]:
    rows = access.own_participations(actor).filter(
        state__in=("nominated", "accepted", "active"), batch__state__in=("preparing", "running")
    )
    for row in rows[:3]:
        lines = checklist_of(row)
        owed = [line for line in lines if line.item.document and line.item.required]
        missing = [line for line in owed if line.state in ("missing", "returned")]
        if missing:
            yield Task(
                title=_("Lengkapi berkas %(batch)s") % {"batch": row.batch.name},
                href=f"/pelatihan/saya/{row.pk}/berkas/",
                reason=_("%(count)s berkas belum ada atau dikembalikan.") % {"count": len(missing)},
                due=row.batch.starts_on,
            )


def search(actor: Actor, text: str, *, limit: int = 10) -> list[Hit]:
    """Find batches by name and participants by name or NIP, within the actor's reach."""
    text = text.strip()
    if len(text) < SHORTEST_SEARCH or not actor.may(Capability.VIEW_BATCHES):
        return []
    batches = access.batches_visible_to(actor)
    hits = [
        Hit(_("Angkatan"), f"{batch.name} {batch.year}", f"/pelatihan/angkatan/{batch.pk}/")
        for batch in batches.filter(name__icontains=text)[:limit]
    ]
    people = (
        Participant.objects.select_related("batch")
        .filter(search_condition(text), batch__in=batches.order_by())
        .order_by("name", "id")
    )
    hits += [
        Hit(
            _("Peserta"),
            person.display_name,
            f"/pelatihan/peserta/{person.pk}/",
            f"{person.batch.name} {person.batch.year}",
        )
        for person in people[:limit]
    ]
    return hits


def cards_for(actor: Actor, *, on: dt.date) -> list[Card]:
    """Return the running batches in reach, and the actor's own participations."""
    rows = access.batches_visible_to(actor).filter(state__in=("preparing", "running"))
    cards = []
    for batch in rows[:6]:
        steps = stage_steps(batch, on=on)
        reached = sum(step.state != "later" for step in steps)
        count = Participant.objects.filter(batch=batch, state__in=ON_LIST).count()
        cards.append(
            Card(
                title=batch.name,
                href=f"/pelatihan/angkatan/{batch.pk}/",
                note=batch.get_state_display(),
                step=reached,
                steps=len(steps),
                facts=((_("Peserta"), f"{count}/{batch.quota}"),),
            )
        )
    for own in access.own_participations(actor)[:3]:
        facts = ((_("Status"), own.get_state_display()),)
        cards.append(Card(own.batch.name, f"/pelatihan/saya/{own.pk}/", facts=facts))
    return cards
