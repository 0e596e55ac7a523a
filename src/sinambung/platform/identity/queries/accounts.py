"""The list of accounts and the page of one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.platform.audit.queries import TrailLine, entries_about, page_of_lines
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.paging import Page, counted, page_by_key
from sinambung.platform.identity.capabilities import ROLE_NAMES, Capability, Role
from sinambung.platform.identity.models import RoleAssignment, Unit, User
from sinambung.platform.identity.queries.actors import unit_ids_under, unit_scope
from sinambung.platform.identity.queries.own import SessionLine, sessions_of

STATES = {
    "aktif": gettext_lazy("Aktif"),
    "menunggu": gettext_lazy("Belum aktif"),
    "terkunci": gettext_lazy("Terkunci"),
}
_ORDER = ("name", "id")
_ABOVE_ALL_NUMBERS = "9" * 60


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """What the address of the list says; unknown values filter nothing."""

    text: str = ""
    unit_id: str = ""
    role: str = ""
    state: str = ""

    def address(self, **more: str) -> str:
        """Return the query part of an address that keeps this filter."""
        values = {
            "q": self.text,
            "unit": self.unit_id,
            "peran": self.role,
            "keadaan": self.state,
            **more,
        }
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True, slots=True)
class AccountLine:
    id: str
    username: str
    name: str
    unit: str
    roles: str
    state: str
    state_name: str


@dataclass(frozen=True, slots=True)
class AccountList:
    lines: list[AccountLine]
    filter: AccountFilter
    unit_name: str
    previous: str
    next: str
    after: str | None
    total: int | None
    roles: list[tuple[str, str]]
    states: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RoleLine:
    id: str
    version: int
    name: str
    unit: str
    since: dt.date
    until: dt.date | None
    is_over: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    user: User
    state: str
    state_name: str
    may_change: bool
    roles: list[RoleLine]
    sessions: list[SessionLine]
    factors: int
    trail: Page[TrailLine]
    grantable: list[tuple[str, str]] = field(default_factory=list)


def account_list(
    actor: Actor, *, asked: AccountFilter, on: dt.date, after: str = "", before: str = ""
) -> AccountList:
    """Return a page of the accounts that the actor manages, by name."""
    users = _filtered(_within_reach(actor), asked, on)
    rows = users.values_list(
        *("id", "username", "name", "is_active", "activated_at", "unit__name"), named=True
    )
    page = page_by_key(rows, order=_ORDER, size=50, after=after, before=before, is_narrow=True)
    held = _roles_of([row.id for row in page.rows], on)
    return AccountList(
        lines=_lines(page.rows, held),
        filter=asked,
        unit_name=_unit_name(asked.unit_id),
        previous=f"?{asked.address(before=page.before)}" if page.before else "",
        next=f"?{asked.address(after=page.after)}" if page.after else "",
        after=page.after,
        total=None if asked.text else counted(users),
        roles=_role_choices(),
        states=[(state, str(name)) for state, name in STATES.items()],
    )


def account_page(
    user: User, *, by: Actor, may_change: bool, on: dt.date, at: dt.datetime
) -> AccountPage:
    """Return what the page of one account shows."""
    state = _state(user.is_active, user.activated_at)
    trail = entries_about(subject_id=user.pk)
    roles = RoleAssignment.objects.filter(user=user).select_related("unit").order_by("-since", "id")
    return AccountPage(
        user=user,
        state=state,
        state_name=str(STATES[state]),
        may_change=may_change,
        roles=[_role_line(role, by=by, may_change=may_change, on=on) for role in roles],
        sessions=sessions_of(user.pk, at=at),
        factors=Authenticator.objects.filter(user=user).exclude(type="recovery_codes").count(),
        trail=page_of_lines(trail, size=30),
        grantable=_role_choices(),
    )


def user_named(username: str) -> User:
    """Return an account by its name, for commands."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound(_("Tidak ada akun dengan nama itu."))
    return user


def role_held(user_id: str, *, role: str, unit_id: str | None, on: dt.date) -> RoleAssignment:
    """Return the role in force that an account holds in a unit (`None`: everywhere)."""
    held = _in_force(on).filter(user_id=user_id, role=role, unit_id=unit_id).first()
    if held is None:
        raise NotFound(_("Akun ini tidak memegang peran itu."))
    return held


