"""Who is what where: roles given and ended, and the last administrator kept."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.identity.capabilities import ROLE_NAMES, Role
from sinambung.platform.identity.models import RoleAssignment, Unit, User
from sinambung.platform.identity.services.subjects import user_subject
from sinambung.platform.identity.trail import Trail


class RoleAlreadyHeld(Refused):
    message = _("Akun ini sudah memegang peran itu di unit yang sama pada waktu itu.")


class OwnRole(Refused):
    message = _(
        "Anda tidak dapat memberi peran kepada akun Anda sendiri. Minta administrator lain."
    )


class RoleAlreadyEnded(Refused):
    message = _("Peran ini sudah berakhir.")


class LastAdministrator(Refused):
    message = _(
        "Ini administrator terakhir yang masih aktif. "
        "Beri peran administrator kepada orang lain lebih dahulu."
    )


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
    """Give an account a role in a unit and all below it (no unit: everywhere).

    Nobody gives a role to the own account: what one may do is always another person's decision.
    """
    if user_id == by.id:
        raise OwnRole
    user = User.objects.locked(user_id)
    unit = Unit.objects.locked(unit_id) if unit_id else None
    if until and until <= since:
        raise Invalid(_("Peran harus berakhir sesudah tanggal mulainya."), field="until")
    if _overlapping(user, role, unit, since, until).exists():
        raise RoleAlreadyHeld
    assignment = RoleAssignment.objects.create(
        user=user, role=role.value, unit=unit, since=since, until=until
    )
    audit.record(
        Trail.ROLE_GRANTED,
        user_subject(user),
        by=by,
        role=str(ROLE_NAMES[role]),
        unit=unit.name if unit else _("seluruh instansi"),
        since=since,
        until=until or "",
    )
    return assignment


@transaction.atomic
def end_role(
    *, assignment_id: str, version: int | None, on: dt.date, by: Actor, reason: str = ""
) -> RoleAssignment | None:
    """End a role on a day; one that has not begun by then is taken back (returns `None`)."""
    lock_administrators()
    assignment = RoleAssignment.objects.locked(assignment_id, version=version)
    if assignment.until and assignment.until <= on:
        raise RoleAlreadyEnded
    user = User.objects.locked(assignment.user_id)
    keep_an_administrator(without_role=assignment.pk, on=on)
    audit.record(
        Trail.ROLE_ENDED,
        user_subject(user),
        by=by,
        reason=reason,
        role=assignment.role_name,
        unit=assignment.unit.name if assignment.unit else _("seluruh instansi"),
        on=on,
    )
    if assignment.since >= on:
        assignment.delete()
        return None
    assignment.until = on
    save_changed(assignment, ["until"])
    return assignment


def lock_administrators() -> None:
    """Lock the roles of everybody who administers all, always first and in the same order.

    Two administrators who end or lock each other at once then wait for one another.
    """
    roles = RoleAssignment.objects.select_for_update(of=("self",))
    roles = roles.filter(role=Role.ADMINISTRATOR.value, unit=None).order_by("id")
    list(roles.values_list("id", flat=True))


def keep_an_administrator(*, on: dt.date, without_role: str = "", without_user: str = "") -> None:
    """Refuse a change that leaves nobody who can administer everything from that day on.

    Call it after `lock_administrators`: what was read before the lock may be of yesterday.
    """
    holding = list(
        RoleAssignment.objects.filter(role=Role.ADMINISTRATOR.value, unit=None, since__lte=on)
        .filter(Q(until=None) | Q(until__gt=on))
        .filter(user__is_active=True, user__activated_at__isnull=False)
        .order_by("id")
        .values_list("id", "user_id", "until")
    )
    concerned = [row for row in holding if row[0] == without_role or row[1] == without_user]
    lasting = [row for row in holding if row not in concerned and row[2] is None]
    if concerned and not lasting:
        raise LastAdministrator


def _overlapping(
    user: User, role: Role, unit: Unit | None, since: dt.date, until: dt.date | None
) -> QuerySet[RoleAssignment]:
    held = RoleAssignment.objects.filter(user=user, role=role.value, unit=unit)
    held = held.filter(Q(until=None) | Q(until__gt=since))
    return held.filter(since__lt=until) if until else held
