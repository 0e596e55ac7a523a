"""What identity takes in and gives out as JSON."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from sinambung.platform.identity.capabilities import Role

Kind = Literal["government", "agency", "division"]


class AccountVersionIn(Schema):
    version: int


class AccountReasonIn(AccountVersionIn):
    reason: str = Field("", max_length=2000)


class SessionOut(Schema):
    id: int
    device: str
    address: str
    began_at: dt.datetime
    seen_at: dt.datetime
    is_current: bool


class PasskeyOut(Schema):
    id: int
    name: str
    created_at: dt.datetime
    last_used_at: dt.datetime | None


class TokenOut(Schema):
    id: str
    name: str
    scopes: str
    is_read_only: bool
    created_at: dt.datetime
    expires_at: dt.datetime
    last_used_on: dt.date | None
    state: str


class UserOut(Schema):
    id: str
    version: int
    username: str
    name: str
    title: str
    email: str
    unit_id: str | None
    is_active: bool
    activated_at: dt.datetime | None
    created_at: dt.datetime


class OwnOut(Schema):
    user: UserOut
    roles: list[str]
    has_totp: bool
    passkeys: list[PasskeyOut]
    recovery_left: int
    sessions: list[SessionOut]
    tokens: list[TokenOut]


class PasswordIn(Schema):
    present: str = Field(max_length=256)
    password: str = Field(max_length=256)


class EmailIn(AccountVersionIn):
    email: str = Field(max_length=254)


class TotpOut(Schema):
    secret: str
    address: str


class TotpIn(Schema):
    secret: str = Field(pattern=r"^[A-Z2-7]{32}$")
    code: str = Field(max_length=20)


class CodesOut(Schema):
    recovery_codes: list[str]


class PasskeyIn(Schema):
    name: str = Field(max_length=100)
    credential: dict[str, object]


class TokenIn(Schema):
    name: str = Field(max_length=100)
    scopes: list[str]
    is_read_only: bool = True
    expires_at: AwareDatetime


class NewTokenOut(Schema):
    id: str
    token: str


class AccountLineOut(Schema):
    id: str
    username: str
    name: str
    unit: str
    roles: str
    state: str


class AccountsOut(Schema):
    items: list[AccountLineOut]
    after: str | None
    total: int | None


class RoleOut(Schema):
    id: str
    version: int
    name: str
    unit: str
    since: dt.date
    until: dt.date | None


class AccountOut(Schema):
    user: UserOut
    state: str
    may_change: bool
    roles: list[RoleOut]
    sessions: list[SessionOut]
    factors: int


class AccountIn(Schema):
    name: str = Field(max_length=200)
    title: str = Field("", max_length=200)
    email: str = Field("", max_length=254)
    unit_id: str = Field("", max_length=26)


class NewAccountIn(AccountIn):
    username: str = Field(max_length=60)


class ChangedAccountIn(AccountIn):
    version: int


class SlipOut(Schema):
    user_id: str
    username: str
    name: str
    code: str
    expires_at: dt.datetime


class GrantIn(Schema):
    role: Role
    unit_id: str = Field("", max_length=26)
    since: dt.date
    until: dt.date | None = None


class GrantOut(Schema):
    id: str
    version: int
    role: str
    unit_id: str | None
    since: dt.date
    until: dt.date | None


class EndIn(AccountReasonIn):
    on: dt.date | None = None


class MatrixLineOut(Schema):
    code: str
    name: str
    held: list[bool]


class MatrixOut(Schema):
    roles: list[tuple[str, str]]
    lines: list[MatrixLineOut]


class UnitOut(Schema):
    id: str
    version: int
    code: str
    name: str
    short_name: str
    kind: str
    parent_id: str | None
    path: str
    since: dt.date
    until: dt.date | None


class UnitPeriodOut(Schema):
    name: str
    short_name: str
    parent: str
    since: dt.date
    until: dt.date | None


class UnitPageOut(Schema):
    unit: UnitOut
    periods: list[UnitPeriodOut]
    children: list[tuple[str, str]]
    people: int


class NodeOut(Schema):
    label: str
    href: str
    note: str
    children: list[NodeOut]


class TreeOut(Schema):
    nodes: list[NodeOut]
    count: int
    closed: int


class OptionOut(Schema):
    id: str
    name: str
    code: str


class NewUnitIn(Schema):
    code: str = Field(max_length=24)
    name: str = Field(max_length=200)
    short_name: str = Field("", max_length=60)
    kind: Kind
    parent_id: str = Field("", max_length=26)


class UnitChangeIn(AccountVersionIn):
    on: dt.date
    reason: str = Field("", max_length=500)


class RenameIn(UnitChangeIn):
    name: str = Field(max_length=200)
    short_name: str = Field("", max_length=60)


class UnitMoveIn(UnitChangeIn):
    parent_id: str = Field("", max_length=26)