def has_administrator(*, on: dt.date) -> bool:
    """Whether somebody active administers the whole installation."""
    held = _in_force(on).filter(role=Role.ADMINISTRATOR.value, unit=None, user__is_active=True)
    return held.filter(user__activated_at__isnull=False).exists()


def _within_reach(actor: Actor) -> QuerySet[User]:
    units = unit_scope(actor, Capability.MANAGE_ACCOUNTS)
    users = User.objects.order_by(*_ORDER)
    return users if units is None else users.filter(unit_id__in=units)


def _filtered(users: QuerySet[User], asked: AccountFilter, on: dt.date) -> QuerySet[User]:
    if asked.text:
        users = _searched(users, asked.text)
    if asked.unit_id:
        path = Unit.objects.filter(pk=asked.unit_id).values_list("path", flat=True).first()
        users = users.filter(unit_id__in=unit_ids_under((path,)) if path else [])
    if asked.role in ROLE_NAMES:
        users = users.filter(pk__in=_in_force(on).filter(role=asked.role).values("user_id"))
    if asked.state == "terkunci":
        users = users.filter(is_active=False)
    elif asked.state in STATES:
        users = users.filter(is_active=True, activated_at__isnull=asked.state == "menunggu")
    return users


def _searched(users: QuerySet[User], text: str) -> QuerySet[User]:
    """Names hold each word anywhere, or account names begin with it; digits are account names.

    Account names are sought in a query of their own, so that the walk along the index of names
    need not look at the row of everybody who does not match.
    """
    digits = "".join(text.split())
    if digits.isdecimal():
        return users.filter(pk__in=_accounts_named(digits))
    for word in text.split()[:4]:
        users = users.filter(Q(name__icontains=word) | Q(pk__in=_accounts_named(word)))
    return users


def _accounts_named(start: str) -> QuerySet[User, str]:
    """Account names that begin so, by a range that the index knows: digits sort before letters."""
    found = User.objects.filter(username__istartswith=start).order_by()
    if start.isdecimal():
        found = found.filter(username__gte=start, username__lt=f"{start}a")
    elif start[:1].isalpha():
        found = found.filter(username__gt=_ABOVE_ALL_NUMBERS)
    return found.values_list("pk", flat=True)


def _lines(rows: list[Any], held: dict[str, list[str]]) -> list[AccountLine]:
    names = {state: str(name) for state, name in STATES.items()}
    lines = []
    for row in rows:
        state = _state(row.is_active, row.activated_at)
        roles = ", ".join(held.get(row.id, ()))
        unit = row.unit__name or ""
        lines.append(AccountLine(row.id, row.username, row.name, unit, roles, state, names[state]))
    return lines


def _state(is_active: bool, activated_at: dt.datetime | None) -> str:
    if not is_active:
        return "terkunci"
    return "aktif" if activated_at else "menunggu"


def _roles_of(ids: list[str], on: dt.date) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    rows = _in_force(on).filter(user_id__in=ids).order_by("since", "id")
    for user_id, role in rows.values_list("user_id", "role"):
        name = str(ROLE_NAMES[Role(role)])
        if name not in held.setdefault(user_id, []):
            held[user_id].append(name)
    return held


def _in_force(on: dt.date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(since__lte=on).filter(Q(until=None) | Q(until__gt=on))


def _role_line(role: RoleAssignment, *, by: Actor, may_change: bool, on: dt.date) -> RoleLine:
    paths = by.paths(Capability.MANAGE_ACCOUNTS)
    within = paths is None or (role.unit is not None and role.unit.path.startswith(paths))
    is_over = bool(role.until and role.until <= on)
    return RoleLine(
        id=role.pk,
        version=role.version,
        name=role.role_name,
        unit=role.unit.name if role.unit else _("Seluruh instansi"),
        since=role.since,
        until=role.until,
        is_over=is_over,
        may_end=may_change and within and not is_over,
    )


def _role_choices() -> list[tuple[str, str]]:
    return [(role.value, str(name)) for role, name in ROLE_NAMES.items()]


def _unit_name(unit_id: str) -> str:
    if not unit_id:
        return ""
    return Unit.objects.filter(pk=unit_id).values_list("name", flat=True).first() or ""
