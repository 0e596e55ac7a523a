"""Which imports an actor may see: those of the kinds it may import."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from sinambung.platform.exchange.kinds import SheetKind, kind_named, kinds
from sinambung.platform.exchange.models import Import
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound


def kinds_open_to(actor: Actor) -> list[SheetKind]:
    """Return the kinds of sheet that the actor may import somewhere."""
    return [kind for kind in kinds() if actor.may(kind.capability)]


def imports_visible_to(actor: Actor) -> QuerySet[Import]:
    """Return the actor's own imports, and all of a kind where the capability holds everywhere."""
    condition = Q(pk__in=[])
    for kind in kinds_open_to(actor):
        everywhere = actor.paths(kind.capability) is None and not kind.options
        mine = Q(kind=kind.name) if everywhere else Q(kind=kind.name, uploaded_by=actor.id or "-")
        condition |= mine
    return Import.objects.filter(condition).order_by("-id")


def import_for(actor: Actor, id: str) -> Import:
    """Return an import that the actor may see and act on; raise `NotFound` otherwise."""
    row = Import.objects.filter(pk=id).first()
    if row is None:
        raise NotFound
    kind = kind_named(row.kind)
    if not actor.may(kind.capability):
        raise NotFound
    is_own = bool(actor.id) and row.uploaded_by == actor.id
    if not is_own and actor.paths(kind.capability) is not None and not kind.options:
        raise NotFound
    kind.authorise(actor, row.options)
    return row


def addresses_open_to(actor: Actor, hrefs: Collection[str]) -> Collection[str]:
    """Return which addresses of imports the actor may open."""
    ids = imports_visible_to(actor).order_by().values_list("pk", flat=True)
    known = set(ids.filter(pk__in=[href.split("/")[2] for href in hrefs]))
    return [href for href in hrefs if href.split("/")[2] in known]
