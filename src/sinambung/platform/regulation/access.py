"""How an entry of local values is reached."""

from __future__ import annotations

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.regulation.models import LocalEdition, SourceFile


def entry_for(actor: Actor, id: str, capability: Capability) -> LocalEdition:
    """Return an entry; the capability may be held anywhere, as values bind the whole agency."""
    entry = LocalEdition.objects.filter(pk=id).first()
    if entry is None or not actor.may(capability):
        raise NotFound
    return entry


def file_for(actor: Actor, entry_id: str) -> SourceFile:
    """Return the document of an entry."""
    entry = entry_for(actor, entry_id, Capability.VIEW_PROGRAMMES)
    if entry.file is None:
        raise NotFound
    return entry.file
