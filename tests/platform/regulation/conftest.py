from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from sinambung.platform.foundation.actors import Actor, system
from sinambung.platform.identity import queries as identity
from sinambung.platform.identity import services
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.sessions import signed_in

DAY = dt.date(2026, 11, 24)
AT = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
WEIGHTS = {"AKD": "20", "STL": "10", "RAP": "25", "LAP": "35", "SKP": "10"}


def make_user(name: str, role: Role) -> User:
    user = services.add_user(
        username=name.lower(), name=name, at=AT, by=system("pengujian"), password="rahasia-sekali-1"
    )
    services.grant_role(
        user_id=user.pk,
        role=role,
        unit_id=None,
        since=dt.date(2020, 1, 1),
        by=system("pengujian"),
    )
    return user


@pytest.fixture
def organiser_user(db: None) -> User:
    return make_user("Laksmi", Role.ORGANISER)


@pytest.fixture
def head_user(db: None) -> User:
    return make_user("Rustam", Role.HEAD_OF_TRAINING)


@pytest.fixture
def organiser(organiser_user: User) -> Actor:
    return identity.actor_of(organiser_user, on=DAY)


@pytest.fixture
def head(head_user: User) -> Actor:
    return identity.actor_of(head_user, on=DAY)


@pytest.fixture
def organiser_client(organiser_user: User) -> Client:
    return signed_in(organiser_user)


@pytest.fixture
def head_client(head_user: User) -> Client:
    return signed_in(head_user)
