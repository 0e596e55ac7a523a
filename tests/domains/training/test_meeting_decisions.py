"""The graduation meeting: proposals with reasons, decisions, freezing by a second person."""

from __future__ import annotations

import datetime as dt

import pytest

from sinambung.domains.training.models import (
    BatchState,
    Decision,
    GraduationMeeting,
    Outcome,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.proposals import proposals_for
from sinambung.domains.training.services import freezing, meetings
from sinambung.domains.training.services.closing import close_marks
from sinambung.domains.training.services.mark_changes import (
    confirm_mark_change,
    propose_mark_change,
)
from sinambung.domains.training.services.marks import save_marks
from sinambung.domains.training.services.meetings import DecisionDraft
from sinambung.domains.training.services.participants import record_leaving
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import ChangedMeanwhile, Forbidden, Invalid, NotFound
from tests.domains.training import marking

pytestmark = pytest.mark.django_db
DEADLINE = dt.date(2026, 12, 31)


def prepared(count: int = 4) -> tuple[GraduationMeeting, list[Participant], Actor]:
    by = marking.organiser()
    batch, people = marking.closed_batch(count, by=by)
    meeting = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    return meeting, people, by


def decide(meeting: GraduationMeeting, by: Actor, *drafts: DecisionDraft) -> GraduationMeeting:
    return meetings.decide(meeting_id=meeting.pk, version=None, decisions=drafts, by=by)


def test_proposals_rest_on_grade_attendance_papers_and_leaving() -> None:
    by = marking.organiser()
    batch, people = marking.running_batch(7)
    marking.fill(batch, people, by=by)
    failing = marking.changes(people[1], dict.fromkeys(marking.CELLS, "65"))
    gap = marking.changes(people[2], {"RAP": ""})
    save_marks(batch_id=batch.pk, changes=[*failing, *gap], by=by, at=marking.AT)
    marking.attend(batch, people)
    marking.attend(batch, people[3:4], share=84)
    Participant.objects.filter(pk=people[4].pk).update(confirmed_items=[])
    person = Participant.objects.get(pk=people[5].pk)
    record_leaving(
        participant_id=person.pk,
        version=person.version,
        state=ParticipantState.DECEASED,
        reason="Wafat 1 November 2026.",
        by=by,
    )
    Participant.objects.filter(pk=people[6].pk).update(lesson_hours_attended=None)
    close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT, accept_incomplete=True)
    batch.refresh_from_db()
    found = proposals_for(batch)
    assert [proposal.outcome for proposal in found] == [
        Outcome.PASSED,
        Outcome.FAILED,
        Outcome.POSTPONED,
        Outcome.POSTPONED,
        Outcome.POSTPONED,
        Outcome.DECEASED,
        Outcome.POSTPONED,
    ]
    assert "belum dinilai" in found[2].missing[0]
    assert "84%" in found[3].missing[0]
    assert "85" in found[3].missing[0]
    assert "Pas foto" in found[4].missing[0]
    assert found[5].reasons == ("Wafat 1 November 2026.",)
    assert "belum dicatat" in found[6].missing[0]


def test_attendance_of_exactly_the_minimum_is_enough() -> None:
    batch, people = marking.closed_batch(1)
    marking.attend(batch, people, share=85)
    assert proposals_for(batch)[0].outcome == Outcome.PASSED


def test_no_meeting_before_the_marks_are_closed_and_no_second_one_beside() -> None:
    batch, _ = marking.running_batch(1, number=20, start=60)
    by = marking.organiser("awal")
    with pytest.raises(meetings.MarksNotClosed):
        meetings.prepare_meeting(
            batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
        )
    meeting, _, by = prepared()
    with pytest.raises(meetings.MeetingAlreadyOpen):
        meetings.prepare_meeting(
            batch_id=meeting.batch_id, version=None, facts=marking.meeting_facts(), by=by
        )


