"""Indonesian words that official papers need whatever language the user reads: dates, numbers."""

from __future__ import annotations

import datetime as dt

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_DIGITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
_SCALES = ((1_000_000, "juta"), (1000, "ribu"), (100, "ratus"))


def date(day: dt.date) -> str:
    """Write 2 Desember 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_range(since: dt.date, until: dt.date) -> str:
    """Write `10 Agustus sampai dengan 2 Desember 2026`, without repeating what both share."""
    if since == until:
        return date(since)
    start = date(since)
    if since.year == until.year:
        start = f"{since.day} {MONTHS[since.month - 1]}"
        if since.month == until.month:
            start = str(since.day)
    return f"{start} sampai dengan {date(until)}"


def moment(at: dt.datetime) -> str:
    """Write 2 Desember 2026, 10.24 WIB; `at` is already in the zone to be shown."""
    offset = at.utcoffset()
    zone = _ZONES.get(int(offset.total_seconds() // 3600), "") if offset else ""
    return f"{date(at)}, {at:%H.%M} {zone}".rstrip()


def number(value: int) -> str:
    """Write 830 as delapan ratus tiga puluh; from 0 to 999.999.999."""
    return _words(value) if value else "nol"


def _words(value: int) -> str:
    for size, name in _SCALES:
        if value >= size:
            count, rest = divmod(value, size)
            head = f"se{name}" if count == 1 and size < 1_000_000 else f"{_words(count)} {name}"
            return f"{head} {_words(rest)}".rstrip()
    if value < 10:
        return _DIGITS[value]
    if value < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(value, f"{_DIGITS[value - 10]} belas")
    tens, ones = divmod(value, 10)
    return f"{_DIGITS[tens]} puluh {_DIGITS[ones]}".rstrip()
