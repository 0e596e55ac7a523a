"""What a person sees of the own account: sessions, factors, tokens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import CAPABILITY_NAMES, FAR_REACHING, Capability
from sinambung.platform.identity.models import ApiToken, User
from sinambung.platform.identity.queries.actors import actor_of

_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "macOS"), ("Linux", "Linux")),
)
_UNKNOWN = gettext_lazy("Perangkat lain")


@dataclass(frozen=True, slots=True)
class SessionLine:
    id: int
    device: str
    address: str
    began_at: dt.datetime
    seen_at: dt.datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    id: int
    name: str
    created_at: dt.datetime
    last_used_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class TokenLine:
    id: str
    name: str
    scopes: str
    is_read_only: bool
    created_at: dt.datetime
    expires_at: dt.datetime
    last_used_on: dt.date | None
    state: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    user: User
    roles: tuple[str, ...]
    has_totp: bool
    passkeys: list[PasskeyLine]
    recovery_left: int
    sessions: list[SessionLine]
    tokens: list[TokenLine]
    should_add_factor: bool


def own_page(actor: Actor, *, session_key: str, at: dt.datetime) -> OwnPage:
    """Return what the page "Akun saya" shows."""
    factors = list(Authenticator.objects.filter(user_id=actor.id).order_by("created_at", "id"))
    passkeys = [row for row in factors if row.type == Authenticator.Type.WEBAUTHN]
    codes = [row for row in factors if row.type == Authenticator.Type.RECOVERY_CODES]
    has_totp = any(row.type == Authenticator.Type.TOTP for row in factors)
    return OwnPage(
        user=User.objects.select_related("unit").get(pk=actor.id),
        roles=actor.roles,
        has_totp=has_totp,
        passkeys=[
            PasskeyLine(row.pk, row.data["name"], row.created_at, row.last_used_at)
            for row in passkeys
        ],
        recovery_left=len(codes[0].wrap().get_unused_codes()) if codes else 0,
        sessions=sessions_of(actor.id, at=at, current=session_key),
        tokens=tokens_of(actor.id, at=at),
        should_add_factor=bool(actor.roles) and not has_totp and not passkeys,
    )


def sessions_of(user_id: str, *, at: dt.datetime, current: str = "") -> list[SessionLine]:
    """Return the sessions of an account that still work, the latest first."""
    rows = list(UserSession.objects.filter(user_id=user_id).order_by("-last_seen_at", "-id"))
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list(
            "session_key", flat=True
        )
    )
    return [
        SessionLine(
            id=row.pk,
            device=_device(row.user_agent),
            address=row.ip,
            began_at=row.created_at,
            seen_at=row.last_seen_at,
            is_current=row.session_key == current,
        )
        for row in rows
        if row.session_key in alive
    ]


def tokens_of(user_id: str, *, at: dt.datetime) -> list[TokenLine]:
    """Return the API tokens of an account, the newest first."""
    return [
        TokenLine(
            id=row.pk,
            name=row.name,
            scopes=", ".join(str(CAPABILITY_NAMES[Capability(name)]) for name in row.scopes),
            is_read_only=row.is_read_only,
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_on=row.last_used_on,
            state=_token_state(row, at),
        )
        for row in ApiToken.objects.filter(user_id=user_id).order_by("-created_at", "id")
    ]


def own_scopes(actor: Actor) -> list[tuple[str, str]]:
    """Return what a token of the actor may be allowed: the actor's own capabilities."""
    return [(name, str(CAPABILITY_NAMES[Capability(name)])) for name in sorted(actor.grants)]


def totp_address(user_id: str, *, secret: str) -> str:
    """Return the address that an authenticator application reads from the picture."""
    user = User.objects.get(pk=user_id)
    return str(get_adapter().build_totp_url(user, secret))


def has_second_factor(user_id: str) -> bool:
    """Whether signing in to an account takes more than its password."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=kinds).exists())


def lacks_required_factor(user: User, *, on: dt.date) -> bool:
    """Whether an account must add a second factor (setting `second_factor`) and has none."""
    rule = settings.SECOND_FACTOR
    if rule == "none":
        return False
    is_bound = rule == "all" or not FAR_REACHING.isdisjoint(actor_of(user, on=on).grants)
    return is_bound and not has_second_factor(user.pk)


def password_proof(user_id: str) -> str:
    """Return what stays the same only while the password does, without telling it."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return user.get_session_auth_hash() if user else ""


def version_of(user_id: str) -> int:
    """Return the present version of an account, for forms that follow one another."""
    return User.objects.values_list("version", flat=True).get(pk=user_id)


def _token_state(row: ApiToken, at: dt.datetime) -> str:
    if row.revoked_at:
        return "revoked"
    return "over" if row.expires_at <= at else "valid"


def _device(agent: str) -> str:
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return _("%(browser)s di %(system)s") % {"browser": browser, "system": system}
    return browser or system or str(_UNKNOWN)
