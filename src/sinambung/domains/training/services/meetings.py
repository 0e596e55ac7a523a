"""The graduation meeting: prepared, decided person by person, frozen by a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    Decision,
    GraduationMeeting,
    MeetingState,
    Outcome,
)
from sinambung.domains.training.queries.proposals import Proposal, proposals_for
from sinambung.domains.training.services.own_participation import (
    own_employee_id,
    refuse_own_participation,
)
from sinambung.domains.training.services.subjects import batch_subject, participant_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused

DECIDED = (BatchState.DECIDED, BatchState.FINISHED)
LONGEST_NAME = 260
MOST_MEMBERS = 30


class MarksNotClosed(Refused):
    message = _("Tutup nilai lebih dahulu, lalu siapkan rapat kelulusan.")


class NobodyToDecide(Refused):
    message = _("Tidak ada peserta yang menunggu keputusan kelulusan.")


class MeetingAlreadyOpen(Refused):
    message = _("Rapat kelulusan yang disiapkan belum ditetapkan. Lanjutkan rapat itu.")


class MeetingIsFrozen(Refused):
    message = _("Keputusan rapat ini sudah ditetapkan dan tidak dapat diubah lagi.")


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """When, where and by whom the meeting is held; `members` are names with their positions."""

    held_on: dt.date
    chair: str
    place: str = ""
    members: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What the meeting decided of one participant.

    A reason is needed where it differs from the proposal; a postponed participant needs what is
    missing (the proposal's own list when empty) and a deadline.
    """

    participant_id: str
    outcome: str
    reason: str = ""
    missing: str = ""
    deadline: dt.date | None = None


@transaction.atomic
def prepare_meeting(
    *, batch_id: str, version: int | None, facts: MeetingFacts, by: Actor
) -> GraduationMeeting:
    """Open the next meeting of a batch: the first for everybody, a later one for the postponed."""
    batch = Batch.objects.select_related("edition").locked(batch_id, version=version)
    is_first = batch.state == BatchState.MARKS_CLOSED
    if not is_first and batch.state not in DECIDED:
        raise MarksNotClosed
    if GraduationMeeting.objects.filter(batch=batch, state=MeetingState.DRAFT).exists():
        raise MeetingAlreadyOpen
    if not proposals_for(batch, is_first=is_first):
        raise NobodyToDecide
    order = GraduationMeeting.objects.filter(batch=batch).count() + 1
    meeting = GraduationMeeting(batch=batch, order=order, prepared_by_id=by.id)
    _fill(meeting, facts)
    meeting.save(force_insert=True)
    audit.record(Trail.MEETING_PREPARED, batch_subject(batch), by=by, held_on=facts.held_on)
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting_id: str, version: int, facts: MeetingFacts, by: Actor
) -> GraduationMeeting:
    """Change date, place or people of a meeting that is not frozen."""
    meeting = locked_draft(meeting_id, version)
    _fill(meeting, facts)
    save_changed(meeting, ["held_on", "place", "chair", "members", "notes"])
    audit.record(Trail.MEETING_CHANGED, batch_subject(meeting.batch), by=by)
    return meeting


@transaction.atomic
def decide(
    *, meeting_id: str, version: int | None, decisions: Sequence[DecisionDraft], by: Actor
) -> GraduationMeeting:
    """Record what the meeting decided of some participants; all of it or nothing."""
    meeting = locked_draft(meeting_id, version)
    proposals = _proposals(meeting)
    present = {
        row.participant_id: row for row in Decision.objects.filter(meeting=meeting).order_by("pk")
    }
    for draft in decisions:
        proposal = proposals.get(draft.participant_id)
        if proposal is None:
            raise NotFound
        refuse_own_participation([proposal.participant], by)
        _record(meeting, proposal, draft, present.get(draft.participant_id), by)
    if by.id and by.id not in meeting.recorders:
        meeting.recorders = [*meeting.recorders, by.id]
    save_changed(meeting, ["recorders"])
    return meeting


