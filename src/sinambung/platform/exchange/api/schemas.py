"""What leaves and enters about imports."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class ImportOut(Schema):
    id: str
    version: int
    kind: str
    title: str
    target: str
    file_name: str
    state: str
    refusal: str
    notes: list[str]
    rows: int
    new_rows: int
    changed_rows: int
    same_rows: int
    problem_rows: int
    left_out_rows: int
    warned_rows: int
    chosen_rows: int
    applied_rows: int
    refused_rows: int
    undone_rows: int
    uploaded_by_name: str
    uploaded_at: dt.datetime
    job_id: str


class ImportsOut(Schema):
    rows: list[ImportOut]
    after: str | None
    before: str | None


class AlarmOut(Schema):
    title: str
    sentence: str


class ProblemOut(Schema):
    number: int
    name: str
    cell: str
    sentence: str
    suggestion: str


class ProblemGroupOut(Schema):
    heading: str
    count: int
    lines: list[ProblemOut]


class NoteGroupOut(Schema):
    heading: str
    sentence: str
    suggestion: str
    count: int
    lines: list[ProblemOut]


class ReviewOut(Schema):
    summary: ImportOut
    alarm: AlarmOut | None
    groups: list[ProblemGroupOut]
    notes: list[NoteGroupOut]
    left_out: list[ProblemOut]
    refused: list[ProblemOut]
    is_running: bool
    is_interrupted: bool
    may_undo: bool


class ImportChangeOut(Schema):
    heading: str
    before: str
    after: str


class RowOut(Schema):
    number: int
    key: str
    name: str
    verdict: str
    state: str
    is_chosen: bool
    changes: list[ImportChangeOut]
    problems: list[ProblemOut]
    warnings: list[ProblemOut]
    refusal: str


class RowsOut(Schema):
    rows: list[RowOut]
    after: str | None
    before: str | None


class ApplyIn(Schema):
    version: int
    verdicts: list[str] = ["new", "changed"]
    reason: str = ""


class ImportReasonIn(Schema):
    version: int
    reason: str = ""


class ImportVersionIn(Schema):
    version: int


class ImportChosenIn(Schema):
    version: int
    listed: list[int]
    chosen: list[int]


class LeaveOutIn(Schema):
    version: int
    left_out: bool = True


class CellsIn(Schema):
    version: int
    cells: dict[str, str]
