"""Passkeys: keys of a device or password manager that sign in without a password.

The challenge travels in the session, which `allauth` reaches through the present request.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Invalid, NotFound
from sinambung.platform.identity.models import User
from sinambung.platform.identity.services.factors import (
    drop_orphaned_codes,
    ensure_recovery_codes,
)
from sinambung.platform.identity.services.letters import tell_owner
from sinambung.platform.identity.services.subjects import user_subject
from sinambung.platform.identity.trail import Trail

PASSKEY_NAME = _("kunci sandi")


class PasskeyRefused(Invalid):
    """The device's answer cannot be used."""

    code = "passkey_refused"


def begin_adding_passkey(*, user_id: str) -> dict[str, Any]:
    """Return the options with which the browser makes a passkey."""
    return dict(auth.begin_registration(User.objects.get(pk=user_id), passwordless=True))


@transaction.atomic
def add_passkey(*, user_id: str, name: str, credential: Any, by: Actor) -> list[str]:
    """Keep a passkey that the browser made; return recovery codes when they are the first."""
    user = User.objects.locked(user_id)
    title = name.strip()[:100]
    if not title:
        raise Invalid(_("Beri nama kunci sandi ini, misalnya nama perangkatnya."), field="name")
    try:
        auth.complete_registration(auth.parse_registration_response(credential))
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refusal() from error
    auth.WebAuthn.add(user, title, credential)
    tell_owner(user, _("kunci sandi ditambahkan."))
    audit.record(Trail.FACTOR_ADDED, user_subject(user), by=by, factor=PASSKEY_NAME)
    return ensure_recovery_codes(user)


@transaction.atomic
def remove_passkey(*, user_id: str, passkey_id: int, by: Actor) -> None:
    """Remove one passkey of an account."""
    user = User.objects.locked(user_id)
    rows = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    row = rows.filter(pk=passkey_id).first()
    if row is None:
        raise NotFound
    row.delete()
    drop_orphaned_codes(user)
    tell_owner(user, _("kunci sandi dihapus."))
    audit.record(Trail.FACTOR_REMOVED, user_subject(user), by=by, factor=PASSKEY_NAME)


def begin_passkey(*, user_id: str = "") -> dict[str, Any]:
    """Return the challenge for a passkey: of one account, or of whoever holds one."""
    return dict(auth.begin_authentication(User.objects.get(pk=user_id) if user_id else None))


@transaction.atomic
def check_passkey(*, credential: Any, at: dt.datetime, user_id: str = "") -> User:
    """Return the active account whose passkey answered the challenge."""
    try:
        user = (
            User.objects.get(pk=user_id) if user_id else auth.extract_user_from_response(credential)
        )
        parsed = auth.parse_authentication_response(credential)
        row = auth.complete_authentication(user, parsed)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refusal() from error
    if not isinstance(user, User) or not user.is_active or user.activated_at is None:
        raise _refusal()
    row.last_used_at = at
    row.save(update_fields=["last_used_at"])
    return user


def _refusal() -> PasskeyRefused:
    return PasskeyRefused(
        _("Kunci sandi ini tidak dikenali. Coba lagi, atau masuk dengan sandi."), field="credential"
    )
