"""What leaves and enters about employees."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class EmployeeRowOut(Schema):
    id: str
    nip: str
    name: str
    title_before: str
    title_after: str
    rank_code: str
    position_name: str
    position_class: str
    unit_name: str
    is_active: bool


class EmployeesOut(Schema):
    rows: list[EmployeeRowOut]
    total: int | None
    after: str | None
    before: str | None


class PeriodOut(Schema):
    since: dt.date
    until: dt.date | None
    text: str
    note: str


class CardOut(Schema):
    id: str
    nip: str
    name: str
    display_name: str
    birth_place: str
    birth_date: dt.date
    sex: str
    employment: str
    rank_code: str
    rank_name: str
    position_name: str
    position_class: str
    echelon: str
    unit_id: str
    unit_name: str
    email: str
    phone: str
    is_active: bool


class EmployeeOut(Schema):
    card: CardOut
    version: int
    legal_status: str
    positions: list[PeriodOut]
    ranks: list[PeriodOut]
    units: list[PeriodOut]


class DetailsIn(Schema):
    version: int
    name: str
    title_before: str = ""
    title_after: str = ""
    birth_place: str = ""
    employment: str
    legal_status: str
    email: str = ""
    phone: str = ""
    reason: str


class PositionIn(Schema):
    version: int
    name: str
    position_class: str
    echelon: str = ""
    since: dt.date
    decree: str = ""
    reason: str


class RankIn(Schema):
    version: int
    rank_code: str
    since: dt.date
    decree: str = ""
    reason: str


class UnitIn(Schema):
    version: int
    unit_id: str
    since: dt.date
    reason: str
