"""Reads about graduation meetings: the page of a meeting, its minutes."""

from __future__ import annotations

from dataclasses import dataclass

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    Decision,
    GraduationMeeting,
    MeetingState,
    Outcome,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.proposals import Proposal, proposals_for
from sinambung.domains.training.queries.readiness import Readiness, readiness
from sinambung.domains.training.queries.schemes import scheme_of

TONES = {
    Outcome.PASSED: "success",
    Outcome.POSTPONED: "warning",
    Outcome.FAILED: "danger",
    Outcome.WITHDRAWN: "",
    Outcome.DROPPED: "",
    Outcome.DECEASED: "",
}
OUTCOMES = tuple((choice.value, str(choice.label)) for choice in Outcome)


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One person in the meeting: what is proposed and, where recorded, what was decided."""

    participant: Participant
    proposal: Proposal | None
    decision: Decision | None
    is_moved: bool
    proposed: str
    proposed_label: str
    tone: str
    outcome: str
    outcome_label: str
    outcome_tone: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    batch: Batch
    meeting: GraduationMeeting
    lines: tuple[DecisionLine, ...]
    decided: int
    counts: tuple[tuple[str, int], ...]
    is_frozen: bool
    basis: tuple[object, ...]
    is_verified: bool

    @property
    def is_complete(self) -> bool:
        return self.decided == len(self.lines) and not any(line.is_moved for line in self.lines)


@dataclass(frozen=True, slots=True)
class MeetingsOverview:
    meetings: tuple[GraduationMeeting, ...]
    readiness: Readiness | None
    postponed: int
    may_prepare: bool


def meetings_overview(batch: Batch) -> MeetingsOverview:
    """Return the meetings of a batch, what the next one needs, and whether it may be prepared."""
    meetings = list(GraduationMeeting.objects.filter(batch=batch).order_by("-order"))
    decided = batch.state in (BatchState.DECIDED, BatchState.FINISHED)
    postponed = Participant.objects.filter(batch=batch, state=ParticipantState.POSTPONED).count()
    has_draft = any(meeting.state == MeetingState.DRAFT for meeting in meetings)
    return MeetingsOverview(
        meetings=tuple(meetings),
        readiness=None if decided else readiness(batch.pk),
        postponed=postponed if decided else 0,
        may_prepare=not has_draft
        and (batch.state == BatchState.MARKS_CLOSED or (decided and postponed > 0)),
    )


def meeting_page(meeting: GraduationMeeting) -> MeetingPage:
    """Return a meeting with everybody on its list; live proposals while it is not frozen."""
    batch = meeting.batch
    view = scheme_of(batch)
    frozen = meeting.state == MeetingState.FROZEN
    decisions = {
        row.participant_id: row
        for row in Decision.objects.filter(meeting=meeting)
        .select_related("participant")
        .order_by("participant__number")
    }
    if frozen:
        lines = tuple(_frozen_line(row) for row in decisions.values())
    else:
        found = proposals_for(batch, is_first=meeting.order == 1)
        lines = tuple(_line(item, decisions.get(item.participant.pk)) for item in found)
    counted = [
        (str(outcome.label), sum(line.outcome == outcome for line in lines)) for outcome in Outcome
    ]
    return MeetingPage(
        batch=batch,
        meeting=meeting,
        lines=lines,
        decided=sum(line.decision is not None for line in lines),
        counts=tuple((label, count) for label, count in counted if count),
        is_frozen=frozen,
        basis=view.scheme.basis,
        is_verified=view.grader.verified,
    )


def _line(proposal: Proposal, decision: Decision | None) -> DecisionLine:
    moved = decision is not None and (decision.proposed, decision.proposal_reasons) != (
        proposal.outcome,
        list(proposal.reasons),
    )
    outcome = Outcome(decision.outcome) if decision else None
    return DecisionLine(
        participant=proposal.participant,
        proposal=proposal,
        decision=decision,
        is_moved=moved,
        proposed=proposal.outcome,
        proposed_label=str(proposal.outcome.label),
        tone=TONES[proposal.outcome],
        outcome=outcome or "",
        outcome_label=str(outcome.label) if outcome else "",
        outcome_tone=TONES[outcome] if outcome else "",
    )


def _frozen_line(decision: Decision) -> DecisionLine:
    outcome, proposed = Outcome(decision.outcome), Outcome(decision.proposed)
    return DecisionLine(
        participant=decision.participant,
        proposal=None,
        decision=decision,
        is_moved=False,
        proposed=proposed,
        proposed_label=str(proposed.label),
        tone=TONES[proposed],
        outcome=outcome,
        outcome_label=str(outcome.label),
        outcome_tone=TONES[outcome],
    )
