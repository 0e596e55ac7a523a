"""Papers of a batch: roster, name tags, letters of assignment."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from pypdf import PdfReader

from sinambung.domains.training.models import Batch
from sinambung.domains.training.services import assignments, meetings
from sinambung.domains.training.services.freezing import freeze_meeting
from sinambung.domains.workforce.models import Employee
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> Client:
    return signed_in(build.staff("penyelenggara", Role.ORGANISER))


@pytest.fixture
def batch() -> Batch:
    return build.batch()


def printed(client: Client, batch: Batch, what: str, **asked: str) -> tuple[int, str]:
    answer = client.get(f"/pelatihan/angkatan/{batch.pk}/cetak/{what}/", asked)
    assert answer["Content-Type"] == "application/pdf", answer.content.decode()[:2000]
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return len(pages), " ".join(text.split())


def test_the_roster_names_everybody_with_nip(organiser: Client, batch: Batch) -> None:
    rows = build.participants(batch, 40)
    pages, text = printed(organiser, batch, "daftar-peserta")
    assert pages >= 2
    for row in rows:
        assert row.name in text
    assert "DAFTAR PESERTA PKP ANGKATAN IX" in text


def test_name_tags_are_eight_on_a_page(organiser: Client, batch: Batch) -> None:
    build.participants(batch, 17)
    pages, text = printed(organiser, batch, "tanda-nama")
    assert pages == 3
    assert "Contoh Nama 016" in text


def test_each_appointee_gets_a_letter_with_its_participants(
    organiser: Client, batch: Batch
) -> None:
    rows = [row.pk for row in build.participants(batch, 10)]
    for username, people in (("coach-a", rows[:5]), ("coach-b", rows[5:])):
        assignments.assign(
            batch_id=batch.pk,
            role=assignments.role_named("coach"),
            participant_ids=people,
            person_id=build.account(username).pk,
            on=build.DAY,
            by=build.SYSTEM,
        )
    pages, text = printed(
        organiser, batch, "surat-tugas", cetak="ya", to="pendamping", on="2026-08-01",
        number="800/1/BPSDM/2026", position="Kepala BPSDM", name="Nama #set <Contoh>",
    )  # fmt: skip
    assert pages == 2
    assert "Akun coach-a" in text
    assert "1 Agustus 2026" in text
    assert "Nama #set <Contoh>" in text
    pages, text = printed(
        organiser, batch, "surat-tugas", cetak="ya", to="peserta", on="2026-08-01"
    )
    assert pages == 1
    assert "Contoh Nama 009" in text


def test_a_wrong_letter_form_is_shown_again(organiser: Client, batch: Batch) -> None:
    url = f"/pelatihan/angkatan/{batch.pk}/cetak/surat-tugas/"
    assert organiser.get(url).status_code == 200
    assert organiser.get(url, {"cetak": "ya", "to": "peserta", "on": "x"}).status_code == 422


def test_there_is_nothing_to_print_before_anybody_is_accepted(
    organiser: Client, batch: Batch
) -> None:
    answer = organiser.get(f"/pelatihan/angkatan/{batch.pk}/cetak/daftar-peserta/")
    assert answer.status_code == 409
    assert "Belum ada peserta yang ditetapkan" in answer.content.decode()


def test_markup_in_names_is_printed_as_text(organiser: Client, batch: Batch) -> None:
    rows = build.participants(batch, 1)
    Employee.objects.filter(pk=rows[0].employee_id).update(name="#panic() *D'Contoh* $x$ <b>")
    from sinambung.domains.training.services.roster import RosterEntry, add_from_roster

    add_from_roster(batch_id=batch.pk, entries=[RosterEntry(rows[0].nip)], by=build.SYSTEM)
    _pages, text = printed(organiser, batch, "tanda-nama")
    assert "#panic() *D'Contoh* $x$ <b>" in text.replace("’", "'")


def test_the_minutes_say_what_was_decided_and_by_whom(organiser: Client) -> None:
    batch, people = marking.closed_batch(2)
    by = marking.actor_of(User.objects.get(username="penyelenggara"), Role.ORGANISER)
    meeting = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    draft = meetings.DecisionDraft(
        people[0].pk, "postponed", "Sakit.", "Laporan akhir", dt.date(2027, 1, 9)
    )
    meetings.decide(meeting_id=meeting.pk, version=None, decisions=[draft], by=by)
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    address = f"/pelatihan/rapat/{meeting.pk}/berita-acara/"
    assert "konsep" in text_of(organiser.get(address)).lower()
    freeze_meeting(meeting_id=meeting.pk, version=None, by=marking.head(), at=marking.AT)
    text = text_of(organiser.get(address))
    assert "konsep" not in text.lower()
    number = "1/BA-KELULUSAN/PKP.IX/XI/2026"
    said = ("Ketua Contoh", "Anggota Contoh", number, "Laporan akhir", "9 Januari 2027")
    for words in (*said, *(person.name for person in people), "Lulus", "Ditunda"):
        assert words in text


def text_of(answer: object) -> str:
    pages = PdfReader(io.BytesIO(answer.content)).pages  # type: ignore[attr-defined]
    return " ".join(" ".join(page.extract_text() for page in pages).split())
