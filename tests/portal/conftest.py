from __future__ import annotations

import pytest
from django.test import Client

from sinambung.domains.training.models import Batch
from sinambung.domains.workforce.models import Employee
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.domains.training import building as build
from tests.sessions import signed_in


@pytest.fixture
def organiser(db: None) -> User:
    return build.staff("penyelenggara", Role.ORGANISER)


@pytest.fixture
def organiser_client(organiser: User) -> Client:
    return signed_in(organiser)


@pytest.fixture
def batch(db: None) -> Batch:
    return build.batch(number=9)


@pytest.fixture
def employee(batch: Batch) -> Employee:
    return build.participants(batch, 2)[0].employee


@pytest.fixture
def participant_client(employee: Employee) -> Client:
    assert employee.account
    return signed_in(employee.account)
