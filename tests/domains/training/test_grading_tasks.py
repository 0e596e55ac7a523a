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
from sinambung.platform.notices.models import Notice
from tests.domains.training import marking

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
