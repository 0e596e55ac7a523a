"""What enters and leaves the API about batches, participants, documents and assignments."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from sinambung.domains.training.services.batches import BatchPlan, StageDates

Id = Annotated[str, StringConstraints(pattern=r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
Text = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Word = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Count = Annotated[int, Field(ge=0, le=9_999)]
Version = Annotated[int, Field(ge=0, le=1_000_000_000)]


class VersionIn(Schema):
    version: Version


class ReasonIn(Schema):
    version: Version
    reason: Text = ""


class StageIn(Schema):
    code: Word
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


class PlanIn(Schema):
    number: Count
    year: Count
    starts_on: dt.date
    ends_on: dt.date
    name: Line = ""
    sponsor: Line = ""
    funding: Line = ""
    venue: Line = ""
    theme: Line = ""
    manager_name: Line = ""
    quota: Count = 40
    load_minimum: Count = 5
    coach_load_maximum: Count = 10
    examiner_load_maximum: Count = 20
    examiner_stays_apart: bool = True
    stages: list[StageIn] = []

    def plan(self) -> BatchPlan:
        """Return what was stated."""
        values = {name: getattr(self, name) for name in PLAN_NAMES}
        stages = {stage.code: StageDates(stage.starts_on, stage.ends_on) for stage in self.stages}
        return BatchPlan(stages=stages, **values)


PLAN_NAMES = [name for name in BatchPlan.__dataclass_fields__ if name != "stages"]


class NewBatchIn(PlanIn):
    edition_id: Id
    host_id: Id


class ChangedBatchIn(PlanIn):
    version: Version


class BatchRowOut(Schema):
    id: str
    name: str
    year: int
    programme: str
    starts_on: dt.date
    ends_on: dt.date
    venue: str
    quota: int
    participants: int
    state_label: str


class BatchesOut(Schema):
    rows: list[BatchRowOut]
    after: str | None
    before: str | None


class BatchOut(Schema):
    id: str
    version: int
    name: str
    year: int
    number: int
    roman: str
    programme_code: str
    programme_name: str
    edition_key: str
    edition_label: str
    state: str
    state_label: str
    starts_on: dt.date
    ends_on: dt.date
    venue: str
    theme: str
    sponsor: str
    funding: str
    manager_name: str
    host_id: str
    host_name: str
    quota: int
    participants: int
    lesson_hours: str
    is_sample: bool


class ParticipantOut(Schema):
    id: str
    version: int
    number: int
    nip: str
    name: str
    display_name: str
    rank: str
    position: str
    unit_name: str
    sending_agency: str
    state: str
    state_label: str
    state_reason: str
    group_id: str
    group_name: str
    electives: list[str]
    done: int
    needed: int
    waiting: int
    coach: str
    mentor: str
    examiner: str


class NominationIn(Schema):
    nips: list[Word]
    note: Text = ""


class ChosenIn(Schema):
    participants: list[Id]
    reason: Text = ""


class ChangedPeopleOut(Schema):
    changed: int


class GroupsIn(Schema):
    version: Version
    count: Count


class GroupOut(Schema):
    id: str
    name: str
    order: int


class MoveIn(Schema):
    participants: list[Id]
    group_id: Id


class LeavingIn(Schema):
    version: Version
    state: Word
    reason: Text


class ElectivesIn(Schema):
    version: Version
    electives: list[Word]


class AssignmentIn(Schema):
    role: Word
    person_id: Id
    participants: list[Id]
    reason: Text = ""


class AssignmentOut(Schema):
    id: str
    version: int
    participant_id: str
    role: str
    person_id: str
    person_name: str
    since: dt.date
    until: dt.date | None
    reason: str


class DocumentOut(Schema):
    id: str
    version: int
    participant_id: str
    item: str
    file_name: str
    state: str
    note: str
    uploaded_at: dt.datetime
    decided_at: dt.datetime | None


class DocumentsIn(Schema):
    documents: list[Id]


class ReturnIn(Schema):
    version: Version
    note: Text


class ItemIn(Schema):
    participants: list[Id]
    item: Word
    confirmed: bool = True
    reason: Text = ""


class ContradictedOut(Schema):
    name: str
    passed: str


class ConfirmedOut(Schema):
    changed: int
    left_out: list[ContradictedOut]


class EditionRowOut(Schema):
    id: str
    label: str
    source: str
    is_verified: bool
    state: str
    batches: int


class ProgrammeOut(Schema):
    code: str
    name: str
    kind: str
    editions: list[EditionRowOut]


class EditionOut(Schema):
    id: str
    version: int
    key: str
    label: str
    state: str
    is_verified: bool
    content: dict[str, Any]


class CopyIn(Schema):
    label: Line


class ContentIn(Schema):
    version: Version
    content: dict[str, Any]


class DifferenceOut(Schema):
    path: str
    before: str | None
    after: str | None
