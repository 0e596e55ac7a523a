"""Home: what waits, grouped by when it ends, for each kind of person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from sinambung.domains.training.models import AssignmentRole, Batch, ParticipantDocument
from sinambung.domains.training.services import meetings
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Card, Task
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from sinambung.portal.queries import home, sources
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

ON = dt.date(2026, 11, 26)
AT = dt.datetime(2026, 11, 26, 8, 18, tzinfo=dt.UTC)
ORGANISER = Actor(id="01J00000000000000000000000", name="Laksmi Anindita", roles=("Penyelenggara",))
PARTICIPANT = Actor(id="01J00000000000000000000000", name="Dr. Theresia Unyang, S.E.")


def task(days: int | None, title: str = "Periksa berkas") -> Task:
    due = None if days is None else ON + dt.timedelta(days=days)
    return Task(title, "/", "Tiga berkas menunggu.", due)


def test_tasks_stand_under_the_stretch_in_which_they_end() -> None:
    groups = home.grouped([task(None), task(9), task(7), task(1), task(0), task(-1)], on=ON)
    assert [(group.key, len(group.tasks)) for group in groups] == [
        ("late", 1),
        ("today", 1),
        ("week", 2),
        ("later", 2),
    ]


@given(st.lists(st.none() | st.integers(-400, 400)))
def test_no_task_is_lost_and_none_is_shown_twice(days: list[int | None]) -> None:
    groups = home.grouped([task(day, str(number)) for number, day in enumerate(days)], on=ON)
    shown = [row.title for group in groups for row in group.tasks]
    assert sorted(shown) == sorted(str(number) for number in range(len(days)))
    due = [row.due or dt.date.max for group in groups for row in group.tasks]
    assert due == sorted(due)


def test_the_lead_says_how_many_end_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "TASKS", (lambda actor, *, on: [task(0), task(-2), task(3)],))
    monkeypatch.setattr(sources, "CARDS", (lambda actor, *, on: [Card("PKP IX", "/")],))
    page = home.home_page(ORGANISER, at=AT)
    assert page.lead == "3 tugas, 2 di antaranya berakhir hari ini atau sudah lewat."
    assert page.figures[0].value == 2
    assert page.figures[0].note == "1 lagi minggu ini"


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(6, "Selamat pagi"), (12, "Selamat siang"), (15, "Selamat sore"), (20, "Selamat malam")],
)
def test_a_participant_is_greeted_by_name_and_time(
    db: None, monkeypatch: pytest.MonkeyPatch, hour: int, greeting: str
) -> None:
    monkeypatch.setattr(sources, "TASKS", ())
    monkeypatch.setattr(sources, "CARDS", ())
    at = dt.datetime(2026, 11, 26, hour - 7 if hour >= 7 else hour + 17, tzinfo=dt.UTC)
    assert home.home_page(PARTICIPANT, at=at).heading == f"{greeting}, Theresia"


def test_home_asks_to_sign_in_first(client: Client, db: None) -> None:
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.url.startswith("/masuk/")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home(db: None, batch: Batch, role: Role) -> None:
    answer = signed_in(build.staff("orang", role)).get("/")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Yang menunggu Anda hari ini" in html
    # Who has something to watch and nothing to do is not shown an empty list of tasks.
    watches = 'id="pengawasan"' in html
    assert watches == (role == Role.AUDITOR)
    assert watches != ('id="tugas"' in html)


def test_the_organiser_sees_running_batches(organiser_client: Client, batch: Batch) -> None:
    html = organiser_client.get("/").content.decode()
    assert batch.name in html
    assert f"/pelatihan/angkatan/{batch.pk}/" in html
    assert len(html) < 60_000
    for label in ("Tahap sekarang", "Peserta", "Nilai terisi", "Tanggal"):
        assert f"<dt>{label}</dt>" in html


def test_the_participant_sees_own_training_and_what_is_missing(
    participant_client: Client, batch: Batch
) -> None:
    html = participant_client.get("/").content.decode()
    assert batch.name in html
    assert f"Lengkapi berkas {batch.name}" in html
    assert "/jejak/saya/" in html


def test_the_number_of_queries_does_not_grow_with_participants(
    organiser_client: Client, batch: Batch
) -> None:
    build.participants(batch, 2)
    organiser_client.get("/")
    with CaptureQueriesContext(connection) as few:
        organiser_client.get("/")
    build.participants(batch, 20, start=2)
    with CaptureQueriesContext(connection) as more:
        organiser_client.get("/")
    assert len(more) == len(few)


def test_raters_find_whom_to_mark_on_their_home(db: None) -> None:
    batch, people = marking.running_batch(2)
    for role, name in (("examiner", "penguji"), ("mentor", "mentor"), ("coach", "coach")):
        marking.give_role(batch, people, AssignmentRole(role), name)
    for name in ("penguji", "coach"):
        html = signed_in(User.objects.get(username=name)).get("/").content.decode()
        assert f"Nilai peserta {batch.name}" in html
        assert "2 peserta belum Anda nilai." in html
    mentor = signed_in(User.objects.get(username="mentor")).get("/").content.decode()
    assert 'href="/pelatihan/menilai/"' in mentor


def test_leader_and_head_find_what_waits_in_their_batches(db: None) -> None:
    batch, _ = marking.closed_batch(2)
    meetings.prepare_meeting(
        batch_id=batch.pk,
        version=None,
        facts=marking.meeting_facts(),
        by=marking.actor_of(User.objects.get(username="penyelenggara-9"), Role.ORGANISER),
    )
    head = signed_in(build.staff("kepala", Role.HEAD_OF_TRAINING)).get("/").content.decode()
    assert f"Tetapkan kelulusan {batch.name}" in head
    late, _ = marking.running_batch(1, number=3, start=50)
    Batch.objects.filter(pk=late.pk).update(starts_on="2020-01-01", ends_on="2020-02-01")
    leader = signed_in(build.staff("pimpinan", Role.LEADER)).get("/").content.decode()
    assert "Pantau PKP Angkatan III" in leader
    assert "Lewat tenggat" in leader
    elsewhere = signed_in(build.staff("lain", Role.LEADER, unit_code="LAIN"))
    assert "Pantau" not in elsewhere.get("/").content.decode()


def test_a_leader_reads_how_batches_stand_and_what_waits_longest(db: None) -> None:
    batch = build.batch(number=9)
    person = build.participants(batch, 1)[0]
    ParticipantDocument.objects.create(
        participant=person, item="surat-tugas", file_id="", file_name="a.pdf", uploaded_at=AT
    )
    html = signed_in(build.staff("pimpinan", Role.LEADER)).get("/").content.decode()
    assert "Kelulusan" in html
    assert "Terlama belum selesai di angkatan" in html
    assert "1 berkas belum diperiksa, yang terlama sejak 26 November 2026." in html


def test_an_auditor_reads_the_state_of_the_trail_and_of_values(db: None) -> None:
    build.batch(number=9)
    html = signed_in(build.staff("pemeriksa", Role.AUDITOR)).get("/").content.decode()
    assert "Keutuhan jejak" in html
    assert "Belum pernah diperiksa." in html
    assert "0 nilai diubah setelah ditutup dalam 30 hari terakhir." in html
    assert "Terlama belum selesai di angkatan" not in html
