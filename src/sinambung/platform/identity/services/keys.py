"""What opens an account besides its password, taken away when the account is in doubt."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from sinambung.platform.identity.models import ApiToken, OneTimeCode, User


def forget_links(user: User) -> None:
    """Make mailed links and codes useless, in the caller's transaction: the address has changed."""
    OneTimeCode.objects.filter(user=user, used_at=None).delete()


def forget_keys(user: User, *, at: dt.datetime) -> None:
    """Make links, codes and tokens useless for good, in the caller's transaction."""
    forget_links(user)
    tokens = ApiToken.objects.filter(user=user, revoked_at=None)
    tokens.update(revoked_at=at, version=F("version") + 1)
