"""The pages of batches: list, one batch, form, states."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinambung.domains.training.models import Batch
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db
LIST = "/pelatihan/angkatan/"


@pytest.fixture
def organiser() -> Client:
    return signed_in(build.staff("penyelenggara", Role.ORGANISER))


def form(**changes: object) -> dict[str, object]:
    values = {
        "host": build.unit("BPSDM", parent=build.unit()).pk,
        "number": "IX",
        "year": 2026,
        "starts_on": "2026-08-10",
        "ends_on": "2026-12-02",
        "quota": 40,
        "venue": "Kampus <script>alert(1)</script>",
        "load_minimum": 5,
        "coach_load_maximum": 10,
        "examiner_load_maximum": 20,
        "stage-belajar": "2026-08-10",
        "stage-belajar-end": "2026-09-19",
    }
    return {**values, **changes}


def test_an_organiser_creates_a_batch_from_an_edition(organiser: Client) -> None:
    edition = build.edition()
    assert edition.label in organiser.get(f"{LIST}baru/").content.decode()
    answer = organiser.post(f"{LIST}baru/?edisi={edition.pk}", form())
    batch = Batch.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"{LIST}{batch.pk}/"
    assert (batch.name, batch.number) == ("PKP Angkatan IX", 9)
    shown = organiser.get(answer.url).content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "VIIII"}, "Tulis nomor angkatan"),
        ({"ends_on": "2026-01-01"}, "Tanggal selesai tidak boleh sebelum"),
        ({"quota": 0}, "1"),
        ({"host": "tidak-ada"}, "pilih"),
        ({"stage-belajar-end": "2026-01-01"}, "selesai sebelum dimulai"),
        ({"year": "abc"}, "Tahun"),
    ],
)
def test_a_wrong_form_is_shown_again_with_a_sentence(
    organiser: Client, changes: dict[str, object], sentence: str
) -> None:
    edition = build.edition()
    answer = organiser.post(f"{LIST}baru/?edisi={edition.pk}", form(**changes))
    assert answer.status_code == 422
    assert sentence.lower() in answer.content.decode().lower()
    assert not Batch.objects.exists()


def test_the_same_number_twice_is_refused_at_the_field(organiser: Client) -> None:
    edition = build.edition()
    organiser.post(f"{LIST}baru/?edisi={edition.pk}", form())
    answer = organiser.post(f"{LIST}baru/?edisi={edition.pk}", form())
    assert answer.status_code == 422
    assert "sudah ada pada lembaga yang sama" in answer.content.decode()


def test_the_second_of_two_organisers_is_told(organiser: Client) -> None:
    batch = build.batch()
    first = organiser.post(f"{LIST}{batch.pk}/ubah/", form(version=1, venue="Aula A"))
    second = organiser.post(f"{LIST}{batch.pk}/ubah/", form(version=1, venue="Aula B"))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "sudah diubah orang lain" in second.content.decode()
    assert Batch.objects.get().venue == "Aula A"


def test_a_double_click_on_start_starts_once(organiser: Client) -> None:
    batch = build.batch()
    build.participants(batch, 3)
    sent = {"version": 1, "reason": "Penguji menyusul"}
    first = organiser.post(f"{LIST}{batch.pk}/mulai/", sent)
    second = organiser.post(f"{LIST}{batch.pk}/mulai/", sent)
    assert (first.status_code, second.status_code) == (302, 409)


def test_cancelling_needs_a_reason_and_shows_it(organiser: Client) -> None:
    batch = build.batch()
    refused = organiser.post(f"{LIST}{batch.pk}/batal/", {"version": 1, "reason": " "})
    assert refused.status_code == 422
    organiser.post(f"{LIST}{batch.pk}/batal/", {"version": 1, "reason": "Anggaran dialihkan"})
    assert "Anggaran dialihkan" in organiser.get(f"{LIST}{batch.pk}/").content.decode()


def test_a_batch_out_of_reach_answers_404() -> None:
    batch = build.batch()
    build.unit("LAIN")
    client = signed_in(build.staff("orang-lain", Role.ORGANISER, unit_code="LAIN"))
    assert client.get(f"{LIST}{batch.pk}/").status_code == 404
    assert client.post(f"{LIST}{batch.pk}/mulai/", {"version": 1}).status_code == 404
    assert batch.name not in client.get(LIST).content.decode()


def test_the_list_filters_and_pages(organiser: Client) -> None:
    for number in range(1, 61):
        build.batch(number=number, venue=f"Ruang {number}")
    first = organiser.get(LIST).content.decode()
    assert first.count('<th scope="row">') == 50
    assert "Berikutnya" in first
    assert organiser.get(f"{LIST}?cari=Ruang 33").content.decode().count('<th scope="row">') == 1
    assert "Tidak ada angkatan yang cocok" in organiser.get(f"{LIST}?tahun=2020").content.decode()
    assert organiser.get(f"{LIST}?tahun=abcd&status=x&after=y").status_code == 422


@pytest.mark.parametrize("path", ["", "{id}/", "{id}/ubah/"])
def test_pages_ask_the_same_number_of_queries_for_more_rows(organiser: Client, path: str) -> None:
    batch = build.batch()
    counts = []
    for size, start in ((3, 0), (27, 3)):
        build.participants(batch, size, start=start)
        for number in range(100 + start, 100 + start + size):
            build.batch(number=number)
        url = LIST + path.format(id=batch.pk)
        organiser.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert organiser.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("quota", "count", "sentence"),
    [
        (2, 3, "Jumlah peserta 3 melebihi kuota 2."),
        (61, 0, "Kuota 61 di atas kebiasaan program ini (60)."),
        (10, 0, "Kuota 10 di bawah kebiasaan program ini (30)."),
    ],
)
def test_an_unusual_number_of_participants_is_warned_of_and_never_blocks(
    organiser: Client, quota: int, count: int, sentence: str
) -> None:
    edition = build.edition()
    edition.content["curriculum"].update(quota_minimum=30, quota_maximum=60)
    edition.save()
    batch = build.batch(quota=quota)
    if count:
        build.participants(batch, count)
    shown = organiser.get(f"{LIST}{batch.pk}/").content.decode()
    assert sentence in shown
    usual = build.batch(number=10, quota=40)
    assert "kebiasaan program" not in organiser.get(f"{LIST}{usual.pk}/").content.decode()
