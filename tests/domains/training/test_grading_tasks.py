"""What waits on whose desk between the first mark and the certificates."""

from __future__ import annotations

import datetime as dt

import pytest

from sinambung.domains.training.models import AssignmentRole
from sinambung.domains.training.queries import tasks_for
from sinambung.domains.training.services import conduct, mark_changes, meetings
from sinambung.domains.training.services.freezing import freeze_meeting
from sinambung.domains.training.services.marks import save_marks
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from sinambung.platform.notices.models import Notice
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db


def titles(actor: Actor, on: dt.date = marking.ON) -> list[str]:
    return [task.title for task in tasks_for(actor, on=on)]


def test_raters_are_told_what_they_have_not_marked_and_what_to_mark_again() -> None:
    batch, (person, _) = marking.running_batch(2)
    by = marking.organiser()
    examiner = marking.give_role(batch, [person], AssignmentRole.EXAMINER, "penguji")
    coach = marking.give_role(batch, [person], AssignmentRole.COACH, "coach")
    assert titles(examiner) == ["Nilai peserta PKP Angkatan IX"]
    marks = {"LAP@examiner": "92", "LAP@coach": "76,5"}
    save_marks(batch_id=batch.pk, changes=marking.changes(person, marks), by=by, at=marking.AT)
    for rater in (examiner, coach):
        assert titles(rater) == ["Nilai ulang peserta PKP Angkatan IX"]
    assert person.display_name in tasks_for(coach, on=marking.ON)[0].reason
    told = Notice.objects.filter(text__contains="15,5").values_list("user_id", flat=True)
    assert set(told) == {examiner.id, coach.id}


def test_each_step_to_the_certificates_waits_for_the_one_who_may_take_it() -> None:
    by, head = marking.organiser(), marking.head()
    batch, people = marking.running_batch(2)
    marking.fill(batch, people, by=by)
    marking.attend(batch, people)
    assert "Lengkapi dan tutup nilai PKP Angkatan IX" in titles(by)
    marking.close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT)
    assert "Siapkan rapat kelulusan PKP Angkatan IX" in titles(by)
    change = mark_changes.propose_mark_change(
        participant_id=people[0].pk, cell="RAP", after="90", reason="Salah.", by=by, at=marking.AT
    )
    assert titles(head) == ["Putuskan perubahan nilai PKP Angkatan IX"]
    mark_changes.confirm_mark_change(change_id=change.pk, version=None, by=head, at=marking.AT)
    meeting = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    assert titles(head) == ["Tetapkan kelulusan PKP Angkatan IX"]
    freeze_meeting(meeting_id=meeting.pk, version=None, by=head, at=marking.AT)
    assert "Terbitkan sertifikat PKP Angkatan IX" in titles(by)


def test_a_participant_is_asked_to_answer_a_note() -> None:
    _, (person,) = marking.running_batch(1)
    conduct.note_conduct(
        participant_id=person.pk,
        kind="light",
        text="Terlambat.",
        noted_on=dt.date(2026, 9, 1),
        by=marking.organiser(),
        at=marking.AT,
    )
    own = Actor(id=person.employee.account_id or "", name=person.display_name)
    assert "Tanggapi catatan sikap PKP Angkatan IX" in titles(own)


def test_the_organiser_is_told_how_many_marks_are_missing_and_whose_they_are() -> None:
    batch, people = marking.running_batch(3)
    by = marking.organiser()
    marking.give_role(batch, people[:2], AssignmentRole.EXAMINER, "penguji")
    marking.fill(batch, people[:1], by=by)
    some = {"LAP@examiner": "85", "RAP": "80"}
    changes = marking.changes(people[1], some)
    save_marks(batch_id=batch.pk, changes=changes, by=by, at=marking.AT)
    (task,) = [t for t in tasks_for(by, on=marking.ON) if t.title.startswith("Lengkapi")]
    # 10 cells: person 2 lacks 7 of the organiser and the coach's, person 3 lacks everything.
    assert task.reason == ("18 nilai belum diisi: penyelenggara (15), belum ada penilai (3).")
    marking.give_role(batch, people[2:], AssignmentRole.EXAMINER, "penguji-dua")
    marking.give_role(batch, people, AssignmentRole.COACH, "coach")
    (task,) = [t for t in tasks_for(by, on=marking.ON) if t.title.startswith("Lengkapi")]
    assert task.reason == (
        "18 nilai belum diisi: Akun coach (2), Akun penguji-dua (1), penyelenggara (15)."
    )
    marking.fill(batch, people[1:], by=by)
    (task,) = [t for t in tasks_for(by, on=marking.ON) if t.title.startswith("Lengkapi")]
    assert task.reason == "Semua nilai terisi; nilai belum ditutup."


