"""What the pages of a batch offer before it starts and after it is finished."""

from __future__ import annotations

import pytest
from django.test import Client

from sinambung.domains.training.models import Participant
from sinambung.domains.training.services import batches
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db
ROOT = "/pelatihan/angkatan/"


@pytest.fixture
def organiser() -> Client:
    return signed_in(build.staff("petugas", Role.ORGANISER))


def test_an_empty_grade_book_says_what_to_do_first(organiser: Client) -> None:
    shown = organiser.get(f"{ROOT}{build.batch().pk}/nilai/").content.decode()
    assert "Belum ada peserta untuk dinilai" in shown
    assert "0 dari 0" not in shown
    for offered in ("nilai/hitung/", "nilai/tutup/", "kind=marks", "nilai/unduh/"):
        assert offered not in shown


def test_a_grade_book_before_the_start_leads_to_the_batch(organiser: Client) -> None:
    batch = build.batch()
    build.participants(batch, 1)
    shown = organiser.get(f"{ROOT}{batch.pk}/nilai/").content.decode()
    assert "Angkatan belum dimulai" in shown
    assert "nilai/tutup/" not in shown


def test_a_new_batch_says_that_no_stage_has_begun(organiser: Client) -> None:
    shown = organiser.get(f"{ROOT}{build.batch().pk}/").content.decode()
    assert "Tahap 0" not in shown
    assert "Belum ada tahap yang dimulai" in shown
    assert "tanggal belum diisi" in shown


def test_a_finished_batch_leads_to_its_certificates(organiser: Client) -> None:
    batch, _people = marking.decided_batch(1)
    batches.finish_batch(batch_id=batch.pk, version=None, by=build.SYSTEM)
    for page in ("", "peserta/"):
        shown = organiser.get(f"{ROOT}{batch.pk}/{page}").content.decode()
        assert "kind=roster" not in shown
        assert f'button--primary " href="{ROOT}{batch.pk}/sertifikat/"' in shown


def test_the_grade_book_groups_the_nip(organiser: Client) -> None:
    batch, people = marking.running_batch(1)
    nip = people[0].nip
    shown = organiser.get(f"{ROOT}{batch.pk}/nilai/").content.decode()
    assert f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" in shown


def test_names_are_indexed_in_the_order_of_a_search() -> None:
    assert ["name", "id"] in [index.fields for index in Participant._meta.indexes]
