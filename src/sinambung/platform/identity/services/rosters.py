"""Accounts and units that come with a roster of employees: added, changed and taken back."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import ProtectedError

from sinambung.platform.audit import queries as audit_queries
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.bulk import insert_rows, select_rows, update_rows
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.identifiers import new_ulids
from sinambung.platform.identity.models import (
    ApiToken,
    OneTimeCode,
    RoleAssignment,
    Unit,
    User,
)
from sinambung.platform.identity.services.subjects import unit_subject, user_subject
from sinambung.platform.identity.services.units import close_unit
from sinambung.platform.identity.trail import Trail

_COLUMNS = (
    *("id", "version", "password", "username", "name", "title", "email", "unit"),
    *("is_active", "created_at"),
)
_LONGEST_NAME = 200
_PASSWORD_BYTES = 20


class EmployeeAccount(NamedTuple):
    """An account that comes with a roster: `unit_id` says where the person belongs."""

    username: str
    name: str
    email: str = ""
    unit_id: str | None = None


@dataclass(frozen=True, slots=True)
class RosterAccounts:
    """The id of the account of each username; `new` are those that did not exist before."""

    ids: Mapping[str, str]
    new: Mapping[str, str]


@transaction.atomic
def add_employee_accounts(
    *, rows: Iterable[Sequence[str | None]], at: dt.datetime, by: Actor
) -> RosterAccounts:
    """Make sure that everybody of a roster has an account.

    Each row is (username, name, email) or an `EmployeeAccount` with the unit too. Accounts that
    exist stay as they are. New ones have no password until their owner activates them. The trail
    gets one line: the roster's own import tells of each person.
    """
    wanted = {str(row[0]): EmployeeAccount(*row) for row in rows}  # type: ignore[arg-type]
    ids = dict(select_rows(User, ("username", "id"), where="username", among=list(wanted)))
    missing = [account for name, account in wanted.items() if name not in ids]
    made = _new_rows(missing, at)
    insert_rows(User, _COLUMNS, made)
    new = {account.username: str(row[0]) for account, row in zip(missing, made, strict=True)}
    if made:
        _record(Trail.USERS_ADDED, len(made), by)
    return RosterAccounts(ids | new, new)


@transaction.atomic
def place_users(*, rows: Iterable[tuple[str, str | None]], by: Actor) -> int:
    """Say in which unit people belong, given (user id, unit id); return how many."""
    return _change("unit", dict(rows))


@transaction.atomic
def rename_users(*, rows: Iterable[tuple[str, str]], by: Actor) -> int:
    """Give accounts the names that their owners bear now, given (user id, name); return how many.

    The trail gets nothing here: whoever changes the person tells of it.
    """
    return _change("name", {user_id: name[:_LONGEST_NAME] for user_id, name in rows})


@transaction.atomic
def withdraw_accounts(*, user_ids: Sequence[str], at: dt.datetime, by: Actor, reason: str) -> int:
    """Take back accounts that came with a roster; return how many were removed.

    One that its owner activated or that has a role or a key is in use and stays. One that nobody
    used, but that other rows name, is locked instead.
    """
    waiting = User.objects.select_for_update(of=("self",)).filter(
        pk__in=user_ids, activated_at=None, last_login=None
    )
    used = {
        *RoleAssignment.objects.filter(user__in=user_ids).values_list("user_id", flat=True),
        *ApiToken.objects.filter(user__in=user_ids).values_list("user_id", flat=True),
    }
    users = [user for user in waiting.order_by("id") if user.pk not in used]
    removed = users if _deleted(users) else [user for user in users if _deleted([user])]
    _lock([user for user in users if user not in removed], at=at, by=by, reason=reason)
    if removed:
        _record(Trail.USERS_REMOVED, len(removed), by, reason)
    return len(removed)


def withdraw_units(
    *, context_id: str, used: Collection[str], on: dt.date, by: Actor, reason: str
) -> int:
    """Take back the units that one import added, each in its own transaction; return how many.

    One that was changed since, that is `used`, or in which somebody is or has a role, stays. One
    that only other rows name is closed instead.
    """
    added = audit_queries.subjects_of(Trail.UNIT_ADDED, context_id=context_id)
    units = Unit.objects.filter(pk__in=added, version=1, until=None).exclude(pk__in=used)
    ids = list(units.order_by("-path").values_list("id", flat=True))
    return sum(_withdraw_unit(id, on=on, by=by, reason=reason) for id in ids)


@transaction.atomic
def _withdraw_unit(unit_id: str, *, on: dt.date, by: Actor, reason: str) -> bool:
    unit = Unit.objects.locked(unit_id)
    if RoleAssignment.objects.filter(unit=unit).exists():
        return False
    subject = unit_subject(unit)
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError:
        with suppress(Refused):
            first = unit.since + dt.timedelta(days=1)
            close_unit(unit_id=unit_id, version=None, on=max(on, first), by=by, reason=reason)
        return False
    audit.record(Trail.UNIT_REMOVED, subject, by=by, reason=reason)
    return True


def _new_rows(accounts: Sequence[EmployeeAccount], at: dt.datetime) -> list[tuple[object, ...]]:
    """Return the rows of new accounts; no text fits a password that begins like these."""
    random = secrets.token_hex(_PASSWORD_BYTES * len(accounts))
    length = 2 * _PASSWORD_BYTES
    passwords = [random[first : first + length] for first in range(0, len(random), length)]
    return [
        (
            *(id, 1, UNUSABLE_PASSWORD_PREFIX + password, one.username, one.name[:_LONGEST_NAME]),
            *("", one.email, one.unit_id, True, at),
        )
        for one, id, password in zip(accounts, new_ulids(len(accounts)), passwords, strict=True)
    ]


def _change(field: str, values: Mapping[str, str | None]) -> int:
    versions = select_rows(User, ("version", "id"), where="id", among=list(values), lock=True)
    return update_rows(
        User, [field, "version"], [(values[id], version + 1, id) for version, id in versions]
    )


def _deleted(users: Sequence[User]) -> bool:
    """Delete accounts with their unused codes, all or none; say whether nothing named them."""
    ids = [user.pk for user in users]
    try:
        with transaction.atomic():
            OneTimeCode.objects.filter(user__in=ids).delete()
            User.objects.filter(pk__in=ids).delete()
    except ProtectedError:
        return False
    return True


def _lock(users: Sequence[User], *, at: dt.datetime, by: Actor, reason: str) -> None:
    locked = [user for user in users if user.is_active]
    columns = ["is_active", "locked_at", "version"]
    update_rows(User, columns, [(False, at, user.version + 1, user.pk) for user in locked])
    drafts = [audit.Draft(user_subject(user), reason=reason) for user in locked]
    audit.record_all(Trail.USER_LOCKED, drafts, by=by)


def _record(action: Trail, count: int, by: Actor, reason: str = "") -> None:
    subject = audit.Subject(kind="users", id="", name=str(count))
    audit.record(action, subject, by=by, reason=reason)
