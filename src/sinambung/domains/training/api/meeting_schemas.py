"""What enters and leaves the API about graduation meetings and certificates."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from sinambung.domains.training.api.grading_schemas import (
    Id,
    Line,
    NamedParticipant,
    Text,
    Version,
)
from sinambung.domains.training.services.meetings import DecisionDraft, MeetingFacts


class MeetingIn(Schema):
    """`version` is the batch's when preparing, the meeting's when changing."""

    version: Version
    held_on: dt.date
    chair: Line
    place: Line = ""
    members: Annotated[list[Line], Field(max_length=30)] = []
    notes: Text = ""

    def facts(self) -> MeetingFacts:
        return MeetingFacts(
            held_on=self.held_on,
            chair=self.chair,
            place=self.place,
            members=tuple(self.members),
            notes=self.notes,
        )


class DecisionIn(Schema):
    participant_id: Id
    outcome: Line
    reason: Text = ""
    missing: Text = ""
    deadline: dt.date | None = None

    def draft(self) -> DecisionDraft:
        return DecisionDraft(
            self.participant_id, self.outcome, self.reason, self.missing, self.deadline
        )


class DecisionsIn(Schema):
    version: Version
    decisions: Annotated[list[DecisionIn], Field(max_length=2_000)]


class ProposalsIn(Schema):
    version: Version
    deadline: dt.date | None = None


class MeetingCheckOut(Schema):
    title: str
    detail: str
    is_met: bool


class MeetingOut(Schema):
    id: str
    version: int
    batch_id: str
    order: int
    held_on: dt.date
    place: str
    chair: str
    members: list[str]
    state: str
    minutes_number: str
    frozen_at: dt.datetime | None


class MeetingsOut(Schema):
    meetings: list[MeetingOut]
    checks: list[MeetingCheckOut]
    postponed: int
    may_prepare: bool


class DecisionOut(NamedParticipant):
    proposed: str
    reasons: list[str]
    outcome: str
    reason: str
    missing: str
    deadline: dt.date | None
    grade: str
    distinction: str
    place: int | None

    @staticmethod
    def resolve_reasons(line: Any) -> list[str]:
        held = line.proposal.reasons if line.proposal else line.decision.proposal_reasons
        return list(held)

    @staticmethod
    def resolve_reason(line: Any) -> str:
        return line.decision.reason if line.decision else ""

    @staticmethod
    def resolve_missing(line: Any) -> str:
        return line.decision.missing if line.decision else ""

    @staticmethod
    def resolve_deadline(line: Any) -> dt.date | None:
        return line.decision.deadline if line.decision else None

    @staticmethod
    def resolve_grade(line: Any) -> str:
        return line.decision.grade if line.decision else ""

    @staticmethod
    def resolve_distinction(line: Any) -> str:
        return line.decision.distinction if line.decision else ""

    @staticmethod
    def resolve_place(line: Any) -> int | None:
        return line.decision.place if line.decision else None


class MeetingPageOut(Schema):
    meeting: MeetingOut
    lines: list[DecisionOut]
    decided: int


class CertificateLineOut(NamedParticipant):
    distinction: str
    certificate_id: str
    number: str
    is_finished: bool


class CertificatesOut(Schema):
    source_id: str
    job_id: str
    issued: int
    waiting: int
    lines: list[CertificateLineOut]
