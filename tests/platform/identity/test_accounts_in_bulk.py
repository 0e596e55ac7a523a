"""Accounts that come with a roster."""

from __future__ import annotations

import time

import pytest

from sinambung.platform.audit.models import Entry
from sinambung.platform.foundation import clock
from sinambung.platform.identity import services
from sinambung.platform.identity.models import Unit, User
from tests.platform.identity.conftest import PASSWORD, SYSTEM, person

pytestmark = pytest.mark.django_db


def _rows(count: int) -> list[tuple[str, str, str]]:
    return [(f"{number:015d}900", f"Pegawai {number}", "") for number in range(count)]


def test_everybody_of_a_roster_gets_an_account_without_a_password() -> None:
    ids = services.add_employee_accounts(rows=_rows(3), at=clock.now(), by=SYSTEM).ids
    users = {user.username: user for user in User.objects.all()}
    assert {name: user.pk for name, user in users.items()} == ids
    assert not any(user.has_usable_password() or user.activated_at for user in users.values())
    assert all(user.is_active and user.version == 1 for user in users.values())


def test_an_account_that_exists_stays_as_it_is(health: Unit) -> None:
    known = person("000000000000001900", "Nama Sendiri", unit=health)
    ids = services.add_employee_accounts(rows=_rows(3), at=clock.now(), by=SYSTEM).ids
    again = User.objects.get(pk=known.pk)
    assert ids["000000000000001900"] == known.pk
    assert (again.name, again.check_password(PASSWORD), again.unit_id) == (
        "Nama Sendiri",
        True,
        health.pk,
    )
    again = services.add_employee_accounts(rows=_rows(3), at=clock.now(), by=SYSTEM)
    assert (again.ids, again.new) == (ids, {})


def test_a_roster_leaves_one_line_on_the_trail() -> None:
    services.add_employee_accounts(rows=_rows(1200), at=clock.now(), by=SYSTEM)
    services.add_employee_accounts(rows=_rows(1200), at=clock.now(), by=SYSTEM)
    assert Entry.objects.filter(action="identity.users_added").count() == 1


def test_forty_thousand_accounts_take_seconds_not_minutes() -> None:
    rows = _rows(40_000)
    began = time.process_time()
    services.add_employee_accounts(rows=rows, at=clock.now(), by=SYSTEM)
    assert time.process_time() - began < 4


def test_people_are_placed_in_units(health: Unit, schools: Unit) -> None:
    ids = services.add_employee_accounts(
        rows=[("a900", "A", "", health.pk), ("b900", "B", "")], at=clock.now(), by=SYSTEM
    ).ids
    assert User.objects.get(username="a900").unit_id == health.pk
    services.place_users(rows=[(ids["a900"], schools.pk), (ids["b900"], None)], by=SYSTEM)
    assert User.objects.get(username="a900").unit_id == schools.pk
