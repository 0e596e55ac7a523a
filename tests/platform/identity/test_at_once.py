"""Two administrators who lock each other at the same moment: one of them stays."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import OperationalError, connection

from sinambung.platform.foundation import clock
from sinambung.platform.identity import services
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.platform.identity.conftest import SINCE, SYSTEM, actor, person

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_administrators_cannot_lock_each_other(administrator: User) -> None:
    for number in range(5):
        other = person(f"lain{number}", f"Administrator {number}")
        services.grant_role(
            user_id=other.pk, role=Role.ADMINISTRATOR, unit_id=None, since=SINCE, by=SYSTEM
        )
        _lock_each_other(administrator, other)
        active = User.objects.filter(pk__in=[administrator.pk, other.pk], is_active=True)
        assert active.count() == 1
        survivor = active.get()
        if survivor != administrator:
            services.unlock_user(user_id=administrator.pk, version=None, by=SYSTEM)
            _lock(survivor, actor(administrator))


def _lock_each_other(first: User, second: User) -> None:
    start = threading.Barrier(2)
    pairs = [(first, actor(second)), (second, actor(first))]
    threads = [threading.Thread(target=_try, args=(user, by, start)) for user, by in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _try(user: User, by: object, start: threading.Barrier) -> None:
    """Try until the database lets us: SQLite in memory refuses at once instead of waiting."""
    start.wait()
    try:
        while True:
            try:
                return _lock(user, by)
            except services.LastAdministrator:
                return None
            except OperationalError:
                time.sleep(0.01)
    finally:
        connection.close()


def _lock(user: User, by: object) -> None:
    services.lock_user(
        user_id=user.pk,
        version=None,
        at=clock.now(),
        on=clock.today(),
        by=by,
        reason="bersamaan",
    )
