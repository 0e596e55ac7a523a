"""Notices inside the product."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.bulk import insert_rows
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.platform.notices.models import Notice

_COLUMNS = ("id", "version", "user", "text", "link", "sender", "created_at")


@transaction.atomic
def notify(
    *,
    user_ids: Iterable[str],
    text: str,
    link: str,
    by: Actor,
    at: dt.datetime | None = None,
) -> int:
    """Tell accounts one sentence that leads to a page of ours; return how many were told.

    `link` is a path such as `/angkatan/…/`. Nobody is told of what they did themselves.
    """
    if not link.startswith("/") or link.startswith("//"):
        raise ValueError("a notice leads to a path of this installation")
    moment = at or clock.now()
    told = dict.fromkeys(user_id for user_id in user_ids if user_id and user_id != by.id)
    rows = [(new_ulid(), 1, user, text[:300], link[:300], by.name[:200], moment) for user in told]
    return insert_rows(Notice, _COLUMNS, rows)


@transaction.atomic
def mark_read(*, notice_id: str, user_id: str, at: dt.datetime) -> Notice:
    """Note that the owner has seen a notice."""
    notice = Notice.objects.locked(notice_id)
    if notice.user_id != user_id:
        raise NotFound
    if notice.read_at is None:
        notice.read_at = at
        save_changed(notice, ["read_at"])
    return notice


@transaction.atomic
def mark_all_read(*, user_id: str, at: dt.datetime) -> int:
    """Note that the owner has seen every notice; return how many were new."""
    unread = Notice.objects.filter(user_id=user_id, read_at=None)
    return int(unread.update(read_at=at, version=F("version") + 1))
