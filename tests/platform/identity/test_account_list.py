"""The list of accounts: filters in the address, pages by key, and the same cost for any size."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinambung.platform.foundation import clock
from sinambung.platform.identity import services
from sinambung.platform.identity.models import Unit, User
from tests.platform.identity.conftest import SYSTEM, sign_in

pytestmark = pytest.mark.django_db


def _people(count: int, unit: Unit, *, first: int = 0) -> None:
    rows = [
        (f"{number:015d}900", f"Pegawai {number:05d}", "", unit.pk)
        for number in range(first, first + count)
    ]
    services.add_employee_accounts(rows=rows, at=clock.now(), by=SYSTEM)


def _names(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', page)


def test_the_same_queries_for_three_and_for_thirty(
    client: Client, administrator: User, health: Unit
) -> None:
    sign_in(client, administrator)
    counts = []
    for first, count in ((0, 3), (3, 30), (33, 200)):
        _people(count, health, first=first)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/pengaturan/akun/")
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 8


def test_leafing_forth_and_back_shows_everybody_once(
    client: Client, administrator: User, health: Unit
) -> None:
    _people(120, health)
    sign_in(client, administrator)
    seen, address = [], "/pengaturan/akun/?q=Pegawai"
    while address:
        page = client.get(address).content.decode()
        seen += _names(client, address)
        found = re.search(r'rel="next" href="([^"]*)"', page)
        address = f"/pengaturan/akun/{found.group(1).replace('&amp;', '&')}" if found else ""
    assert seen == [f"Pegawai {number:05d}" for number in range(120)]
    back = re.search(r'rel="prev" href="([^"]*)"', page).group(1).replace("&amp;", "&")
    assert _names(client, f"/pengaturan/akun/{back}")[-1] == "Pegawai 00099"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=sri", ["Sri Wahyuni"]),
        ("q=wahyuni+sri", ["Sri Wahyuni"]),
        ("q=19870312+2010", ["Sri Wahyuni"]),
        ("q=admin", ["Administrator Contoh"]),
        ("peran=administrator", ["Administrator Contoh"]),
        ("keadaan=menunggu", ["Dewi Lestari"]),
        ("keadaan=terkunci", []),
        ("unit={schools}", ["Bambang Tri"]),
        ("unit=tidak-ada", []),
        ("q=%25", []),
        ("q=%00", ["Administrator Contoh", "Bambang Tri", "Dewi Lestari", "Sri Wahyuni"]),
    ],
)
def test_filters_stand_in_the_address(
    client: Client,
    administrator: User,
    nurse: User,
    teacher: User,
    newcomer: User,
    schools: Unit,
    query: str,
    expected: list[str],
) -> None:
    sign_in(client, administrator)
    assert _names(client, f"/pengaturan/akun/?{query.format(schools=schools.pk)}") == expected


def test_typing_swaps_only_the_rows(client: Client, administrator: User, nurse: User) -> None:
    sign_in(client, administrator)
    answer = client.get("/pengaturan/akun/?q=sri", headers={"hx-request": "true"})
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="daftar"')
    assert "Sri Wahyuni" in page


@pytest.mark.parametrize("key", ["x", "W10", "eyJhIjoxfQ", "bnVsbA", "%00"])
def test_a_broken_page_key_is_refused_in_a_sentence(
    client: Client, administrator: User, key: str
) -> None:
    sign_in(client, administrator)
    assert client.get(f"/pengaturan/akun/?after={key}").status_code == 422