def test_a_substitute_who_marked_leaves_the_examiner_nothing_to_owe() -> None:
    batch, (person,) = marking.running_batch(1)
    by = marking.organiser()
    marking.give_role(batch, [person], AssignmentRole.EXAMINER, "penguji")
    marks = {"LAP@substitute_examiner": "85"}
    save_marks(batch_id=batch.pk, changes=marking.changes(person, marks), by=by, at=marking.AT)
    (task,) = [t for t in tasks_for(by, on=marking.ON) if t.title.startswith("Lengkapi")]
    assert "penguji" not in task.reason


def test_remarking_that_waits_names_participant_and_raters() -> None:
    batch, (person, _) = marking.running_batch(2)
    by = marking.organiser()
    marking.give_role(batch, [person], AssignmentRole.EXAMINER, "penguji")
    marking.give_role(batch, [person], AssignmentRole.COACH, "coach")
    marks = {"LAP@examiner": "92", "LAP@coach": "76,5"}
    save_marks(batch_id=batch.pk, changes=marking.changes(person, marks), by=by, at=marking.AT)
    (task,) = [t for t in tasks_for(by, on=marking.ON) if "penilaian ulang" in t.title]
    assert task.href == f"/pelatihan/angkatan/{batch.pk}/nilai/penilai/"
    assert task.reason == (
        f"Selisih nilai {person.display_name} terlalu besar; menunggu Akun coach, Akun penguji."
    )
    assert "Pantau penilaian ulang PKP Angkatan IX" not in titles(
        marking.actor_of(build.staff("lain", Role.ORGANISER, unit_code="LAIN"))
    )


def test_a_meeting_waits_to_be_held_until_everybody_is_decided() -> None:
    by = marking.organiser()
    batch, _ = marking.closed_batch(2, by=by)
    meeting = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    (task,) = tasks_for(by, on=marking.ON)
    assert task.title == "Adakan rapat kelulusan PKP Angkatan IX"
    assert task.reason == "Keputusan untuk 2 peserta belum dicatat."
    assert (task.due, task.href) == (meeting.held_on, f"/pelatihan/rapat/{meeting.pk}/")
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    assert titles(by) == []


def test_people_who_are_postponed_wait_until_their_deadline() -> None:
    by = marking.organiser()
    batch, people = marking.closed_batch(2, by=by)
    meeting = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    draft = meetings.DecisionDraft(
        people[0].pk, "postponed", reason="Sakit.", missing="Laporan.", deadline=dt.date(2027, 1, 9)
    )
    meetings.decide(meeting_id=meeting.pk, version=None, decisions=[draft], by=by)
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    freeze_meeting(meeting_id=meeting.pk, version=None, by=marking.head(), at=marking.AT)
    found = {task.title: task for task in tasks_for(by, on=marking.ON)}
    assert found["Selesaikan peserta tertunda PKP Angkatan IX"].due == dt.date(2027, 1, 9)
    meetings.prepare_meeting(batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by)
    assert "Adakan rapat kelulusan PKP Angkatan IX" in titles(by)
    assert "Selesaikan peserta tertunda PKP Angkatan IX" not in titles(by)


def test_a_batch_whose_day_has_come_waits_to_be_started() -> None:
    batch = build.batch()
    by = marking.organiser()
    assert titles(by, build.DAY) == []
    build.participants(batch, 1)
    assert titles(by, build.DAY) == ["Mulai PKP Angkatan IX"]
    assert titles(by, build.DAY - dt.timedelta(days=1)) == []


def test_who_only_watches_is_told_of_a_batch_that_should_have_ended() -> None:
    batch, _ = marking.running_batch(1)
    leader = marking.actor_of(build.staff("pimpinan", Role.LEADER), Role.LEADER)
    assert titles(leader, batch.ends_on) == []
    assert titles(leader, batch.ends_on + dt.timedelta(days=1)) == ["Pantau PKP Angkatan IX"]


def test_the_way_to_marking_is_in_the_navigation_of_raters_only() -> None:
    batch, people = marking.running_batch(1)
    marking.give_role(batch, people, AssignmentRole.MENTOR, "mentor")
    link = 'href="/pelatihan/menilai/"'
    assert link in signed_in(User.objects.get(username="mentor")).get("/").content.decode()
    other = signed_in(build.account("orang")).get("/").content.decode()
    assert link not in other
