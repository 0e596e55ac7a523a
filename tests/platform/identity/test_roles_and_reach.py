"""Who may administer whom: role, own unit, other unit; and never nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from sinambung.platform.audit.models import Entry
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import ChangedMeanwhile, Invalid
from sinambung.platform.identity import services
from sinambung.platform.identity.capabilities import CAPABILITIES_OF, Capability, Role
from sinambung.platform.identity.models import RoleAssignment, Unit, User
from sinambung.platform.identity.services.accounts import AlreadyLocked, OwnAccount
from sinambung.platform.identity.services.roles import RoleAlreadyEnded, RoleAlreadyHeld
from tests.platform.identity.conftest import SINCE, SYSTEM, actor, person, sign_in

pytestmark = pytest.mark.django_db


def _grant(user: User, role: Role, unit: Unit | None, **more: object) -> RoleAssignment:
    values = {"since": SINCE, "by": SYSTEM, **more}
    return services.grant_role(
        user_id=user.pk, role=role, unit_id=unit.pk if unit else None, **values
    )


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("capability", list(Capability))
def test_a_role_holds_its_capabilities_in_its_unit_and_below_only(
    role: Role, capability: Capability, health: Unit, schools: Unit, nurse: User
) -> None:
    _grant(nurse, role, health)
    held = actor(nurse)
    if capability is Capability.USE:
        assert held.paths(capability) is None
    elif capability in CAPABILITIES_OF[role]:
        assert held.paths(capability) == (health.path,)
        assert not schools.path.startswith(held.paths(capability))
    else:
        assert not held.may(capability)


def test_a_role_counts_from_its_first_day_and_not_on_its_last(nurse: User) -> None:
    today = clock.today()
    day = dt.timedelta(days=1)
    for since, until, counts in (
        (today, None, True),
        (today + day, None, False),
        (today - day, today, False),
        (today - day, today + day, True),
    ):
        RoleAssignment.objects.all().delete()
        _grant(nurse, Role.AUDITOR, None, since=since, until=until)
        assert actor(nurse).may(Capability.VIEW_TRAIL) is counts


def test_the_same_role_is_not_given_twice_for_the_same_time(nurse: User, health: Unit) -> None:
    _grant(nurse, Role.TRAINER, health, until=dt.date(2025, 1, 1))
    with pytest.raises(RoleAlreadyHeld):
        _grant(nurse, Role.TRAINER, health, since=dt.date(2024, 6, 1))
    _grant(nurse, Role.TRAINER, health, since=dt.date(2025, 1, 1))
    with pytest.raises(RoleAlreadyHeld):
        _grant(nurse, Role.TRAINER, health, since=dt.date(2026, 1, 1))
    with pytest.raises(Invalid):
        _grant(nurse, Role.LEADER, health, until=SINCE)


def test_a_role_ends_once_and_one_that_never_began_is_taken_back(nurse: User) -> None:
    role = _grant(nurse, Role.AUDITOR, None)
    services.end_role(assignment_id=role.pk, version=1, on=clock.today(), by=SYSTEM)
    with pytest.raises(RoleAlreadyEnded):
        services.end_role(assignment_id=role.pk, version=None, on=clock.today(), by=SYSTEM)
    with pytest.raises(ChangedMeanwhile):
        services.end_role(assignment_id=role.pk, version=1, on=clock.today(), by=SYSTEM)
    later = _grant(nurse, Role.LEADER, None, since=clock.today() + dt.timedelta(days=9))
    services.end_role(assignment_id=later.pk, version=1, on=clock.today(), by=SYSTEM)
    assert not RoleAssignment.objects.filter(pk=later.pk).exists()


def test_the_last_administrator_stays(administrator: User, nurse: User, newcomer: User) -> None:
    role = administrator.roles.get()
    boss = person("pengawas", "Pengawas")
    for helper in (newcomer,):
        _grant(helper, Role.ADMINISTRATOR, None)
    with pytest.raises(services.LastAdministrator):
        services.end_role(assignment_id=role.pk, version=None, on=clock.today(), by=SYSTEM)
    with pytest.raises(services.LastAdministrator):
        _lock(administrator, boss)
    _grant(nurse, Role.ADMINISTRATOR, None, until=clock.today() + dt.timedelta(days=5))
    with pytest.raises(services.LastAdministrator):
        services.end_role(assignment_id=role.pk, version=None, on=clock.today(), by=SYSTEM)
    _grant(boss, Role.ADMINISTRATOR, None)
    services.end_role(assignment_id=role.pk, version=None, on=clock.today(), by=SYSTEM)
    with pytest.raises(services.LastAdministrator):
        _lock(boss, administrator)


def test_an_administrator_of_a_unit_does_not_count_as_the_last(
    administrator: User, health_administrator: User
) -> None:
    role = administrator.roles.get()
    with pytest.raises(services.LastAdministrator):
        services.end_role(assignment_id=role.pk, version=None, on=clock.today(), by=SYSTEM)
    theirs = health_administrator.roles.get()
    services.end_role(assignment_id=theirs.pk, version=None, on=clock.today(), by=SYSTEM)


def test_nobody_locks_the_own_account_and_nobody_is_locked_twice(
    administrator: User, nurse: User
) -> None:
    with pytest.raises(OwnAccount):
        _lock(administrator, administrator)
    _lock(nurse, administrator)
    with pytest.raises(AlreadyLocked):
        _lock(nurse, administrator)


def _lock(user: User, by: User) -> None:
    services.lock_user(
        user_id=user.pk,
        version=None,
        at=clock.now(),
        on=clock.today(),
        by=actor(by),
        reason="uji",
    )


ACTS = {
    "ubah/": {"name": "Nama Baru", "title": "", "email": ""},
    "kunci/": {"reason": "uji"},
    "sandi/": {},
    "aktivasi/": {},
    "faktor/lepas/": {"reason": "uji"},
    "peran/": {"role": "trainer", "since": "2026-01-01"},
}


@pytest.mark.parametrize("act", ACTS)
def test_an_administrator_of_a_unit_touches_no_account_outside(
    client: Client, health_administrator: User, health: Unit, teacher: User, act: str
) -> None:
    sign_in(client, health_administrator)
    form = {"version": teacher.version, "unit": health.pk, **ACTS[act]}
    assert client.post(f"/pengaturan/akun/{teacher.pk}/{act}", form).status_code == 404
    teacher.refresh_from_db()
    assert teacher.version == 1


@pytest.mark.parametrize("act", ACTS)
def test_an_administrator_of_a_unit_does_not_touch_who_stands_higher(
    client: Client, health_administrator: User, health: Unit, nurse: User, act: str
) -> None:
    _grant(nurse, Role.ADMINISTRATOR, None)
    sign_in(client, health_administrator)
    assert client.get(f"/pengaturan/akun/{nurse.pk}/").status_code == 200
    form = {"version": nurse.version, "unit": health.pk, **ACTS[act]}
    assert client.post(f"/pengaturan/akun/{nurse.pk}/{act}", form).status_code == 403
    nurse.refresh_from_db()
    assert nurse.version == 1
    assert nurse.roles.count() == 1


def test_an_administrator_of_a_unit_gives_roles_in_it_only(
    client: Client,
    health_administrator: User,
    nurse: User,
    health: Unit,
    schools: Unit,
) -> None:
    sign_in(client, health_administrator)
    for unit, status in ((health.pk, 302), (schools.pk, 404), ("", 422), ("x" * 26, 404)):
        form = {"role": "trainer", "since": "2026-01-01", "unit": unit}
        answer = client.post(f"/pengaturan/akun/{nurse.pk}/peran/", form)
        assert answer.status_code == status
    assert [role.unit_id for role in nurse.roles.all()] == [health.pk]


def test_an_administrator_of_a_unit_ends_no_role_elsewhere(
    client: Client, health_administrator: User, nurse: User, schools: Unit
) -> None:
    role = _grant(nurse, Role.TRAINER, schools)
    sign_in(client, health_administrator)
    answer = client.post(f"/pengaturan/peran/{role.pk}/akhiri/", {"version": 1})
    assert answer.status_code == 404


def test_the_list_shows_only_accounts_within_reach(
    client: Client, health_administrator: User, nurse: User, teacher: User
) -> None:
    sign_in(client, health_administrator)
    page = client.get("/pengaturan/akun/").content.decode()
    assert nurse.name in page
    assert teacher.name not in page


def test_two_administrators_do_not_overwrite_each_other(
    client: Client, administrator: User, nurse: User
) -> None:
    sign_in(client, administrator)
    form = {"name": "Sri Wahyuni, S.Kep.", "title": "", "email": "", "version": nurse.version}
    assert client.post(f"/pengaturan/akun/{nurse.pk}/ubah/", form).status_code == 302
    again = client.post(f"/pengaturan/akun/{nurse.pk}/ubah/", {**form, "name": "Lain"})
    assert again.status_code == 409
    nurse.refresh_from_db()
    assert nurse.name == "Sri Wahyuni, S.Kep."


def test_every_change_is_told_on_the_trail_of_the_account(
    client: Client, administrator: User, nurse: User, health: Unit
) -> None:
    sign_in(client, administrator)
    form = {"role": "trainer", "since": "2026-01-01", "unit_text": "DINKES"}
    client.post(f"/pengaturan/akun/{nurse.pk}/peran/", form)
    page = client.get(f"/pengaturan/akun/{nurse.pk}/").content.decode()
    assert "memberi peran Widyaiswara (Dinas Kesehatan) kepada" in page
    assert Entry.objects.filter(subject_id=nurse.pk, actor_id=administrator.pk).count() == 1


def test_script_in_a_name_is_shown_as_text(client: Client, administrator: User) -> None:
    person("skrip900", "<script>alert(1)</script>")
    sign_in(client, administrator)
    user = User.objects.get(username="skrip900")
    for path in ("/pengaturan/akun/", f"/pengaturan/akun/{user.pk}/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
