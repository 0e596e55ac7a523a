"""Whoever starts, marks or closes without coach, mentor or examiner is told who is missing."""

from __future__ import annotations

import pytest
from django.test import Client

from sinambung.domains.training.models import AssignmentRole, Batch, Participant
from sinambung.domains.training.queries.missing_raters import missing_raters
from sinambung.domains.training.queries.readiness import readiness
from sinambung.domains.training.services import batches
from sinambung.domains.training.services.mark_import import save_rows_of_marks
from sinambung.domains.training.services.marks import save_marks, save_rated_marks
from sinambung.platform.audit.models import Entry
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db
RATERS = (AssignmentRole.COACH, AssignmentRole.MENTOR, AssignmentRole.EXAMINER)


@pytest.fixture
def client() -> Client:
    return signed_in(build.staff("penyelenggara-web", Role.ORGANISER))


def staffed(batch: Batch, people: list[Participant]) -> None:
    for role in RATERS:
        marking.give_role(batch, people, role, f"{role}-uji")


def test_a_batch_without_raters_starts_only_with_a_reason(client: Client) -> None:
    batch = build.batch()
    build.participants(batch, 2)
    shown = client.get(f"/pelatihan/angkatan/{batch.pk}/").content.decode()
    assert "penguji untuk 2 peserta" in shown
    assert "Tetap mulai angkatan" in shown
    url = f"/pelatihan/angkatan/{batch.pk}/mulai/"
    assert client.post(url, {"version": 1}).status_code == 422
    assert client.post(url, {"version": 1, "reason": "Penguji menyusul"}).status_code == 302
    assert Entry.objects.get(action="training.batch_started").reason == "Penguji menyusul"


def test_a_batch_with_every_rater_starts_without_a_reason(client: Client) -> None:
    batch = build.batch()
    people = build.participants(batch, 2)
    staffed(batch, people)
    assert missing_raters(batch) == []
    assert "Tetap mulai" not in client.get(f"/pelatihan/angkatan/{batch.pk}/").content.decode()
    batches.start_batch(batch_id=batch.pk, version=None, by=build.SYSTEM)


def test_a_substitute_fills_the_seat_of_the_examiner() -> None:
    batch = build.batch()
    people = build.participants(batch, 2)
    staffed(batch, people[:1])
    for role in (*RATERS[:2], AssignmentRole.SUBSTITUTE_EXAMINER):
        marking.give_role(batch, people[1:], role, f"{role}-lain")
    assert missing_raters(batch) == []


def test_the_checklist_and_the_closing_page_count_who_is_missing(client: Client) -> None:
    batch, _people = marking.running_batch(2)
    seats = 2 * len(missing_raters(batch))
    details = [check.detail for check in readiness(batch.pk).checks]
    assert any(f"Penilai belum ditugaskan: {seats}" in detail for detail in details)
    page = client.get(f"/pelatihan/angkatan/{batch.pk}/nilai/tutup/").content.decode()
    assert f"<dt>Penilai belum ditugaskan</dt><dd>{seats} " in page


def notes() -> list[str]:
    rows = Entry.objects.filter(action="training.mark_saved").order_by("id")
    return list(rows.values_list("reason", flat=True))


def test_the_trail_says_on_whose_behalf_a_mark_was_written() -> None:
    batch, people = marking.running_batch(2)
    rater = marking.give_role(batch, people[:1], AssignmentRole.EXAMINER, "penguji-uji")
    organiser = marking.organiser()
    first = marking.changes(people[0], {"LAP@examiner": "80", "SKP": "81"})
    save_marks(batch_id=batch.pk, changes=first, by=organiser, at=marking.AT)
    rows = [marking.changes(people[1], {"LAP@examiner": "82"})]
    save_rows_of_marks(batch_id=batch.pk, rows=rows, by=organiser, at=marking.AT)
    again = marking.changes(people[0], {"LAP@examiner": "83"})
    save_rated_marks(batch_id=batch.pk, changes=again, by=rater, at=marking.AT, on=marking.ON)
    assert notes() == [
        f"Diisi atas nama penguji {rater.name}.",
        "",
        "Diisi tanpa penguji yang ditugaskan.",
        "",
    ]


def test_an_empty_form_of_marks_says_that_nothing_was_filled() -> None:
    batch, people = marking.running_batch(1)
    rater = marking.give_role(batch, people, AssignmentRole.EXAMINER, "penguji-uji")
    from sinambung.platform.identity.models import User

    client = signed_in(User.objects.get(pk=rater.id))
    url = f"/pelatihan/menilai/{people[0].pk}/"
    sent = {"mark-LAP@examiner": "", "version-LAP@examiner": "0"}
    shown = client.post(url, sent, follow=True).content.decode()
    assert "Belum ada nilai diisi." in shown
    assert "tersimpan" not in shown
    shown = client.post(url, {**sent, "mark-LAP@examiner": "85"}, follow=True).content.decode()
    assert f"Nilai {people[0].display_name} tersimpan." in shown


def test_a_conflict_with_oneself_names_the_other_window() -> None:
    from sinambung.platform.identity.models import User

    batch, people = marking.running_batch(1)
    rater = marking.give_role(batch, people, AssignmentRole.EXAMINER, "penguji-uji")
    client = signed_in(User.objects.get(pk=rater.id))
    url = f"/pelatihan/menilai/{people[0].pk}/"
    sent = {"version-LAP@examiner": "0"}
    client.post(url, {**sent, "mark-LAP@examiner": "85"})
    shown = client.post(url, {**sent, "mark-LAP@examiner": "86"}).content.decode()
    assert "Anda sudah menyimpan 85 di jendela lain" in shown
    assert f"{rater.name} sudah menyimpan" not in shown
