"""What training puts on desks: what waits, what a search finds, which batches run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _

from sinambung.domains.training import access
from sinambung.domains.training.models import (
    Batch,
    DocumentState,
    Participant,
    ParticipantDocument,
    ParticipantState,
)
from sinambung.domains.training.queries.batches import counts_of, stage_steps
from sinambung.domains.training.queries.participants import checklist_of, search_condition
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Card, Hit, Task
from sinambung.platform.identity.capabilities import Capability

MOST = 20
MOST_CARDS = 6
MOST_OWN = 3
OPEN = ("preparing", "running")
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
            participant__batch__in=batches.filter(state__in=OPEN).order_by(),
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
            batch__in=batches.filter(state__in=OPEN).order_by(),
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
        state__in=("nominated", "accepted", "active"), batch__state__in=OPEN
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
    text = text.replace("\x00", "").strip()
    if len(text) < SHORTEST_SEARCH or not actor.may(Capability.VIEW_BATCHES):
        return []
    batches = access.batches_visible_to(actor)
    hits = [
        Hit(_("Angkatan"), f"{name} {year}", f"/pelatihan/angkatan/{id}/")
        for id, name, year in batches.filter(name__icontains=text).values_list(
            "id", "name", "year"
        )[:limit]
    ]
    people = Participant.objects.filter(search_condition(text), batch__in=batches.order_by())
    found = people.order_by("name", "id").values_list(
        "id", "display_name", "batch__name", "batch__year"
    )
    hits += [
        Hit(_("Peserta"), person, f"/pelatihan/peserta/{id}/", f"{name} {year}")
        for id, person, name, year in found[:limit]
    ]
    return hits


def cards_for(actor: Actor, *, on: dt.date) -> list[Card]:
    """Return the running batches in reach, and the actor's own participations."""
    rows = access.batches_visible_to(actor).filter(state__in=OPEN).defer("scheme", "pinned")
    batches = list(rows.prefetch_related("stages")[:MOST_CARDS])
    counts = counts_of(batch.pk for batch in batches) if batches else {}
    cards = [_batch_card(batch, counts.get(batch.pk, 0), on=on) for batch in batches]
    own = access.own_participations(actor).values_list("id", "batch__name", "state")
    for id, name, state in own[:MOST_OWN]:
        facts = ((_("Status"), str(ParticipantState(state).label)),)
        cards.append(Card(name, f"/pelatihan/saya/{id}/", facts=facts))
    return cards


def _batch_card(batch: Batch, count: int, *, on: dt.date) -> Card:
    steps = stage_steps(batch, on=on)
    return Card(
        title=batch.name,
        href=f"/pelatihan/angkatan/{batch.pk}/",
        note=batch.get_state_display(),
        step=sum(step.state != "later" for step in steps),
        steps=len(steps),
        facts=((_("Peserta"), f"{count}/{batch.quota}"),),
    )
