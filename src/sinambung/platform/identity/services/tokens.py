"""Keys for machines: made by their owner within the owner's own powers, shown once, revoked."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, NotFound
from sinambung.platform.identity.models import ApiToken, User
from sinambung.platform.identity.services.subjects import user_subject
from sinambung.platform.identity.trail import Trail

LONGEST = dt.timedelta(days=366)


@transaction.atomic
def make_token(
    *,
    user_id: str,
    name: str,
    scopes: Collection[str],
    is_read_only: bool,
    expires_at: dt.datetime,
    at: dt.datetime,
    by: Actor,
) -> tuple[ApiToken, str]:
    """Make a key that can do no more than its owner; return it with its text, shown only now."""
    user = User.objects.locked(user_id)
    if not name.strip():
        raise Invalid(_("Beri nama token ini, misalnya sistem yang memakainya."), field="name")
    if not scopes or not set(scopes) <= set(by.grants):
        raise Invalid(
            _("Pilih paling sedikit satu cakupan, dari wewenang Anda sendiri."), field="scopes"
        )
    if not at < expires_at <= at + LONGEST:
        raise Invalid(
            _("Token berlaku paling lama satu tahun, dan harus berakhir sesudah hari ini."),
            field="expires_on",
        )
    text = f"snb_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        name=name.strip()[:100],
        digest=hashlib.sha256(text.encode()).hexdigest(),
        scopes=sorted(scopes),
        is_read_only=is_read_only,
        created_at=at,
        expires_at=expires_at,
    )
    audit.record(Trail.TOKEN_MADE, user_subject(user), by=by, token=token.name)
    return token, text


@transaction.atomic
def revoke_token(*, user_id: str, token_id: str, at: dt.datetime, by: Actor) -> None:
    """Make a key of an account useless at once."""
    token = ApiToken.objects.locked(token_id)
    if token.user_id != user_id or token.revoked_at:
        raise NotFound
    token.revoked_at = at
    save_changed(token, ["revoked_at"])
    audit.record(Trail.TOKEN_REVOKED, user_subject(token.user), by=by, token=token.name)


def note_token_use(*, token: ApiToken, on: dt.date) -> None:
    """Remember on which day a key was last used, once a day."""
    if token.last_used_on != on:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=on)
