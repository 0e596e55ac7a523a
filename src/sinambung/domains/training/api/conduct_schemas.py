"""What enters and leaves the API about notes on conduct."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ninja import Schema

from sinambung.domains.training.api.grading_schemas import Line, Text, Typed, Version


class NoteIn(Schema):
    kind: Line
    text: Text
    noted_on: dt.date
    component: Line = ""
    deduction: Typed = ""


class NoteReasonIn(Schema):
    version: Version
    reason: Text


class ReplyIn(Schema):
    version: Version
    reply: Text


class NoteOut(Schema):
    id: str
    version: int
    kind: str
    text: str
    noted_on: dt.date
    component: str
    deduction: Decimal
    reporter_name: str
    reply: str
    replied_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    withdrawn_reason: str
