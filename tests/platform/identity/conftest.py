"""People and units that the tests of identity share."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor, system
from sinambung.platform.identity import queries, services
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import Unit, User

PASSWORD = "kuda laut menari pelan 7"
SINCE = dt.date(2024, 1, 1)
SYSTEM = system("uji")


@pytest.fixture
def province(db: None) -> Unit:
    return _unit("P", "Provinsi Contoh", None, Unit.Kind.GOVERNMENT)


@pytest.fixture
def health(province: Unit) -> Unit:
    return _unit("DINKES", "Dinas Kesehatan", province, Unit.Kind.AGENCY)


@pytest.fixture
def schools(province: Unit) -> Unit:
    return _unit("DISDIK", "Dinas Pendidikan", province, Unit.Kind.AGENCY)


@pytest.fixture
def administrator(db: None) -> User:
    user = person("admin", "Administrator Contoh")
    services.grant_role(
        user_id=user.pk, role=Role.ADMINISTRATOR, unit_id=None, since=SINCE, by=SYSTEM
    )
    return user


@pytest.fixture
def health_administrator(health: Unit) -> User:
    user = person("admin.dinkes", "Admin Dinkes", unit=health)
    services.grant_role(
        user_id=user.pk, role=Role.ADMINISTRATOR, unit_id=health.pk, since=SINCE, by=SYSTEM
    )
    return user


@pytest.fixture
def nurse(health: Unit) -> User:
    return person("198703122010012901", "Sri Wahyuni", unit=health, email="sri@contoh.test")


@pytest.fixture
def teacher(schools: Unit) -> User:
    return person("198503122010011902", "Bambang Tri", unit=schools, email="bambang@contoh.test")


@pytest.fixture
def newcomer(health: Unit) -> User:
    """An account that came with a roster: no password, not active yet."""
    rows = [("199001012015012903", "Dewi Lestari", "dewi@contoh.test", health.pk)]
    services.add_employee_accounts(rows=rows, at=clock.now(), by=SYSTEM)
    return User.objects.get(username=rows[0][0])


def person(username: str, name: str, *, unit: Unit | None = None, email: str = "") -> User:
    return services.add_user(
        username=username,
        name=name,
        email=email,
        at=clock.now(),
        by=SYSTEM,
        password=PASSWORD,
        unit_id=unit.pk if unit else None,
    )


def sign_in(client: Client, user: User, password: str = PASSWORD) -> None:
    """Sign in through the page, as a browser does."""
    client.logout()
    answer = client.post("/masuk/", {"username": user.username, "password": password})
    assert answer.status_code == 302, answer.content.decode()


def plain_body(answer: HttpResponse) -> str:
    """Return a page without what differs each time: CSRF tokens and identifiers."""
    text = re.sub(r'value="[A-Za-z0-9]{64}"|"X-CSRFToken":"[^"]*"', "", answer.content.decode())
    return re.sub(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", "", text)


def actor(user: User) -> Actor:
    return queries.actor_of(User.objects.get(pk=user.pk), on=clock.today())


def _unit(code: str, name: str, parent: Unit | None, kind: Unit.Kind) -> Unit:
    return services.add_unit(
        code=code,
        name=name,
        kind=kind,
        parent_id=parent.pk if parent else None,
        since=SINCE,
        by=SYSTEM,
    )
