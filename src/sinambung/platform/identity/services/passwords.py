"""Passwords: changed by their owner, or set anew through a link that reveals nothing."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.identity.models import OneTimeCode, User
from sinambung.platform.identity.services import throttle
from sinambung.platform.identity.services.letters import tell_owner
from sinambung.platform.identity.services.one_time_codes import (
    Purpose,
    digest_of,
    new_code,
    new_link_token,
    use_code,
)
from sinambung.platform.identity.services.password_policy import check_password_strength
from sinambung.platform.identity.services.sessions import end_all_sessions
from sinambung.platform.identity.services.subjects import user_subject
from sinambung.platform.identity.trail import Trail

LINK_LIVES = dt.timedelta(hours=1)
MAILED_CODE_LIVES = dt.timedelta(days=1)


class WrongPassword(Invalid):
    """The present password does not match."""


class LinkOver(Refused):
    status = 422
    code = "link_over"
    message = _("Tautan ini sudah dipakai atau lewat waktu. Minta tautan baru.")


def ask_new_password(*, username: str, address: str, at: dt.datetime) -> None:
    """Send a link to set a new password (or a code to activate), if there is such an account.

    Never tells whether there is: known and unknown names take the same steps and get the same
    answer. Only too many requests are refused, for both alike.
    """
    throttle.begin_attempt(buckets=throttle.mail_buckets(username=username, address=address), at=at)
    make_password(username)
    with transaction.atomic():
        user = User.objects.filter(username=username, is_active=True).exclude(email="").first()
        if user is not None and user.activated_at is None:
            _mail_activation_code(user, at)
        else:
            _mail_link(user, at)


@transaction.atomic
def set_new_password(*, token: str, password: str, at: dt.datetime, by: Actor) -> User:
    """Set the password through a mailed link; every session ends, a second factor stays."""
    code = use_code(digest=digest_of(token, purpose=Purpose.RESET), at=at)
    if code is None or code.user_id is None:
        raise LinkOver
    user = User.objects.locked(code.user_id)
    if not user.is_active:
        raise LinkOver
    check_password_strength(password, user=user)
    _store(user, password)
    end_all_sessions(user_id=user.pk)
    tell_owner(user, _("sandi baru ditetapkan melalui tautan."))
    audit.record(Trail.PASSWORD_SET, user_subject(user), by=by)
    return user


def change_own_password(
    *, user_id: str, present: str, password: str, session_key: str, at: dt.datetime, by: Actor
) -> User:
    """Change the password; the other sessions of the account end."""
    buckets = throttle.factor_buckets(user_id=user_id)
    throttle.begin_attempt(buckets=buckets, at=at)
    return _changed(user_id, present, password, session_key, by, at)


@transaction.atomic
def give_password(*, user_id: str, password: str, at: dt.datetime, by: Actor) -> User:
    """Set a password from the command line; every session ends."""
    user = User.objects.locked(user_id)
    check_password_strength(password, user=user)
    user.activated_at = user.activated_at or at
    _store(user, password, "activated_at")
    end_all_sessions(user_id=user.pk)
    audit.record(Trail.PASSWORD_SET, user_subject(user), by=by)
    return user


@transaction.atomic
def send_reset_link(*, user_id: str, version: int | None, at: dt.datetime, by: Actor) -> User:
    """Mail the owner a link, at an administrator's request."""
    user = User.objects.locked(user_id, version=version)
    if not user.email:
        raise Refused(
            _("Akun ini tidak punya alamat surel. Isi alamatnya atau cetak lembar aktivasi.")
        )
    if user.activated_at is None:
        _mail_activation_code(user, at)
    else:
        _mail_link(user, at)
    audit.record(Trail.RESET_SENT, user_subject(user), by=by)
    return user


@transaction.atomic
def _changed(
    user_id: str, present: str, password: str, session_key: str, by: Actor, at: dt.datetime
) -> User:
    user = User.objects.locked(user_id)
    if not user.check_password(present):
        raise WrongPassword(_("Sandi sekarang tidak cocok."), field="present")
    throttle.forgive(buckets=throttle.factor_buckets(user_id=user_id), at=at)
    check_password_strength(password, user=user)
    _store(user, password)
    end_all_sessions(user_id=user.pk, but=session_key)
    tell_owner(user, _("sandi diganti."))
    audit.record(Trail.PASSWORD_CHANGED, user_subject(user), by=by)
    return user


def _store(user: User, password: str, *more: str) -> None:
    user.set_password(password)
    OneTimeCode.objects.filter(user=user, used_at=None).delete()
    save_changed(user, ["password", *more])


def _mail_link(user: User | None, at: dt.datetime) -> None:
    token = new_link_token()
    OneTimeCode.objects.create(
        user=user,
        purpose=Purpose.RESET,
        digest=digest_of(token, purpose=Purpose.RESET),
        created_at=at,
        expires_at=at + LINK_LIVES,
    )
    link = f"{settings.BASE_URL}/sandi/baru/{token}/"
    text = render_to_string(
        "identity/mail/reset.txt", {"name": getattr(user, "name", ""), "link": link}
    )
    if user is not None:
        send_mail(gettext("Sandi baru Sinambung"), text, None, [user.email])


def _mail_activation_code(user: User, at: dt.datetime) -> None:
    code = new_code()
    OneTimeCode.objects.create(
        user=user,
        purpose=Purpose.ACTIVATION,
        digest=digest_of(code, purpose=Purpose.ACTIVATION, username=user.username),
        created_at=at,
        expires_at=at + MAILED_CODE_LIVES,
    )
    context = {"name": user.name, "code": code, "link": f"{settings.BASE_URL}/aktivasi/"}
    text = render_to_string("identity/mail/activation.txt", context)
    send_mail(gettext("Kode aktivasi akun Sinambung"), text, None, [user.email])
