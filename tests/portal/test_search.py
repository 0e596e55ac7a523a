"""Search: finds what the actor may see, and lets nobody try out numbers."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sinambung.domains.training.models import Batch, Participant
from sinambung.domains.workforce.models import Employee
from sinambung.platform.foundation.desk import Hit
from sinambung.portal.queries import sources


@pytest.fixture
def _finds_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    hit = Hit("Pegawai", "Contoh <b>Nama</b>", "/pegawai/x/", "NIP")
    monkeypatch.setattr(sources, "SEARCHES", (lambda actor, text, *, limit: [hit],))


def test_the_organiser_finds_batch_and_people(
    organiser_client: Client, batch: Batch, employee: Employee
) -> None:
    found = organiser_client.get("/cari/", {"q": batch.name}).content.decode()
    assert f"/pelatihan/angkatan/{batch.pk}/" in found
    by_nip = organiser_client.get("/cari/", {"q": employee.nip}, follow=True).content.decode()
    assert employee.name in by_nip


def test_a_participant_finds_nobody_else(
    participant_client: Client, employee: Employee, batch: Batch
) -> None:
    html = participant_client.get("/cari/", {"q": "Contoh Nama"}).content.decode()
    results = html.split('id="hasil"')[1]
    assert re.findall(r'href="([^"]+)"', results) == [f"/pelatihan/saya/{own_id(employee)}/"]
    none = participant_client.get("/cari/", {"q": "Contoh Nama 002"}).content.decode()
    assert "Tidak ada yang cocok" in none


def own_id(employee: Employee) -> str:
    return Participant.objects.get(employee=employee).pk


@pytest.mark.usefixtures("_finds_everything")
def test_numbers_cannot_be_tried_out_without_the_right_to_see_people(
    participant_client: Client, organiser_client: Client
) -> None:
    for digits in ("198001012010011900", "198001 01", "123456"):
        assert "/pegawai/x/" not in participant_client.get("/cari/", {"q": digits}).content.decode()
    assert "/pegawai/x/" in organiser_client.get("/cari/", {"q": "198001"}).content.decode()


@pytest.mark.usefixtures("_finds_everything")
def test_results_as_one_types_are_only_the_results(organiser_client: Client) -> None:
    html = organiser_client.get(
        "/cari/", {"q": "contoh"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in html
    assert "Contoh &lt;b&gt;Nama&lt;/b&gt;" in html


@pytest.mark.usefixtures("_finds_everything")
@pytest.mark.parametrize("text", ["", "a", "\x00", "%" * 5000, "'; DROP TABLE", "<script>"])
def test_strange_texts_are_answered(organiser_client: Client, text: str) -> None:
    answer = organiser_client.get("/cari/", {"q": text})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("</form>")[1].split("<script")[0]


@pytest.mark.usefixtures("_finds_everything")
def test_a_whole_number_that_finds_one_thing_leads_to_it(organiser_client: Client) -> None:
    answer = organiser_client.get("/cari/", {"q": "198001012010011900"})
    assert (answer.status_code, answer["Location"]) == (302, "/pegawai/x/")


def test_a_participant_finds_own_participations(
    participant_client: Client, employee: Employee, batch: Batch
) -> None:
    own = f"/pelatihan/saya/{own_id(employee)}/"
    for text in (batch.name, employee.name.split(",")[0]):
        answer = participant_client.get("/cari/", {"q": text})
        assert own in (answer.get("Location", "") or answer.content.decode())
