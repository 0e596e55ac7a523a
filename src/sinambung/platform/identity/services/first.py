"""The first administrator of an installation."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from sinambung.platform.identity.services.accounts import add_user
from sinambung.platform.identity.services.password_policy import check_password_strength
from sinambung.platform.identity.services.roles import grant_role


@transaction.atomic
def add_administrator(
    *,
    username: str,
    name: str,
    email: str,
    password: str,
    at: dt.datetime,
    on: dt.date,
    by: Actor,
) -> User:
    """Add an active account that administers the whole installation."""
    check_password_strength(password, user=User(username=username, name=name))
    user = add_user(username=username, name=name, email=email, password=password, at=at, by=by)
    grant_role(user_id=user.pk, role=Role.ADMINISTRATOR, unit_id=None, since=on, by=by)
    return user
