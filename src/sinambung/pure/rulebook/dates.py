"""Dates as Indonesian officials write and export them."""

from __future__ import annotations

import re
from datetime import date

from sinambung.pure.rulebook.refusals import RuleRefused

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_WORDS = re.compile(r"(\d{1,2}) ([A-Za-z]+) (\d{4})")


class DateRefused(RuleRefused):
    """A text is no date that exists."""


def date_text(day: date) -> str:
    """Write a day as `2 Desember 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def period_text(since: date, until: date) -> str:
    """Write a period as `10 Agustus – 2 Desember 2026`, repeating only what differs."""
    if since == until:
        return date_text(since)
    if since.year != until.year:
        return f"{date_text(since)} – {date_text(until)}"
    if since.month != until.month:
        return f"{since.day} {MONTHS[since.month - 1]} – {date_text(until)}"
    return f"{since.day}–{date_text(until)}"


def parse_date(text: str) -> date:
    """Read `02-12-2026`, `2026-12-02` or `2 Desember 2026`; the day comes before the month.

    A leading apostrophe, as exports write it to keep text, is ignored.
    """
    words = " ".join(text.strip().lstrip("'").split())
    found = _parts(words)
    if found is None:
        raise DateRefused(f"“{text}” bukan tanggal; tulis seperti 02-12-2026.")
    try:
        return date(*found)
    except ValueError:
        raise DateRefused(f"Tanggal “{text}” tidak ada dalam kalender.") from None


def _parts(words: str) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.fullmatch(words):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DAY_FIRST.fullmatch(words):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _WORDS.fullmatch(words):
        name = match[2].capitalize()
        if name in MONTHS:
            return int(match[3]), MONTHS.index(name) + 1, int(match[1])
    return None
