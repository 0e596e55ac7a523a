"""Activation: the owner of an account that came with a roster chooses its password."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.bulk import insert_rows
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.models import OneTimeCode, RoleAssignment, User
from sinambung.platform.identity.services import throttle
from sinambung.platform.identity.services.one_time_codes import (
    Purpose,
    digest_of,
    new_code,
    use_code,
)
from sinambung.platform.identity.services.password_policy import check_password_strength
from sinambung.platform.identity.services.subjects import user_subject
from sinambung.platform.identity.trail import Trail

SLIP_LIVES = dt.timedelta(days=30)


class WrongCode(Refused):
    """The answer to every failed activation: it never tells what was wrong."""

    status = 422
    code = "wrong_code"
    message = _(
        "NIP dan kode ini tidak cocok, sudah dipakai, atau lewat waktu. "
        "Periksa kembali, atau minta kode baru."
    )


class HoldsRole(Refused):
    message = _(
        "Akun %(name)s memegang peran, jadi hanya administratornya yang dapat membuat lembar "
        "aktivasi untuknya."
    )


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed once and handed to a person; the code is nowhere else."""

    user_id: str
    username: str
    name: str
    code: str
    expires_at: dt.datetime


@transaction.atomic
def issue_activation_codes(*, user_ids: Iterable[str], by: Actor, at: dt.datetime) -> list[Slip]:
    """Make one-time codes for accounts that are not active yet; former codes stop working.

    Accounts that are active already get none. The caller has checked that the people are the
    actor's; an account that holds a role is left to those who manage accounts.
    """
    users = list(
        User.objects.select_for_update(of=("self",))
        .filter(pk__in=list(user_ids), activated_at=None, is_active=True)
        .order_by("name", "id")
    )
    if not by.may(Capability.MANAGE_ACCOUNTS):
        _refuse_holders(users, on=at.date())
    slips = [Slip(user.pk, user.username, user.name, new_code(), at + SLIP_LIVES) for user in users]
    OneTimeCode.objects.filter(user__in=users, purpose=Purpose.ACTIVATION, used_at=None).delete()
    insert_rows(
        OneTimeCode,
        ("user", "purpose", "digest", "created_at", "expires_at"),
        [
            (slip.user_id, Purpose.ACTIVATION.value, _digest(slip), at, slip.expires_at)
            for slip in slips
        ],
    )
    audit.record_all(
        Trail.CODES_ISSUED, [audit.Draft(subject=user_subject(user)) for user in users], by=by
    )
    return slips


def activate(
    *, username: str, code: str, password: str, address: str, at: dt.datetime, by: Actor
) -> User:
    """Open an account with its one-time code and the password its owner chose.

    Raises `WrongCode` whatever is wrong with name or code, and `WeakPassword`, which leaves the
    code usable.
    """
    check_password_strength(password, user=User(username=username))
    buckets = throttle.code_buckets(purpose="activation", subject=username, address=address)
    throttle.begin_attempt(buckets=buckets, at=at)
    user = _activated(username, code, password, at, by)
    throttle.forgive(buckets=buckets, at=at)
    return user


@transaction.atomic
def _activated(username: str, code: str, password: str, at: dt.datetime, by: Actor) -> User:
    digest = digest_of(code, purpose=Purpose.ACTIVATION, username=username)
    found = use_code(digest=digest, at=at)
    if found is None or found.user_id is None:
        raise WrongCode
    user = User.objects.locked(found.user_id)
    if user.activated_at or not user.is_active:
        raise WrongCode
    check_password_strength(password, user=user)
    user.set_password(password)
    user.activated_at = at
    save_changed(user, ["password", "activated_at"])
    audit.record(Trail.ACTIVATED, user_subject(user), by=by)
    return user


def _refuse_holders(users: Iterable[User], *, on: dt.date) -> None:
    holding = (
        RoleAssignment.objects.filter(user__in=list(users))
        .filter(Q(until=None) | Q(until__gt=on))
        .order_by("id")
        .values_list("user__name", flat=True)
        .first()
    )
    if holding:
        raise HoldsRole(name=holding)


def _digest(slip: Slip) -> str:
    return digest_of(slip.code, purpose=Purpose.ACTIVATION, username=slip.username)
