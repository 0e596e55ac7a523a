"""Undoing an import also takes back the accounts and units that came with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError

from sinambung.domains.workforce.models import Employee
from sinambung.platform.audit.models import Entry
from sinambung.platform.exchange import services
from sinambung.platform.exchange.kinds import Outcome
from sinambung.platform.exchange.models import Import, RowOutcome, State
from sinambung.platform.exchange.services import work
from sinambung.platform.foundation import clock
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import Unit, User
from sinambung.platform.identity.services import rosters
from tests.domains.workforce.conftest import SYSTEM, Upload
from tests.domains.workforce.sheets import nip, people, person, xlsx

pytestmark = pytest.mark.django_db


def undone(row: Import) -> Import:
    return services.undo_now(import_id=row.pk, by=SYSTEM, reason="Berkas keliru")


def test_accounts_and_units_that_nobody_used_go_with_the_import(imported: Upload) -> None:
    row = imported(xlsx(people(3)))
    assert (User.objects.count(), Unit.objects.count()) == (3, 3)
    assert undone(row).undone_rows == 3
    assert (User.objects.count(), Unit.objects.count()) == (0, 0)
    told = set(Entry.objects.values_list("action", flat=True))
    assert {"identity.users_removed", "identity.unit_removed"} <= told


def test_accounts_and_units_that_were_there_before_stay(imported: Upload) -> None:
    account = identity.add_user(username=nip(1), name="Contoh", at=clock.now(), by=SYSTEM)
    imported(xlsx([person(2)]))
    undone(imported(xlsx([person(1), person(2), person(3, UNOR_NAMA="Bidang Baru")])))
    assert set(User.objects.values_list("username", flat=True)) == {nip(1), nip(2)}
    assert User.objects.get(pk=account.pk).is_active
    assert not Unit.objects.filter(name="Bidang Baru").exists()
    assert Unit.objects.filter(name="Subbagian Umum").exists()


def test_an_account_that_its_owner_activated_stays(imported: Upload) -> None:
    row = imported(xlsx(people(2)))
    User.objects.filter(username=nip(1)).update(activated_at=clock.now())
    undone(row)
    assert list(User.objects.values_list("username", "is_active")) == [(nip(1), True)]


def test_an_account_with_a_role_stays_with_the_unit_of_the_role(imported: Upload) -> None:
    row = imported(xlsx(people(2)))
    user = User.objects.get(username=nip(1))
    identity.grant_role(
        user_id=user.pk, role=Role.ORGANISER, unit_id=user.unit_id, since=clock.today(), by=SYSTEM
    )
    undone(row)
    assert list(User.objects.values_list("username", flat=True)) == [nip(1)]
    assert Unit.objects.filter(until=None).count() == 3


def test_an_account_that_other_rows_name_is_locked(
    imported: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = imported(xlsx(people(2)))
    named = User.objects.get(username=nip(1))
    really = rosters._deleted
    monkeypatch.setattr(rosters, "_deleted", lambda users: named not in users and really(users))
    undone(row)
    (left,) = User.objects.all()
    assert (left.pk, left.is_active, left.locked_at is None) == (named.pk, False, False)
    entry = Entry.objects.get(action="identity.user_locked")
    assert (entry.subject_id, entry.reason) == (named.pk, "Berkas keliru")


def test_a_unit_in_which_somebody_is_now_stays(imported: Upload) -> None:
    imported(xlsx([person(1, UNOR_NAMA="Bidang Lama")]))
    row = imported(xlsx([person(2, UNOR_NAMA="Bidang Baru")]))
    Employee.objects.filter(nip=nip(1)).update(unit=Unit.objects.get(name="Bidang Baru"))
    undone(row)
    assert Unit.objects.get(name="Bidang Baru").until is None


def test_a_unit_that_only_a_history_names_is_closed(imported: Upload) -> None:
    row = imported(xlsx([person(1, UNOR_NAMA="Bidang Baru")]))
    imported(xlsx([person(1, UNOR_NAMA="Bidang Lain")]))
    User.objects.update(unit=None)
    undone(row)
    unit = Unit.objects.get(name="Bidang Baru")
    assert unit.until == unit.since + dt.timedelta(days=1)


def test_a_unit_that_was_changed_since_stays(imported: Upload) -> None:
    row = imported(xlsx(people(1)))
    unit = Unit.objects.get(name="Subbagian Umum")
    identity.rename_unit(
        unit_id=unit.pk, version=1, name="Subbagian Lain", short_name="", on=unit.since, by=SYSTEM
    )
    undone(row)
    assert list(Unit.objects.filter(kind="division").values_list("name", flat=True)) == [
        "Subbagian Lain"
    ]


def test_a_changed_name_renames_the_account_and_undoing_names_it_back(imported: Upload) -> None:
    imported(xlsx(people(2)))
    before = User.objects.get(username=nip(1))
    assert before.name == "Contoh Pegawai 1, S.STP."
    row = imported(xlsx([person(1, NAMA="Contoh Nama Baru", GELAR_BELAKANG="M.Si."), person(2)]))
    renamed = User.objects.get(username=nip(1))
    assert (renamed.name, renamed.version) == ("Contoh Nama Baru, M.Si.", before.version + 1)
    assert User.objects.get(username=nip(2)).version == 1
    undone(row)
    assert User.objects.get(username=nip(1)).name == "Contoh Pegawai 1, S.STP."


def test_a_disk_that_fills_up_in_the_middle_loses_nothing_and_the_import_goes_on(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sinambung.platform.exchange.services import applying

    monkeypatch.setattr(applying, "CHUNK", 2)
    row = upload(xlsx(people(5)))
    keep = applying._keep_outcomes

    def full(import_id: str, rows: Any, outcomes: list[Outcome]) -> None:
        keep(import_id, rows, outcomes)
        if rows[0].number > 2:
            raise OperationalError("database or disk is full")

    monkeypatch.setattr(applying, "_keep_outcomes", full)
    row = services.apply_now(import_id=row.pk, by=SYSTEM)
    assert (row.state, row.applied_rows) == (State.APPLYING, 1)
    assert (Employee.objects.count(), RowOutcome.objects.count()) == (1, 1)
    monkeypatch.setattr(applying, "_keep_outcomes", keep)
    work.work_now(row, by=SYSTEM)
    row.refresh_from_db()
    assert (row.state, row.applied_rows, Employee.objects.count()) == (State.APPLIED, 5, 5)
