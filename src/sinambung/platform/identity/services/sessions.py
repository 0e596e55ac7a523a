"""Sessions: begun at sign-in, limited in time, listed and ended by their owner."""

from __future__ import annotations

import datetime as dt

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound, Refused
from sinambung.platform.identity.models import User
from sinambung.platform.identity.queries import lacks_required_factor
from sinambung.platform.identity.services.subjects import user_subject
from sinambung.platform.identity.trail import Trail

IDLE_LIMIT = dt.timedelta(hours=1)
ABSOLUTE_LIMIT = dt.timedelta(hours=12)
CONFIRMED_FOR = dt.timedelta(minutes=10)
_SEEN_EVERY = dt.timedelta(minutes=5)
METHODS = {
    "password": _("sandi"),
    "totp": _("sandi dan aplikasi autentikator"),
    "recovery": _("sandi dan kode pemulihan"),
    "passkey": _("kunci sandi"),
    "activation": _("kode aktivasi"),
}
_BEGAN, _SEEN, _CONFIRMED = "began_at", "seen_at", "confirmed_at"
LACKS_FACTOR = "lacks_factor"


class CannotSignIn(Refused):
    """The account was locked between the steps of signing in."""

    status = 422
    message = _("Akun ini tidak dapat masuk sekarang. Hubungi administrator.")


class ConfirmFirst(Refused):
    """The act needs a fresh proof that the person at the keyboard is the owner."""

    status = 403
    code = "confirm_first"
    message = _("Konfirmasi dahulu bahwa ini Anda: masuk sekali lagi, lalu ulangi tindakan ini.")


@transaction.atomic
def begin_session(
    request: HttpRequest, *, user_id: str, at: dt.datetime, address: str, method: str
) -> None:
    """Sign a person in: a new session key, and a line in the list of sessions."""
    user = User.objects.locked(user_id)
    if not user.is_active or user.activated_at is None:
        raise CannotSignIn
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    for key in (_BEGAN, _SEEN, _CONFIRMED):
        request.session[key] = at.timestamp()
    request.session[LACKS_FACTOR] = lacks_required_factor(user, on=at.date())
    request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": address,
            "user_agent": request.headers.get("User-Agent", "")[:200],
            "created_at": at,
            "last_seen_at": at,
        },
    )
    by = Actor(id=user.pk, name=user.name)
    audit.record(
        Trail.SIGNED_IN, user_subject(user), by=by, address=address, method=METHODS[method]
    )


@transaction.atomic
def keep_session(request: HttpRequest, *, user: User) -> None:
    """Let the present session outlive a change of the password, under a new key."""
    before = request.session.session_key or ""
    auth.update_session_auth_hash(request, user)
    request.session.save()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


@transaction.atomic
def end_own_session(request: HttpRequest, *, by: Actor) -> None:
    """Sign the person out and destroy the session."""
    user = User.objects.filter(pk=by.id).first()
    UserSession.objects.filter(session_key=request.session.session_key or "").delete()
    auth.logout(request)
    if user:
        audit.record(Trail.SIGNED_OUT, user_subject(user), by=by)


def began_without_factor(session: SessionBase) -> bool:
    """Whether the account must add a second factor before its roles give anything."""
    return bool(session.get(LACKS_FACTOR))


def still_lacks_factor(session: SessionBase, *, user: User, on: dt.date) -> bool:
    """Whether a session began without the second factor that its account must have."""
    if not session.get(LACKS_FACTOR):
        return False
    session[LACKS_FACTOR] = lacks_required_factor(user, on=on)
    return bool(session[LACKS_FACTOR])


def is_within_limits(session: SessionBase, *, at: dt.datetime) -> bool:
    """Whether a session may go on: used within the last hour, and begun within twelve."""
    now = at.timestamp()
    began, seen = session.get(_BEGAN, 0.0), session.get(_SEEN, 0.0)
    return bool(
        now - began < ABSOLUTE_LIMIT.total_seconds() and now - seen < IDLE_LIMIT.total_seconds()
    )


def keep_alive(session: SessionBase, *, at: dt.datetime) -> None:
    """Note that a session is in use, at most once in five minutes."""
    if at.timestamp() - session.get(_SEEN, 0.0) < _SEEN_EVERY.total_seconds():
        return
    session[_SEEN] = at.timestamp()
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=at)


def confirm(session: SessionBase, *, at: dt.datetime) -> None:
    """Note that the owner has just proved to be at the keyboard."""
    session[_CONFIRMED] = at.timestamp()


def require_confirmed(session: SessionBase, *, at: dt.datetime) -> None:
    """Raise `ConfirmFirst` unless the owner signed in or confirmed within ten minutes."""
    if at.timestamp() - session.get(_CONFIRMED, 0.0) > CONFIRMED_FOR.total_seconds():
        raise ConfirmFirst


@transaction.atomic
def end_session(*, user_id: str, session_id: int, by: Actor) -> None:
    """End one session of an account."""
    user = User.objects.locked(user_id)
    row = UserSession.objects.filter(pk=session_id, user_id=user_id).first()
    if row is None:
        raise NotFound
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    audit.record(Trail.SESSION_ENDED, user_subject(user), by=by)


@transaction.atomic
def end_other_sessions(*, user_id: str, session_key: str, by: Actor) -> None:
    """End every session of an account but one."""
    user = User.objects.locked(user_id)
    end_all_sessions(user_id=user_id, but=session_key)
    audit.record(Trail.SESSION_ENDED, user_subject(user), by=by)


def end_all_sessions(*, user_id: str, but: str = "") -> None:
    """End the sessions of an account, in the caller's transaction."""
    rows = UserSession.objects.filter(user_id=user_id).exclude(session_key=but or "-")
    Session.objects.filter(
        session_key__in=list(rows.values_list("session_key", flat=True))
    ).delete()
    rows.delete()


@transaction.atomic
def forget_old_sessions(*, at: dt.datetime) -> int:
    """Delete sessions that are over."""
    Session.objects.filter(expire_date__lt=at).delete()
    return int(UserSession.objects.filter(last_seen_at__lt=at - ABSOLUTE_LIMIT).delete()[0])
