"""Every page of identity answers for who may open it, and for nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from sinambung.platform.foundation import clock
from sinambung.platform.identity import services
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import Unit, User
from tests.platform.identity.conftest import SINCE, SYSTEM, plain_body, sign_in

pytestmark = pytest.mark.django_db

PUBLIC = ["/masuk/", "/sandi/lupa/", "/sandi/baru/xyz/", "/aktivasi/", "/aktivasi/kode/"]
OWN = [
    *("/akun/", "/akun/konfirmasi/", "/akun/sandi/", "/akun/surel/", "/akun/autentikator/"),
    *("/akun/kunci-sandi/", "/akun/token/"),
]
ADMINISTRATION = [
    *("/pengaturan/akun/", "/pengaturan/akun/tambah/", "/pengaturan/akun/{user}/"),
    *("/pengaturan/akun/{user}/ubah/", "/pengaturan/akun/{user}/peran/", "/pengaturan/peran/"),
    *("/pengaturan/unit/", "/pengaturan/unit/tambah/", "/pengaturan/unit/{unit}/"),
    *("/pengaturan/unit/{unit}/nama/", "/pengaturan/unit/{unit}/pindah/"),
    "/pengaturan/unit/{unit}/tutup/",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_the_way_in_is_open_to_all(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", OWN)
def test_own_pages_ask_to_sign_in_first(client: Client, nurse: User, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/masuk/?next={path}")
    sign_in(client, nurse)
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", ADMINISTRATION)
def test_administration_is_for_administrators(
    client: Client, administrator: User, nurse: User, health: Unit, path: str
) -> None:
    address = path.format(user=nurse.pk, unit=health.pk)
    sign_in(client, nurse)
    assert client.get(address).status_code == 403
    sign_in(client, administrator)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "{{" not in answer.content.decode()


@pytest.mark.parametrize("path", ADMINISTRATION)
def test_an_unknown_thing_and_one_out_of_reach_look_the_same(
    client: Client, health_administrator: User, teacher: User, schools: Unit, path: str
) -> None:
    if "{" not in path:
        return
    sign_in(client, health_administrator)
    unknown = "0" * 26
    answers = [
        client.get(path.format(user=teacher.pk, unit=schools.pk)),
        client.get(path.format(user=unknown, unit=unknown)),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len({plain_body(answer) for answer in answers}) == 1


@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_see_the_administration(
    client: Client, nurse: User, role: Role
) -> None:
    services.grant_role(user_id=nurse.pk, role=role, unit_id=None, since=SINCE, by=SYSTEM)
    sign_in(client, nurse)
    expected = 200 if role is Role.ADMINISTRATOR else 403
    assert client.get("/pengaturan/akun/").status_code == expected


def test_a_role_that_has_ended_opens_nothing(client: Client, administrator: User) -> None:
    services.add_user(
        username="cadangan", name="Cadangan", at=clock.now(), by=SYSTEM, password="x" * 12
    )
    other = User.objects.get(username="cadangan")
    services.grant_role(
        user_id=other.pk, role=Role.ADMINISTRATOR, unit_id=None, since=SINCE, by=SYSTEM
    )
    sign_in(client, administrator)
    role = administrator.roles.get()
    services.end_role(assignment_id=role.pk, version=None, on=clock.today(), by=SYSTEM)
    assert client.get("/pengaturan/akun/").status_code == 403
