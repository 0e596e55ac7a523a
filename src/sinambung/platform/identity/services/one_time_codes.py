"""Codes that work once: made, kept as a keyed hash, found again and used up."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import transaction

from sinambung.platform.identity.models import OneTimeCode

Purpose = OneTimeCode.Purpose
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")


def new_code() -> str:
    """Return a code of 60 random bits that can be read aloud: ABCD-EFGH-JKMN."""
    text = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def new_link_token() -> str:
    """Return a token of 256 random bits for a link."""
    return secrets.token_urlsafe(32)


def digest_of(code: str, *, purpose: Purpose, username: str = "") -> str:
    """Return the keyed hash of a code; typed codes may differ in case, hyphens, O and 0."""
    if purpose == Purpose.ACTIVATION:
        code = code.upper().translate(_READ_AS)
        code = "".join(sign for sign in code if sign in _ALPHABET)
    text = "\x00".join((purpose.value, username.casefold(), code))
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def use_code(*, digest: str, at: dt.datetime) -> OneTimeCode | None:
    """Return a code that is valid, marked as used in the caller's transaction; else `None`."""
    found = (
        OneTimeCode.objects.select_for_update(of=("self",))
        .filter(digest=digest, used_at=None, expires_at__gt=at, user__isnull=False)
        .first()
    )
    if found is not None:
        found.used_at = at
        found.save(update_fields=["used_at"])
    return found


@transaction.atomic
def forget_old_codes(*, at: dt.datetime) -> int:
    """Delete codes that are over."""
    return OneTimeCode.objects.filter(expires_at__lt=at).delete()[0]
