"""What enters and leaves the API about marks, grades, attendance, conduct and graduation."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from sinambung.domains.training.api.batch_schemas import VersionIn as VersionIn

Id = Annotated[str, StringConstraints(pattern=r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
Text = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Cell = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00]*$")]
Typed = Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")]
Version = Annotated[int, Field(ge=0, le=1_000_000_000)]
Hours = Annotated[Decimal, Field(ge=0, le=9999, decimal_places=2)]


class MarkIn(Schema):
    """`value` as typed ("88,50" or "88.5"), empty to clear; `version` 0 for an empty cell."""

    participant_id: Id
    cell: Cell
    value: Typed
    version: Version = 0


class MarksIn(Schema):
    marks: Annotated[list[MarkIn], Field(max_length=20_000)]


class OwnMarkIn(Schema):
    cell: Cell
    value: Typed
    version: Version = 0


class OwnMarksIn(Schema):
    marks: Annotated[list[OwnMarkIn], Field(max_length=200)]


class SavedMarkOut(Schema):
    participant_id: str
    cell: str
    value: Decimal | None
    version: int


class MarkProblemOut(Schema):
    """Why a mark was not saved; in a conflict `stored` is what the other person wrote."""

    participant_id: str
    cell: str
    sentence: str
    typed: str
    stored: str
    version: int
    is_conflict: bool


class ProblemsOut(Schema):
    type: str
    status: int
    title: str
    problems: list[MarkProblemOut]


class MarkOut(Schema):
    cell: str
    value: Decimal | None
    version: int


class MarkedPersonOut(Schema):
    participant_id: str
    nip: str
    name: str
    marks: list[MarkOut]
    final_grade: Decimal | None
    distinction: str
    withheld: list[str]


class CellOut(Schema):
    code: str
    name: str
    weight: Decimal | None
    role: str
    replaces: str


class MarksOut(Schema):
    batch_id: str
    version: int
    is_open: bool
    lowest: Decimal
    highest: Decimal
    cells: list[CellOut]
    people: list[MarkedPersonOut]
    missing: list[str]


class ComputedOut(Schema):
    computed: int
    withheld: int


class ClosingIn(Schema):
    version: Version
    accept_incomplete: bool = False


class BatchStateOut(Schema):
    id: str
    version: int
    state: str


class SchemeChangeOut(Schema):
    path: str
    before: str
    after: str


class LocalValuesOut(Schema):
    missing: list[str]
    changes: list[SchemeChangeOut]
    confirms: bool
    may_adopt: bool


class RankedPersonOut(Schema):
    place: int
    participant_id: str
    display_name: str
    nip: str
    shown: Decimal
    distinction: str
    is_shared: bool
    decided_by: str


class ChangeIn(Schema):
    cell: Cell
    after: Typed
    reason: Text


class RejectionIn(Schema):
    version: Version
    note: Text


class ChangeOut(Schema):
    id: str
    version: int
    participant_id: str
    cell: str
    before: Decimal | None
    after: Decimal
    reason: str
    state: str
    proposed_by_name: str
    proposed_at: dt.datetime
    decided_by_name: str
    decided_at: dt.datetime | None
    decision_note: str


class GradeOut(Schema):
    shown: Decimal | None
    distinction: str
    passes: bool
    place: int | None
    withheld: list[str]
    working: list[str]
    basis: list[str]
    is_verified: bool

    @staticmethod
    def resolve_basis(grade: Any) -> list[str]:
        return [str(citation) for citation in grade.basis]


class SheetLineOut(Schema):
    cell: str
    name: str
    text: str
    version: int
    rater_name: str
    marked_at: dt.datetime | None

    @staticmethod
    def resolve_cell(line: Any) -> str:
        return str(line.cell.code)

    @staticmethod
    def resolve_name(line: Any) -> str:
        return str(line.cell.full_name)


class SheetOut(Schema):
    lines: list[SheetLineOut]
    grade: GradeOut | None
    missing: list[str]
    is_open: bool


class GradeInputOut(Schema):
    """The programme edition with the scheme the batch is pinned to, and the marks by code."""

    edition: dict[str, Any]
    marks: list[dict[str, str]]


class OwnMarksOut(Schema):
    is_released: bool
    outcome: str
    missing: str
    deadline: dt.date | None
    lines: list[SheetLineOut]
    grade: GradeOut | None


class RaterLineOut(Schema):
    cell: str
    name: str
    text: str
    version: int
    others: list[tuple[str, str]]
    difference: str

    @staticmethod
    def resolve_cell(line: Any) -> str:
        return str(line.cell.code)

    @staticmethod
    def resolve_name(line: Any) -> str:
        return str(line.cell.full_name)


class RaterSheetOut(Schema):
    role_name: str
    is_open: bool
    lines: list[RaterLineOut]


class NamedParticipant(Schema):
    """The fields of every line that speaks of a participant."""

    participant_id: str
    name: str

    @staticmethod
    def resolve_participant_id(line: Any) -> str:
        return str(line.participant.pk)

    @staticmethod
    def resolve_name(line: Any) -> str:
        return str(line.participant.display_name)


class RatedPersonOut(NamedParticipant):
    role_name: str
    filled: int
    total: int
    must_remark: bool


class HoursIn(Schema):
    participant_id: Id
    scheduled: Hours | None = None
    attended: Hours | None = None


class AttendanceIn(Schema):
    hours: Annotated[list[HoursIn], Field(max_length=5_000)]


class AttendanceOut(Schema):
    id: str
    name: str
    scheduled: str
    attended: str
    share: str
    is_enough: bool