def test_a_decision_against_the_proposal_needs_a_reason() -> None:
    meeting, people, by = prepared()
    with pytest.raises(Invalid, match="alasan"):
        decide(meeting, by, DecisionDraft(people[0].pk, "failed"))
    decide(meeting, by, DecisionDraft(people[0].pk, "failed", reason="Memalsukan laporan."))
    decision = Decision.objects.get()
    assert (decision.outcome, decision.proposed) == ("failed", "passed")


def test_a_postponed_participant_needs_what_is_missing_and_until_when() -> None:
    meeting, people, by = prepared()
    id = people[0].pk
    for draft in (
        DecisionDraft(id, "postponed", reason="Ada laporan."),
        DecisionDraft(id, "postponed", reason="Ada laporan.", missing="Laporan akhir"),
        DecisionDraft(id, "postponed", "Ada laporan.", "Laporan akhir", marking.ON),
    ):
        with pytest.raises(Invalid):
            decide(meeting, by, draft)
    decide(meeting, by, DecisionDraft(id, "postponed", "Ada laporan.", "Laporan akhir", DEADLINE))


def test_nobody_passes_without_a_passing_grade_whatever_the_reason() -> None:
    by = marking.organiser()
    batch, people = marking.running_batch(2)
    marking.fill(batch, people, by=by)
    marking.attend(batch, people)
    save_marks(
        batch_id=batch.pk,
        changes=[
            *marking.changes(people[0], {"RAP": ""}),
            *marking.changes(people[1], dict.fromkeys(marking.CELLS, "60")),
        ],
        by=by,
        at=marking.AT,
    )
    close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT, accept_incomplete=True)
    meeting = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    for person in people:
        with pytest.raises(Invalid, match="belum dapat diluluskan"):
            decide(meeting, by, DecisionDraft(person.pk, "passed", reason="Kasihan."))


def test_an_unknown_outcome_or_a_stranger_is_refused() -> None:
    meeting, people, by = prepared()
    _, (stranger, *_) = marking.running_batch(1, number=20, start=60)
    with pytest.raises(Invalid):
        decide(meeting, by, DecisionDraft(people[0].pk, "naik-kelas"))
    with pytest.raises(NotFound):
        decide(meeting, by, DecisionDraft(stranger.pk, "passed"))


def test_a_stale_form_of_decisions_is_refused() -> None:
    meeting, people, by = prepared()
    decide(meeting, by, DecisionDraft(people[0].pk, "passed"))
    with pytest.raises(ChangedMeanwhile):
        meetings.decide(meeting_id=meeting.pk, version=meeting.version, decisions=[], by=by)


def test_only_a_second_capable_person_freezes_and_only_when_everybody_is_decided() -> None:
    meeting, people, by = prepared()
    head = marking.head()
    decide(meeting, by, DecisionDraft(people[0].pk, "passed"))
    with pytest.raises(freezing.NotEverybodyDecided) as refusal:
        freeze(meeting, head)
    assert people[1].display_name in refusal.value.sentence
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=DEADLINE, by=by)
    with pytest.raises(Forbidden):
        freeze(meeting, by)
    recorder = marking.head("kepala-mencatat")
    decide(meeting, recorder, DecisionDraft(people[0].pk, "passed"))
    with pytest.raises(freezing.SamePerson):
        freeze(meeting, recorder)
    freeze(meeting, head)
    meeting.refresh_from_db()
    assert meeting.state == "frozen"
    assert meeting.minutes_number.startswith("1/BA-KELULUSAN/PKP.IX/XI/2026")
    assert meeting.batch.state == BatchState.DECIDED
    assert set(Participant.objects.values_list("state", flat=True)) == {"passed"}
    assert Decision.objects.filter(grade="").count() == 0


