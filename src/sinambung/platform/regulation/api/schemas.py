"""What enters and leaves the API of regulation."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class SubjectOut(Schema):
    edition_key: str
    key: str
    label: str
    document: str
    state: str
    sentence: str
    is_local: bool
    is_optional: bool


class RuleEditionOut(Schema):
    key: str
    title: str
    lacking: int
    waiting: int
    rows: list[SubjectOut]


class RuleCellOut(Schema):
    key: str
    label: str
    kind: str
    national: str
    local: str
    present: str
    is_verified: bool


class LocalEditionOut(Schema):
    id: str
    version: int
    edition_key: str
    subject: str
    values: dict[str, str]
    effective_on: dt.date
    source: str
    article: str
    note: str
    state: str
    entered_by_name: str
    entered_at: dt.datetime
    decided_by_name: str
    decided_at: dt.datetime | None
    decision_reason: str


class SubjectPageOut(Schema):
    edition_key: str
    edition_title: str
    state: str
    cells: list[RuleCellOut]
    waiting: LocalEditionOut | None
    history: list[LocalEditionOut]


class LocalValuesIn(Schema):
    values: dict[str, str]
    effective_on: dt.date
    source: str
    article: str = ""
    note: str = ""


class RuleVersionIn(Schema):
    version: int


class RuleReturnIn(Schema):
    version: int
    reason: str
