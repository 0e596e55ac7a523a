"""The world of the security tests: built once for a module, and rolled back after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.security.world import World, build_world


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    former = settings.DATA_FOLDER
    settings.DATA_FOLDER = tmp_path_factory.mktemp("dunia")
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield build_world()
        transaction.set_rollback(True)
    settings.DATA_FOLDER = former


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Take back whatever happens inside, signing out included."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
            client.cookies = cookies