def test_after_freezing_nothing_changes() -> None:
    batch, people = marking.decided_batch()
    meeting = GraduationMeeting.objects.get()
    by = marking.organiser()
    with pytest.raises(meetings.MeetingIsFrozen):
        decide(meeting, by, DecisionDraft(people[0].pk, "failed", reason="Berubah."))
    with pytest.raises(meetings.MeetingIsFrozen):
        meetings.change_meeting(
            meeting_id=meeting.pk, version=meeting.version, facts=marking.meeting_facts(), by=by
        )
    with pytest.raises(meetings.MeetingIsFrozen):
        freeze(meeting, marking.head("lain"))
    with pytest.raises(meetings.NobodyToDecide):
        meetings.prepare_meeting(
            batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
        )


def test_a_proposal_that_moved_after_deciding_stops_the_freezing() -> None:
    meeting, people, by = prepared()
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    change = propose_mark_change(
        participant_id=people[0].pk, cell="RAP", after="99", reason="Salah.", by=by, at=marking.AT
    )
    head = marking.head()
    with pytest.raises(freezing.ChangesAreOpen):
        freeze(meeting, head)
    confirm_mark_change(change_id=change.pk, version=None, by=head, at=marking.AT)
    with pytest.raises(freezing.ProposalsMoved) as refusal:
        freeze(meeting, head)
    assert people[0].display_name in refusal.value.sentence
    decide(meeting, by, DecisionDraft(people[0].pk, "passed"))
    freeze(meeting, head)


def test_a_later_meeting_resolves_who_was_postponed() -> None:
    meeting, people, by = prepared()
    late = people[0].pk
    decide(
        meeting, by, DecisionDraft(late, "postponed", "Laporan kurang.", "Laporan akhir", DEADLINE)
    )
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    head = marking.head()
    freeze(meeting, head)
    change = propose_mark_change(
        participant_id=late, cell="RAP", after="90", reason="Laporan diterima.", by=by,
        at=marking.AT,
    )  # fmt: skip
    confirm_mark_change(change_id=change.pk, version=None, by=head, at=marking.AT)
    second = meetings.prepare_meeting(
        batch_id=meeting.batch_id,
        version=None,
        facts=marking.meeting_facts(dt.date(2026, 12, 20)),
        by=by,
    )
    assert second.order == 2
    meetings.decide_as_proposed(meeting_id=second.pk, version=None, deadline=None, by=by)
    freeze(second, head)
    person = Participant.objects.get(pk=late)
    assert person.state == ParticipantState.PASSED
    resolved = Decision.objects.get(meeting=second)
    assert (resolved.outcome, resolved.place) == ("passed", None)
    assert Decision.objects.get(meeting=meeting, participant=late).outcome == "postponed"
    assert sorted(
        Decision.objects.filter(meeting=meeting, outcome="passed").values_list("place", flat=True)
    ) == [1, 1, 1]


@pytest.mark.parametrize("state", ["withdrawn", "dropped", "deceased"])
def test_who_left_is_decided_as_they_left_and_never_passes(state: str) -> None:
    by = marking.organiser()
    batch, people = marking.running_batch(2)
    marking.fill(batch, people, by=by)
    marking.attend(batch, people)
    record_leaving(
        participant_id=people[0].pk, version=None, state=state, reason="Surat 7 November.", by=by
    )
    close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT)
    meeting = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    with pytest.raises(Invalid):
        decide(meeting, by, DecisionDraft(people[0].pk, "passed", reason="Kasihan."))
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    freeze(meeting, marking.head())
    decision = Decision.objects.get(participant=people[0])
    assert (decision.outcome, decision.place) == (state, None)
    assert Participant.objects.get(pk=people[0].pk).state == state
    assert Participant.objects.get(pk=people[1].pk).state == ParticipantState.PASSED


def freeze(meeting: GraduationMeeting, by: Actor) -> GraduationMeeting:
    return freezing.freeze_meeting(meeting_id=meeting.pk, version=None, by=by, at=marking.AT)
