"""The only reader of the clock: pages, tasks and commands ask it, services receive moments."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
WITA = ZoneInfo("Asia/Makassar")
WIT = ZoneInfo("Asia/Jayapura")


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - this is the one place


def today(zone: ZoneInfo = WIB) -> dt.date:
    """Return the present day in a time zone of Indonesia."""
    return now().astimezone(zone).date()
