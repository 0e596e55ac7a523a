"""What notices send out as JSON."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class NoticeOut(Schema):
    id: str
    text: str
    link: str
    sender: str
    created_at: dt.datetime
    read_at: dt.datetime | None


class NoticesOut(Schema):
    unread: int
    items: list[NoticeOut]
    after: str | None


class MailOut(Schema):
    id: str
    version: int
    recipients: list[str]
    subject: str
    state: str
    attempts: int
    error: str
    created_at: dt.datetime
    next_try_at: dt.datetime
    sent_at: dt.datetime | None

    @staticmethod
    def resolve_recipients(mail: object) -> list[str]:
        return str(getattr(mail, "recipients", "")).split("\n")


class MailsOut(Schema):
    items: list[MailOut]
    after: str | None


class NoticeVersionIn(Schema):
    version: int


class CountOut(Schema):
    count: int
