"""Sealing the trail: from time to time, so that writing an entry costs nothing more."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import OperationalError, connections, router, transaction

from sinambung.platform.audit import outside
from sinambung.platform.audit.heads import EMPTY, RunningHead, mark_of, sealed_by
from sinambung.platform.audit.models import Entry, Seal

MOST_AT_ONCE = 50_000
WAIT_MS = 300


def seal_new_entries(*, at: dt.datetime) -> int:
    """Seal what was written since the last seal; return how many seals were made.

    Called by the worker each minute and by commands that write much. When a long transaction
    holds the table the seal is left to the next time.
    """
    made = 0
    while _something_new():
        seal = _seal_once(at)
        if seal is None:
            break
        outside.note_head(str(seal))
        made += 1
    return made


def _something_new() -> bool:
    last = Seal.objects.order_by("-number").values_list("last_entry", flat=True).first() or 0
    return Entry.objects.filter(pk__gt=last).exists()


def _seal_once(at: dt.datetime) -> Seal | None:
    try:
        with transaction.atomic():
            _hold_writers()
            return _next_seal(at)
    except OperationalError:
        return None


def _hold_writers() -> None:
    """Wait until open transactions that wrote entries have ended, and keep new ones waiting.

    Without it a PostgreSQL transaction could add an entry below a number that is sealed already.
    SQLite has one writer at a time.
    """
    connection = connections[router.db_for_write(Seal)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_MS}ms'")
            cursor.execute("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE")


def _next_seal(at: dt.datetime) -> Seal | None:
    before = Seal.objects.order_by("-number").first()
    head = RunningHead(before.head if before else EMPTY)
    new = Entry.objects.filter(pk__gt=before.last_entry if before else 0).order_by("id")
    last = head.add_all(new.values_list("id", "leaf_hash")[:MOST_AT_ONCE])
    if not head.entries:
        return None
    seal = Seal(
        number=(before.number if before else 0) + 1,
        at=at,
        last_entry=last,
        entries=head.entries,
        total=(before.total if before else 0) + head.entries,
        head=head.value(),
    )
    seal.mark = mark_of(sealed_by(seal), key=settings.SECRET_KEY)
    seal.save(force_insert=True)
    return seal
