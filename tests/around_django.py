"""What every test with Django shares: the language, and a flush that knows the trail."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _indonesian() -> None:
    from django.utils import translation

    translation.activate("id")


@pytest.fixture(autouse=True)
def _worker_keeps_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that runs inside a test uses the test's own connection and transaction."""
    from django_tasks_db.management.commands import db_worker

    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_the_trail() -> None:
    """Tests that commit are followed by a flush; only there the guard of the trail is lifted."""
    from importlib import import_module

    from django.db import connection
    from django.test import TransactionTestCase

    guard = import_module("sinambung.platform.audit.migrations.0002_append_only")
    flush = TransactionTestCase._fixture_teardown

    def lifted(case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            for statement in guard.RELEASE[connection.vendor]:
                cursor.execute(statement)
        flush(case)
        with connection.cursor() as cursor:
            for statement in guard.PROTECT[connection.vendor]:
                cursor.execute(statement)

    TransactionTestCase._fixture_teardown = lifted
