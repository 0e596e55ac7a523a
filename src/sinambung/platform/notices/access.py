"""Who may see the outbox: it belongs to no unit, so only who watches over everything."""

from __future__ import annotations

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Forbidden
from sinambung.platform.identity.capabilities import Capability


def require_outbox(actor: Actor) -> None:
    """Raise `Forbidden` for an actor whose view of the outbox is limited to a unit."""
    if not actor.may(Capability.VIEW_OUTBOX) or actor.paths(Capability.VIEW_OUTBOX) is not None:
        raise Forbidden
