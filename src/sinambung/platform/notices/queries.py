"""Reads about notices and the outbox."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Count

from sinambung.platform.foundation.paging import Page, page_by_key
from sinambung.platform.notices.models import Mail, Notice

MOST_COUNTED = 99
_UNREAD = """
    SELECT COUNT(*) FROM (
        SELECT 1 FROM notices_notice WHERE user_id = %s AND read_at IS NULL LIMIT %s
    ) unread
"""


@dataclass(frozen=True, slots=True)
class NoticePage:
    page: Page[Notice]
    unread: int


@dataclass(frozen=True, slots=True)
class OutboxPage:
    page: Page[Mail]
    counts: dict[str, int]
    state: str
    states: list[tuple[str, str]]
    has_server: bool
    oldest_waiting: dt.datetime | None


def unread_count(user_id: str) -> int:
    """Return how many notices wait for an account; counting stops at 99.

    Plain SQL, because every page asks it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [user_id, MOST_COUNTED])
        return int(cursor.fetchone()[0])


def notice_page(*, user_id: str, after: str = "", before: str = "") -> NoticePage:
    """Return a page of the account's notices, newest first."""
    rows = Notice.objects.filter(user_id=user_id)
    page = page_by_key(rows, order=["-id"], size=30, after=after, before=before)
    return NoticePage(page=page, unread=unread_count(user_id))


def next_due() -> dt.datetime | None:
    """Return when the next waiting mail is to be tried; nothing without a mail server."""
    if not settings.ENVIRONMENT.mail_url:
        return None
    waiting = Mail.objects.filter(state=Mail.State.WAITING).order_by("next_try_at")
    return waiting.values_list("next_try_at", flat=True).first()


def outbox_page(*, state: str = "", after: str = "", before: str = "") -> OutboxPage:
    """Return a page of the outbox with the number of mails in each state. Texts are not shown."""
    rows = Mail.objects.defer("text")
    if state in Mail.State.values:
        rows = rows.filter(state=state)
    counted = Mail.objects.order_by().values_list("state").annotate(count=Count("id"))
    waiting = Mail.objects.filter(state=Mail.State.WAITING).order_by("created_at")
    return OutboxPage(
        page=page_by_key(rows, order=["-id"], size=50, after=after, before=before),
        counts=dict(counted),
        state=state,
        states=[(value, str(label)) for value, label in Mail.State.choices],
        has_server=bool(settings.ENVIRONMENT.mail_url),
        oldest_waiting=waiting.values_list("created_at", flat=True).first(),
    )
