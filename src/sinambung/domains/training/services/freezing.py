"""Freezing the decisions of a graduation meeting: from then on nothing of them changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    Decision,
    GraduationMeeting,
    MarkChange,
    MarkChangeState,
    MeetingState,
    Outcome,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.proposals import Proposal, proposals_for
from sinambung.domains.training.services.meetings import locked_draft
from sinambung.domains.training.services.own_participation import refuse_own_participation
from sinambung.domains.training.services.subjects import batch_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Forbidden, Refused
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.notices.services import notify
from sinambung.platform.numbering import services as numbering
from sinambung.pure.rulebook.letter_numbers import to_roman

MINUTES_PATTERN = "{urut}/BA-KELULUSAN/{program}.{angkatan}/{bulan_romawi}/{tahun}"
STATES = {
    Outcome.PASSED: ParticipantState.PASSED,
    Outcome.POSTPONED: ParticipantState.POSTPONED,
    Outcome.FAILED: ParticipantState.FAILED,
    Outcome.WITHDRAWN: ParticipantState.WITHDRAWN,
    Outcome.DROPPED: ParticipantState.DROPPED,
    Outcome.DECEASED: ParticipantState.DECEASED,
}


class SamePerson(Refused):
    message = _(
        "Anda menyiapkan rapat ini atau mencatat keputusannya. "
        "Orang lain yang berwenang harus menetapkannya."
    )


class NotEverybodyDecided(Refused):
    message = _("Belum ada keputusan untuk %(names)s.")


class ProposalsMoved(Refused):
    message = _(
        "Usulan untuk %(names)s berubah sejak keputusannya dicatat. Catat keputusannya lagi."
    )


class ChangesAreOpen(Refused):
    message = _("Masih ada usulan perubahan nilai yang belum diputuskan. Putuskan lebih dahulu.")


@transaction.atomic
def freeze_meeting(
    *, meeting_id: str, version: int | None, by: Actor, at: dt.datetime
) -> GraduationMeeting:
    """Make the decisions final, number the minutes and release the marks to the participants.

    Needs somebody who decides on graduation and neither prepared nor recorded the meeting.
    """
    meeting = locked_draft(meeting_id, version)
    if not by.may(Capability.DECIDE_GRADUATION):
        raise Forbidden
    if by.id in {meeting.prepared_by_id, *meeting.recorders}:
        raise SamePerson
    batch = meeting.batch
    if MarkChange.objects.filter(participant__batch=batch, state=MarkChangeState.PROPOSED).exists():
        raise ChangesAreOpen
    decisions = _complete_decisions(meeting)
    refuse_own_participation([decision.participant for decision in decisions], by)
    _fix(decisions, is_first=meeting.order == 1)
    meeting.state = MeetingState.FROZEN
    meeting.frozen_at = at
    meeting.frozen_by_id = by.id or None
    meeting.minutes_number = _minutes_number(meeting, batch)
    save_changed(meeting, ["state", "frozen_at", "frozen_by", "minutes_number"])
    if batch.state == BatchState.MARKS_CLOSED:
        batch.state = BatchState.DECIDED
        save_changed(batch, ["state"])
    _tell_participants(decisions, by, at)
    passed = sum(1 for decision in decisions if decision.outcome == Outcome.PASSED)
    audit.record(
        Trail.MEETING_FROZEN,
        batch_subject(batch),
        by=by,
        passed=passed,
        total=len(decisions),
        minutes=meeting.minutes_number,
    )
    return meeting


def _complete_decisions(meeting: GraduationMeeting) -> list[Decision]:
    """Return a decision for everybody; refuse when one is absent or rests on an old proposal."""
    proposals = {
        proposal.participant.pk: proposal
        for proposal in proposals_for(meeting.batch, is_first=meeting.order == 1)
    }
    rows = {
        row.participant_id: row
        for row in Decision.objects.filter(meeting=meeting).select_related("participant")
    }
    absent = [p.participant.display_name for id, p in proposals.items() if id not in rows]
    if absent:
        raise NotEverybodyDecided(names=", ".join(absent))
    moved = [
        proposal.participant.display_name
        for id, proposal in proposals.items()
        if _moved(rows[id], proposal)
    ]
    if moved:
        raise ProposalsMoved(names=", ".join(moved))
    chosen = [rows[id] for id in proposals]
    _take_grades(chosen, proposals)
    return chosen


def _moved(decision: Decision, proposal: Proposal) -> bool:
    return (decision.proposed, decision.proposal_reasons) != (
        proposal.outcome,
        list(proposal.reasons),
    )


def _take_grades(decisions: list[Decision], proposals: Mapping[str, Proposal]) -> None:
    for decision in decisions:
        proposal = proposals[decision.participant_id]
        decision.grade = proposal.grade
        decision.distinction = proposal.distinction
        decision.place = proposal.place


def _fix(decisions: list[Decision], *, is_first: bool) -> None:
    """Write grade, place and state; places count only those who passed in the first meeting."""
    passed = [d.place for d in decisions if d.outcome == Outcome.PASSED and d.place is not None]
    for decision in decisions:
        place = decision.place if decision.outcome == Outcome.PASSED and is_first else None
        decision.place = None if place is None else 1 + sum(other < place for other in passed)
        save_changed(decision, ["grade", "distinction", "place"])
        person = decision.participant
        state = STATES[Outcome(decision.outcome)]
        if person.state != state:
            person.state = state
            person.state_reason = decision.reason or decision.missing or person.state_reason
            save_changed(person, ["state", "state_reason"])


def _tell_participants(decisions: list[Decision], by: Actor, at: dt.datetime) -> None:
    """Tell everybody who has an account that the decision and the marks may be read now."""
    rows = Participant.objects.filter(pk__in=[decision.participant_id for decision in decisions])
    for id, account_id in rows.order_by("number").values_list("pk", "employee__account_id"):
        notify(
            user_ids=[account_id or ""],
            text=say("Keputusan kelulusan dan nilai Anda sudah dapat dibaca."),
            link=f"/pelatihan/saya/{id}/nilai/",
            by=by,
            at=at,
        )


def _minutes_number(meeting: GraduationMeeting, batch: Batch) -> str:
    values = {"program": batch.programme.code, "angkatan": to_roman(batch.number)}
    (number,) = numbering.allocate(
        code=f"berita-acara-kelulusan-{batch.host_id}",
        pattern=MINUTES_PATTERN,
        values=values,
        subject_kind="graduation_meeting",
        subject_ids=[meeting.pk],
        on=meeting.held_on,
    )
    return number.text