def decide_as_proposed(
    *, meeting_id: str, version: int | None, deadline: dt.date | None, by: Actor
) -> GraduationMeeting:
    """Record the proposal as decision for everybody who has none yet, except oneself.

    `deadline` is until when postponed participants bring what is missing.
    """
    meeting = (
        GraduationMeeting.objects.select_related("batch__edition").filter(pk=meeting_id).first()
    )
    if meeting is None:
        raise NotFound
    own = own_employee_id(by)
    done = set(Decision.objects.filter(meeting=meeting).values_list("participant_id", flat=True))
    drafts = [
        DecisionDraft(
            participant_id=id,
            outcome=proposal.outcome,
            deadline=deadline if proposal.outcome == Outcome.POSTPONED else None,
        )
        for id, proposal in _proposals(meeting).items()
        if id not in done and (not own or proposal.participant.employee_id != own)
    ]
    return decide(meeting_id=meeting_id, version=version, decisions=drafts, by=by)


def locked_draft(meeting_id: str, version: int | None) -> GraduationMeeting:
    """Lock the batch and its meeting; refuse one that is frozen."""
    row = GraduationMeeting.objects.filter(pk=meeting_id).only("batch_id").first()
    if row is None:
        raise NotFound
    Batch.objects.locked(row.batch_id)
    meeting = GraduationMeeting.objects.select_related("batch__edition").locked(
        meeting_id, version=version
    )
    if meeting.state == MeetingState.FROZEN:
        raise MeetingIsFrozen
    return meeting


def _proposals(meeting: GraduationMeeting) -> dict[str, Proposal]:
    found = proposals_for(meeting.batch, is_first=meeting.order == 1)
    return {proposal.participant.pk: proposal for proposal in found}


def _fill(meeting: GraduationMeeting, facts: MeetingFacts) -> None:
    if not facts.chair.strip() or len(facts.chair) > LONGEST_NAME:
        raise Invalid(_("Isi nama ketua rapat."), field="chair")
    if facts.held_on < meeting.batch.starts_on:
        raise Invalid(_("Rapat tidak dapat diadakan sebelum angkatan dimulai."), field="held_on")
    members = [name.strip()[:LONGEST_NAME] for name in facts.members if name.strip()]
    if len(members) > MOST_MEMBERS:
        raise Invalid(_("Anggota rapat paling banyak 30 orang."), field="members")
    meeting.held_on = facts.held_on
    meeting.chair = facts.chair.strip()
    meeting.place = facts.place.strip()[:200]
    meeting.members = members
    meeting.notes = facts.notes.strip()[:5000]


def _record(
    meeting: GraduationMeeting,
    proposal: Proposal,
    draft: DecisionDraft,
    present: Decision | None,
    by: Actor,
) -> None:
    outcome, missing = _checked(meeting, proposal, draft)
    person = proposal.participant
    decision = present or Decision(meeting=meeting, participant=person)
    decision.outcome = outcome
    decision.proposed = proposal.outcome
    decision.proposal_reasons = list(proposal.reasons)
    decision.reason = draft.reason.strip()
    decision.missing = missing
    decision.deadline = draft.deadline if outcome == Outcome.POSTPONED else None
    if present is None:
        decision.save(force_insert=True)
    else:
        fields = ["outcome", "proposed", "proposal_reasons", "reason", "missing", "deadline"]
        save_changed(decision, fields)
    audit.record(
        Trail.DECISION_RECORDED,
        participant_subject(person),
        by=by,
        reason=decision.reason,
        outcome=str(outcome.label).lower(),
        proposed=str(proposal.outcome.label).lower(),
    )


def _checked(
    meeting: GraduationMeeting, proposal: Proposal, draft: DecisionDraft
) -> tuple[Outcome, str]:
    person = proposal.participant
    field = f"outcome-{person.pk}"
    if draft.outcome not in Outcome.values:
        raise Invalid(_("Pilih keputusan untuk %(name)s."), field=field, name=person.display_name)
    outcome = Outcome(draft.outcome)
    if outcome != proposal.outcome and not draft.reason.strip():
        raise Invalid(
            _("Keputusan untuk %(name)s berbeda dari usulan. Tulis alasannya."),
            field=field,
            name=person.display_name,
        )
    if outcome == Outcome.PASSED and not proposal.may_pass:
        raise Invalid(
            _("%(name)s belum dapat diluluskan: %(reason)s"),
            field=field,
            name=person.display_name,
            reason=" ".join(proposal.reasons),
        )
    if outcome != Outcome.POSTPONED:
        return outcome, ""
    missing = draft.missing.strip() or " ".join(proposal.missing)
    if not missing or draft.deadline is None or draft.deadline <= meeting.held_on:
        raise Invalid(
            _("Tulis apa yang belum dipenuhi %(name)s dan batas waktunya sesudah rapat."),
            field=field,
            name=person.display_name,
        )
    return outcome, missing
