"""Accounts: made one by one or with a roster, changed, locked and unlocked."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.identity.models import Unit, User
from sinambung.platform.identity.services.keys import forget_keys, forget_links
from sinambung.platform.identity.services.letters import tell_owner
from sinambung.platform.identity.services.roles import (
    keep_an_administrator,
    lock_administrators,
)
from sinambung.platform.identity.services.sessions import end_all_sessions
from sinambung.platform.identity.services.subjects import user_subject
from sinambung.platform.identity.trail import Trail

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{2,59}")


class NameTaken(Refused):
    message = _("Nama akun ini sudah dipakai. Pilih nama lain.")


class OwnAccount(Refused):
    message = _("Anda tidak dapat mengunci akun Anda sendiri. Minta administrator lain.")


class AlreadyLocked(Refused):
    message = _("Akun ini sudah dikunci.")


class NotLocked(Refused):
    message = _("Akun ini tidak sedang dikunci.")


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
    unit_id: str | None = None,
) -> User:
    """Add an account; without a password its owner activates it later.

    The password is taken as it is: whoever asks a person for one checks it with
    `passwords.checked` first.
    """
    if not USERNAME.fullmatch(username):
        raise Invalid(
            _("Nama akun terdiri atas 3 sampai 60 huruf, angka, atau tanda . _ @ + -."),
            field="username",
        )
    if not name.strip():
        raise Invalid(_("Nama belum diisi."), field="name")
    if User.objects.filter(username__iexact=username).exists():
        raise NameTaken
    user = User(
        username=username,
        name=name,
        email=checked_email(email),
        title=title,
        unit=Unit.objects.locked(unit_id) if unit_id else None,
        created_at=at,
        activated_at=at if password else None,
    )
    user.set_password(password)
    user.save(force_insert=True)
    audit.record(Trail.USER_ADDED, user_subject(user), by=by)
    return user


@transaction.atomic
def change_user(
    *,
    user_id: str,
    version: int | None,
    name: str,
    title: str,
    email: str,
    unit_id: str | None,
    by: Actor,
) -> User:
    """Correct the name, title, address or unit of an account."""
    user = User.objects.locked(user_id, version=version)
    if not name.strip():
        raise Invalid(_("Nama belum diisi."), field="name")
    before = (user.name, user.title, user.email, user.unit_id)
    user.name, user.title, user.email = name.strip(), title.strip(), checked_email(email)
    if unit_id != user.unit_id:
        user.unit = Unit.objects.locked(unit_id) if unit_id else None
    if (user.name, user.title, user.email, user.unit_id) == before:
        return user
    save_changed(user, ["name", "title", "email", "unit"])
    if before[2] != user.email:
        forget_links(user)
    if before[2] and before[2] != user.email:
        tell_owner(user, _("alamat surel diganti."), address=before[2])
    audit.record(
        Trail.USER_CHANGED, user_subject(user), by=by, before=before[0], before_email=before[2]
    )
    return user


@transaction.atomic
def change_own_email(*, user_id: str, version: int | None, email: str, by: Actor) -> User:
    """Change the address to which codes and links are sent."""
    user = User.objects.locked(user_id, version=version)
    before, user.email = user.email, checked_email(email)
    save_changed(user, ["email"])
    forget_links(user)
    if before and before != user.email:
        tell_owner(user, _("alamat surel diganti."), address=before)
    audit.record(Trail.EMAIL_CHANGED, user_subject(user), by=by, before_email=before)
    return user


@transaction.atomic
def lock_user(
    *, user_id: str, version: int | None, at: dt.datetime, on: dt.date, by: Actor, reason: str
) -> User:
    """Close an account: its sessions, tokens and links stop at once, and for good."""
    lock_administrators()
    user = User.objects.locked(user_id, version=version)
    if user.pk == by.id:
        raise OwnAccount
    if not user.is_active:
        raise AlreadyLocked
    keep_an_administrator(without_user=user.pk, on=on)
    user.is_active, user.locked_at = False, at
    save_changed(user, ["is_active", "locked_at"])
    end_all_sessions(user_id=user.pk)
    forget_keys(user, at=at)
    audit.record(Trail.USER_LOCKED, user_subject(user), by=by, reason=reason)
    return user


@transaction.atomic
def unlock_user(*, user_id: str, version: int | None, by: Actor, reason: str = "") -> User:
    """Open a locked account again."""
    user = User.objects.locked(user_id, version=version)
    if user.is_active:
        raise NotLocked
    user.is_active, user.locked_at = True, None
    save_changed(user, ["is_active", "locked_at"])
    audit.record(Trail.USER_UNLOCKED, user_subject(user), by=by, reason=reason)
    return user


def checked_email(email: str) -> str:
    """Return an address as it is kept, or refuse it; empty is allowed."""
    text = email.strip()
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError as error:
        raise Invalid(
            _("Alamat surel ini tidak lengkap. Tulis seperti nama@contoh.go.id."), field="email"
        ) from error
    return text
