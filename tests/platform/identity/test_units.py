"""The unit tree: its codes, its history, its moves, and what ends with a unit."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import ChangedMeanwhile, Invalid
from sinambung.platform.identity import services
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import Unit, UnitPeriod, User
from sinambung.platform.identity.services.units import (
    BeforeLastChange,
    UnitBelowItself,
    UnitClosed,
    UnitHasParts,
    UnitHasPeople,
)
from tests.platform.identity.conftest import SINCE, SYSTEM, sign_in

pytestmark = pytest.mark.django_db
ON = dt.date(2025, 3, 1)


def _add(code: str, parent: Unit | None, name: str = "Unit") -> Unit:
    return services.add_unit(
        code=code,
        name=name,
        kind=Unit.Kind.DIVISION,
        parent_id=parent.pk if parent else None,
        since=SINCE,
        by=SYSTEM,
    )


def _rename(unit: Unit, name: str, on: dt.date = ON, version: int | None = None) -> Unit:
    return services.rename_unit(
        unit_id=unit.pk, version=version, name=name, short_name="", on=on, by=SYSTEM
    )


def _move(unit: Unit, parent: Unit | None, on: dt.date = ON) -> Unit:
    return services.move_unit(
        unit_id=unit.pk,
        version=None,
        parent_id=parent.pk if parent else None,
        on=on,
        by=SYSTEM,
    )


def _close(unit: Unit, on: dt.date = ON) -> Unit:
    return services.close_unit(unit_id=unit.pk, version=None, on=on, by=SYSTEM)


@pytest.mark.parametrize("code", ["", "A/B", "A B", "A%", "A_B", "x" * 25, "A\\"])
def test_a_code_that_would_break_the_path_is_refused(province: Unit, code: str) -> None:
    with pytest.raises(Invalid):
        _add(code, province)


def test_codes_differ_by_more_than_case(health: Unit, province: Unit) -> None:
    with pytest.raises(services.CodeTaken):
        _add("dinkes", province)


def test_one_sees_who_was_named_what_when(health: Unit) -> None:
    _rename(health, "Dinas Kesehatan dan KB", dt.date(2025, 1, 1))
    _rename(health, "Dinas Kesehatan, Pengendalian Penduduk, dan KB", dt.date(2026, 1, 1))
    periods = list(UnitPeriod.objects.filter(unit=health).values_list("name", "since", "until"))
    assert periods == [
        ("Dinas Kesehatan", SINCE, dt.date(2025, 1, 1)),
        ("Dinas Kesehatan dan KB", dt.date(2025, 1, 1), dt.date(2026, 1, 1)),
        ("Dinas Kesehatan, Pengendalian Penduduk, dan KB", dt.date(2026, 1, 1), None),
    ]


def test_a_change_cannot_come_before_the_last_one(health: Unit) -> None:
    _rename(health, "Nama Baru", ON)
    with pytest.raises(BeforeLastChange):
        _rename(health, "Nama Lain", ON - dt.timedelta(days=1))
    _rename(health, "Nama Terbaru", ON)
    assert UnitPeriod.objects.filter(unit=health).count() == 2


def test_two_who_rename_at_once_do_not_overwrite_each_other(health: Unit) -> None:
    _rename(health, "Pertama", version=1)
    with pytest.raises(ChangedMeanwhile):
        _rename(health, "Kedua", version=1)


def test_what_is_below_moves_along(province: Unit, health: Unit, schools: Unit) -> None:
    clinic = _add("PKM", health)
    room = _add("R1", clinic)
    _move(clinic, schools)
    room.refresh_from_db()
    assert room.path == "P/DISDIK/PKM/R1/"
    assert room.version == 2
    period = UnitPeriod.objects.get(unit=clinic, until=None)
    assert (period.parent_id, period.since) == (schools.pk, ON)


def test_a_unit_does_not_move_below_itself(province: Unit, health: Unit) -> None:
    clinic = _add("PKM", health)
    for target in (health, clinic):
        with pytest.raises(UnitBelowItself):
            _move(health, target)


def test_a_closed_unit_takes_and_gives_nothing(health: Unit, schools: Unit) -> None:
    clinic = _add("PKM", health)
    with pytest.raises(UnitHasParts):
        _close(health)
    _close(clinic)
    for act in (
        lambda: _rename(clinic, "Lain"),
        lambda: _move(clinic, schools),
        lambda: _add("BARU", clinic),
        lambda: _close(clinic),
    ):
        with pytest.raises(UnitClosed):
            act()
    assert UnitPeriod.objects.get(unit=clinic).until == ON


def test_roles_end_with_their_unit_and_people_stay_somewhere(
    health: Unit, nurse: User, teacher: User
) -> None:
    with pytest.raises(UnitHasPeople):
        _close(health)
    services.place_users(rows=[(nurse.pk, None)], by=SYSTEM)
    role = services.grant_role(
        user_id=teacher.pk, role=Role.AGENCY_HR, unit_id=health.pk, since=SINCE, by=SYSTEM
    )
    _close(health)
    role.refresh_from_db()
    assert role.until == ON


def test_a_move_changes_who_administers(
    client: Client, health_administrator: User, health: Unit, schools: Unit
) -> None:
    clinic = _add("PKM", health)
    sign_in(client, health_administrator)
    assert client.get(f"/pengaturan/unit/{clinic.pk}/").status_code == 200
    _move(clinic, schools)
    assert client.get(f"/pengaturan/unit/{clinic.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("nama/", {"name": "Baru", "on": "2025-03-01"}),
        ("pindah/", {"unit_text": "DISDIK", "on": "2025-03-01"}),
        ("tutup/", {"on": "2025-03-01"}),
    ],
)
def test_the_pages_change_units(
    client: Client, administrator: User, health: Unit, schools: Unit, path: str, form: dict
) -> None:
    clinic = _add("PKM", health)
    sign_in(client, administrator)
    address = f"/pengaturan/unit/{clinic.pk}/{path}"
    assert client.post(address, {**form, "on": "kapan"}).status_code == 422
    answer = client.post(address, {**form, "version": clinic.version})
    assert answer["Location"] == f"/pengaturan/unit/{clinic.pk}/"
    assert client.post(address, {**form, "version": 1}).status_code == 409


def test_the_page_adds_a_unit_under_the_one_typed(
    client: Client, administrator: User, health: Unit
) -> None:
    sign_in(client, administrator)
    form = {"code": "PKM", "name": "Puskesmas", "kind": "division", "unit_text": "dinas kesehatan"}
    assert client.post("/pengaturan/unit/tambah/", form).status_code == 302
    assert Unit.objects.get(code="PKM").parent_id == health.pk
    form = {**form, "code": "PKM2", "unit_text": "dinas tidak ada"}
    assert client.post("/pengaturan/unit/tambah/", form).status_code == 422


def test_an_administrator_of_a_unit_makes_no_root(
    client: Client, health_administrator: User
) -> None:
    sign_in(client, health_administrator)
    form = {"code": "AKAR", "name": "Akar", "kind": "government"}
    assert client.post("/pengaturan/unit/tambah/", form).status_code == 422
    assert not Unit.objects.filter(code="AKAR").exists()


def test_typing_finds_units_in_reach_only(
    client: Client, health_administrator: User, schools: Unit
) -> None:
    sign_in(client, health_administrator)
    page = client.get("/pengaturan/unit/pilihan/?q=dinas").content.decode()
    assert "Dinas Kesehatan" in page
    assert "Dinas Pendidikan" not in page


class Moves(TestCase):
    """However units are moved about, every path is its parent's path and its own code."""

    @settings(deadline=None, max_examples=25)
    @given(st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 6)), max_size=12))
    def test_paths_always_tell_the_tree(self, moves: list[tuple[int, int]]) -> None:
        units = [_add(f"U{number}", None) for number in range(7)]
        for moved, target in moves:
            try:
                _move(units[moved], units[target] if target >= 0 else None, clock.today())
            except UnitBelowItself:
                continue
        for unit in Unit.objects.select_related("parent"):
            above = unit.parent.path if unit.parent else ""
            assert unit.path == f"{above}{unit.code}/"
            assert UnitPeriod.objects.filter(unit=unit, until=None).count() == 1
