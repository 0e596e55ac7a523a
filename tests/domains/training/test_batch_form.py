"""Creating a batch: choosing the edition and the host, and everything wrong named at once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sinambung.domains.training.models import Batch
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.domains.training.test_batch_pages import form
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db
NEW = "/pelatihan/angkatan/baru/"


@pytest.fixture
def organiser() -> Client:
    return signed_in(build.staff("penyelenggara", Role.ORGANISER))


def test_everything_wrong_is_named_at_once_beside_its_field(organiser: Client) -> None:
    wrong = form(
        number="abc", ends_on="2026-01-01", name="x" * 580, load_minimum=50, coach_load_maximum=10
    )
    wrong["stage-belajar-end"] = "2026-01-01"
    answer = organiser.post(f"{NEW}?edisi={build.edition().pk}", wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    summary = shown[shown.index("<error-summary>") : shown.index("</error-summary>")]
    fields = ("id_number", "id_ends_on", "id_name", "id_load_minimum", "id_stage-belajar")
    for field in fields:
        assert f'href="#{field}"' in summary
        assert f'id="{field}_error"' in shown
    assert not Batch.objects.exists()


def test_a_number_out_of_range_is_said_with_the_rest(organiser: Client) -> None:
    wrong = form(number="1000", quota=0)
    shown = organiser.post(f"{NEW}?edisi={build.edition().pk}", wrong).content.decode()
    assert "Nomor angkatan dari 1 sampai 999." in shown
    assert 'id="id_quota_error"' in shown


def test_going_on_without_an_edition_is_answered_with_a_sentence(organiser: Client) -> None:
    build.edition()
    assert "Belum ada edisi yang dipilih" not in organiser.get(NEW).content.decode()
    assert "Belum ada edisi yang dipilih" in organiser.get(f"{NEW}?lanjut=1").content.decode()


def test_editions_are_grouped_by_kind_and_say_what_cannot_grade(organiser: Client) -> None:
    build.edition("pkp-contoh")
    lacking = build.edition("pka-2023")
    shown = organiser.get(NEW).content.decode()
    assert re.search(r"<legend[^>]*>Manajerial</legend>", shown)
    assert "PKP, Pelatihan Kepemimpinan Pengawas" in shown
    assert shown.count("Bobot belum dimasukkan: belum dapat dipakai menilai.") == 1
    assert f'href="/regulasi/{lacking.key}/"' in shown


def test_only_agencies_within_reach_may_host(organiser: Client) -> None:
    other = build.unit("KAB")
    build.unit("BKPSDM", parent=other, name="Badan di luar jangkauan")
    own = build.unit("BPSDM", parent=build.unit(), name="Badan sendiri")
    shown = organiser.get(f"{NEW}?edisi={build.edition().pk}").content.decode()
    assert f'<option value="{own.pk}"' in shown
    assert "Badan di luar jangkauan" not in shown
    assert f'value="{build.unit().pk}"' not in shown


def test_many_hosts_are_found_by_typing_their_name(organiser: Client) -> None:
    for number in range(16):
        build.unit(f"OPD{number}", parent=build.unit(), name=f"Dinas Contoh {number}")
    url = f"{NEW}?edisi={build.edition().pk}"
    assert '<option value="Dinas Contoh 7">' in organiser.get(url).content.decode()
    assert organiser.post(url, form(host="Dinas")).status_code == 422
    assert organiser.post(url, form(host="dinas contoh 7")).status_code == 302
    assert Batch.objects.get().host.name == "Dinas Contoh 7"
