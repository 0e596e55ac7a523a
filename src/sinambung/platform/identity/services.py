"""Changes to accounts, units and roles."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.identity.capabilities import ROLE_NAMES, Role
from sinambung.platform.identity.models import RoleAssignment, Unit, User
from sinambung.platform.identity.trail import Trail


class NameTaken(Refused):
    message = _("Nama akun ini sudah dipakai. Pilih nama lain.")


class CodeTaken(Refused):
    message = _("Kode unit ini sudah dipakai. Pilih kode lain.")


@transaction.atomic
def add_unit(
    *,
    code: str,
    name: str,
    kind: Unit.Kind,
    parent_id: str | None,
    since: dt.date,
    by: Actor,
    short_name: str = "",
    siasn_id: str = "",
    time_zone: str = "Asia/Jakarta",
) -> Unit:
    """Add a unit under another (or as a root)."""
    parent = Unit.objects.locked(parent_id) if parent_id else None
    if Unit.objects.filter(code=code).exists():
        raise CodeTaken
    unit = Unit.objects.create(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        siasn_id=siasn_id,
        time_zone=time_zone,
        since=since,
    )
    audit.record(Trail.UNIT_ADDED, _unit(unit), by=by)
    return unit


@transaction.atomic
def add_user(
    *,
    username: str,
    name: str,
    at: dt.datetime,
    by: Actor,
    email: str = "",
    title: str = "",
    password: str | None = None,
) -> User:
    """Add an account; without a password its owner activates it later."""
    if User.objects.filter(username=username).exists():
        raise NameTaken
    user = User(
        username=username,
        name=name,
        email=email,
        title=title,
        created_at=at,
        activated_at=at if password else None,
    )
    user.set_password(password)
    user.save(force_insert=True)
    audit.record(Trail.USER_ADDED, _user(user), by=by)
    return user


@transaction.atomic
def grant_role(
    *,
    user_id: str,
    role: Role,
    unit_id: str | None,
    since: dt.date,
    by: Actor,
    until: dt.date | None = None,
) -> RoleAssignment:
    """Give an account a role in a unit and all below it (no unit: everywhere)."""
    user = User.objects.locked(user_id)
    unit = Unit.objects.locked(unit_id) if unit_id else None
    assignment = RoleAssignment.objects.create(
        user=user, role=role.value, unit=unit, since=since, until=until
    )
    audit.record(Trail.ROLE_GRANTED, _user(user), by=by, role=str(ROLE_NAMES[role]))
    return assignment


def _user(user: User) -> audit.Subject:
    return audit.Subject(kind="user", id=user.pk, name=user.name)


def _unit(unit: Unit) -> audit.Subject:
    return audit.Subject(kind="unit", id=unit.pk, name=unit.name)
