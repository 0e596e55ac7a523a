"""Who somebody is: an account or token as an actor, and the units that the actor reaches."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict

from django.db import connection
from django.utils.translation import gettext as _

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import CAPABILITIES_OF, ROLE_NAMES, Capability, Role
from sinambung.platform.identity.models import ApiToken, User

_ROLES_IN_FORCE = """
    SELECT held.role, unit.path, unit.name
    FROM identity_roleassignment held LEFT JOIN identity_unit unit ON unit.id = held.unit_id
    WHERE held.user_id = %s AND held.since <= %s AND (held.until IS NULL OR held.until > %s)
    ORDER BY held.since, held.id
"""
_UNITS = "SELECT id FROM identity_unit"


def actor_of(user: User, *, on: dt.date) -> Actor:
    """Return what an account may do on a day: its roles in force, with the units they cover."""
    grants: dict[str, set[str]] = defaultdict(set)
    grants[Capability.USE.value].add("")
    names: list[str] = []
    for role, path, unit_name in _roles_in_force(user.pk, on):
        title = str(ROLE_NAMES[role])
        names.append(f"{title}, {unit_name}" if unit_name else title)
        for capability in CAPABILITIES_OF[role]:
            grants[capability.value].add(path)
    return Actor(
        id=user.pk,
        name=user.name,
        title=names[0] if names else user.title or _("Pegawai"),
        roles=tuple(names),
        grants={capability: tuple(sorted(paths)) for capability, paths in grants.items()},
    )


def actor_of_token(token: str, *, at: dt.datetime, on: dt.date) -> tuple[Actor, ApiToken] | None:
    """Return the actor that a bearer token stands for, narrowed to the token's scopes."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = (
        ApiToken.objects.select_related("user")
        .filter(digest=digest, revoked_at=None, expires_at__gt=at, user__is_active=True)
        .first()
    )
    if found is None:
        return None
    actor = actor_of(found.user, on=on)
    allowed = {Capability.USE.value, *found.scopes}
    grants = {name: paths for name, paths in actor.grants.items() if name in allowed}
    return Actor(actor.id, actor.name, actor.title, actor.roles, grants), found


def unit_ids_under(paths: tuple[str, ...]) -> list[str]:
    """Return the ids of all units in the subtrees that begin with these paths."""
    if not paths:
        return []
    alike = " OR ".join(["path LIKE %s ESCAPE '!'"] * len(paths))
    beginnings = [re.sub(r"([!%_])", r"!\1", path) + "%" for path in paths]
    with connection.cursor() as cursor:
        cursor.execute(f"{_UNITS} WHERE {alike} ORDER BY path", beginnings)
        return [id for (id,) in cursor.fetchall()]


def unit_scope(actor: Actor, capability: Capability) -> list[str] | None:
    """Return the ids of the units in which the actor holds a capability; `None` for all."""
    paths = actor.paths(capability)
    return None if paths is None else unit_ids_under(paths)


def _roles_in_force(user_id: str, on: dt.date) -> list[tuple[Role, str, str]]:
    """Every request asks this: as plain SQL it costs a tenth of what the ORM takes (0.8 ms)."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLES_IN_FORCE, [user_id, on.isoformat(), on.isoformat()])
        rows = cursor.fetchall()
    return [(Role(role), path or "", name or "") for role, path, name in rows]
