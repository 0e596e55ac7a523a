"""Second factors: a code from an application, and recovery codes for when it is lost."""

from __future__ import annotations

import datetime as dt
import hmac

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.platform.identity.models import User
from sinambung.platform.identity.services import throttle
from sinambung.platform.identity.services.letters import tell_owner
from sinambung.platform.identity.services.subjects import user_subject
from sinambung.platform.identity.trail import Trail

_PERIOD = 30
_TOLERANCE = 1
TOTP_NAME = _("aplikasi autentikator")
RECOVERY_NAME = _("kode pemulihan")


class WrongFactor(Invalid):
    """The code does not match, was used already, or is over."""

    code = "wrong_factor"


class FactorPresent(Refused):
    message = _("Aplikasi autentikator sudah terpasang pada akun ini.")


class NoFactor(Refused):
    message = _("Pasang aplikasi autentikator atau kunci sandi lebih dahulu.")


def check_second_factor(*, user_id: str, code: str, at: dt.datetime, by: Actor) -> str:
    """Check a code of the application or a recovery code; return how it was proved.

    Either kind works once: a code of the application is refused when it, or a later one, has
    been used.
    """
    buckets = throttle.factor_buckets(user_id=user_id)
    throttle.begin_attempt(buckets=buckets, at=at)
    with transaction.atomic():
        user = User.objects.locked(user_id)
        method = _proved_by(user, code, at, by)
    if not method:
        raise WrongFactor(
            _("Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu isi lagi."),
            field="code",
        )
    throttle.forgive(buckets=buckets, at=at)
    return method


@transaction.atomic
def add_totp(*, user_id: str, secret: str, code: str, at: dt.datetime, by: Actor) -> list[str]:
    """Add the application after it proved that it knows the secret; return recovery codes."""
    user = User.objects.locked(user_id)
    if _row(user, Authenticator.Type.TOTP):
        raise FactorPresent
    counter = _counter_of(secret, code, at)
    if counter is None:
        raise WrongFactor(
            _("Kode ini tidak cocok. Periksa jam ponsel, lalu isi kode yang sedang tampil."),
            field="code",
        )
    row = TOTP.activate(user, secret).instance
    row.data["last_counter"] = counter
    row.save(update_fields=["data"])
    tell_owner(user, _("aplikasi autentikator dipasang."))
    audit.record(Trail.FACTOR_ADDED, user_subject(user), by=by, factor=TOTP_NAME)
    return ensure_recovery_codes(user)


@transaction.atomic
def remove_totp(*, user_id: str, by: Actor) -> None:
    """Remove the application; recovery codes go with the last factor."""
    user = User.objects.locked(user_id)
    row = _row(user, Authenticator.Type.TOTP)
    if row is None:
        raise NotFound
    row.delete()
    drop_orphaned_codes(user)
    tell_owner(user, _("aplikasi autentikator dihapus."))
    audit.record(Trail.FACTOR_REMOVED, user_subject(user), by=by, factor=TOTP_NAME)


@transaction.atomic
def renew_recovery_codes(*, user_id: str, by: Actor) -> list[str]:
    """Replace all recovery codes by new ones, which are returned to be shown."""
    user = User.objects.locked(user_id)
    if not Authenticator.objects.filter(user=user).exists():
        raise NoFactor
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    audit.record(Trail.FACTOR_ADDED, user_subject(user), by=by, factor=RECOVERY_NAME)
    return ensure_recovery_codes(user)


@transaction.atomic
def remove_all_factors(*, user_id: str, version: int | None, by: Actor, reason: str) -> User:
    """Take all second factors off an account whose owner lost them (an administrator's act)."""
    user = User.objects.locked(user_id, version=version)
    if not Authenticator.objects.filter(user=user).exists():
        raise NoFactor(_("Akun ini tidak memakai faktor kedua."))
    Authenticator.objects.filter(user=user).delete()
    tell_owner(user, _("semua faktor kedua dilepas oleh administrator."))
    audit.record(
        Trail.FACTOR_REMOVED,
        user_subject(user),
        by=by,
        reason=reason,
        factor=_("semua faktor kedua"),
    )
    return user


def ensure_recovery_codes(user: User) -> list[str]:
    """Return new recovery codes, or nothing when the account has some already."""
    if _row(user, Authenticator.Type.RECOVERY_CODES):
        return []
    return list(RecoveryCodes.activate(user).generate_codes())


def drop_orphaned_codes(user: User) -> None:
    """Delete the recovery codes of an account that has no other factor left."""
    left = Authenticator.objects.filter(user=user)
    if not left.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        left.delete()


def _proved_by(user: User, code: str, at: dt.datetime, by: Actor) -> str:
    digits = "".join(code.split())
    totp = _row(user, Authenticator.Type.TOTP)
    if totp is not None:
        counter = _counter_of(decrypt(totp.data["secret"]), digits, at)
        if counter is not None and counter > totp.data.get("last_counter", -1):
            totp.data["last_counter"], totp.last_used_at = counter, at
            totp.save(update_fields=["data", "last_used_at"])
            return "totp"
    codes = _row(user, Authenticator.Type.RECOVERY_CODES)
    if codes is not None and digits and codes.wrap().validate_code(digits):
        tell_owner(user, _("satu kode pemulihan dipakai untuk masuk."))
        audit.record(Trail.RECOVERY_USED, user_subject(user), by=by)
        return "recovery"
    return ""


def _counter_of(secret: str, code: str, at: dt.datetime) -> int | None:
    """Return the period whose code this is, one before and one after the present included."""
    present = int(at.timestamp()) // _PERIOD
    for counter in range(present - _TOLERANCE, present + _TOLERANCE + 1):
        expected = format_hotp_value(hotp_value(secret, counter))
        if hmac.compare_digest(expected.encode(), code.encode()):
            return counter
    return None


def _row(user: User, kind: Authenticator.Type) -> Authenticator | None:
    rows = Authenticator.objects.select_for_update().filter(user=user, type=kind)
    return rows.first()
