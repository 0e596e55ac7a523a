"""The first step of signing in: name and password, without telling which of them was wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging

from django.contrib.auth.hashers import make_password
from django.core import signing
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.errors import Invalid
from sinambung.platform.identity.models import User
from sinambung.platform.identity.services import throttle
from sinambung.platform.identity.services.housekeeping import forget_old_daily

_SALT = "sinambung.identity.device"
_DEVICE_LIVES = dt.timedelta(days=365)
_log = logging.getLogger("sinambung.security")


class WrongCredentials(Invalid):
    """The answer to every failed sign-in: unknown, locked, not active, or wrong password."""

    status = 422
    code = "wrong_credentials"


def check_credentials(
    *, username: str, password: str, address: str, device: str, at: dt.datetime
) -> User:
    """Return the account that a name and password open; costs the same whatever is wrong."""
    buckets = throttle.sign_in_buckets(
        username=username,
        address=address,
        is_known_device=is_known_device(device, username=username),
    )
    throttle.begin_attempt(buckets=buckets, at=at)
    user = User.objects.filter(username=username).first()
    if user is None:
        make_password(password)
        matches = False
    else:
        matches = user.check_password(password)
    if user is None or not matches or not user.is_active or user.activated_at is None:
        _log.warning("sign-in refused for %s from %s", _short(username), address)
        raise WrongCredentials(
            _("Nama akun atau sandi tidak cocok. Periksa keduanya, lalu coba lagi."),
            field="password",
        )
    throttle.forgive(buckets=buckets, at=at)
    forget_old_daily(at=at)
    return user


def check_own_password(*, user_id: str, password: str, at: dt.datetime) -> None:
    """Confirm that the person at the keyboard knows the password of the account."""
    buckets = throttle.factor_buckets(user_id=user_id)
    throttle.begin_attempt(buckets=buckets, at=at)
    user = User.objects.locked(user_id)
    if not user.check_password(password):
        raise WrongCredentials(_("Sandi tidak cocok."), field="password")
    throttle.forgive(buckets=buckets, at=at)


def device_mark(username: str) -> str:
    """Return what a device keeps after its first sign-in to an account."""
    return signing.dumps(_short(username), salt=_SALT)


def is_known_device(mark: str, *, username: str) -> bool:
    """Whether this device has signed in to this account before."""
    try:
        return bool(signing.loads(mark, salt=_SALT, max_age=_DEVICE_LIVES) == _short(username))
    except signing.BadSignature:
        return False


def _short(username: str) -> str:
    return hashlib.sha256(username.casefold().encode()).hexdigest()[:16]
