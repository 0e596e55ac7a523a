"""One cell: from what the file holds to the value that its column asks for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from sinambung.platform.exchange.kinds import Cell, CellKind

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_GUARDED = frozenset("=+-@\t0123456789")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[ T]00:00(?::00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?.*)?")
_IN_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[. -]+(\d{4})")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus"),
    *("september", "oktober", "november", "desember"),
)
_SHORT_MONTHS = {name[:3]: number for number, name in enumerate(_MONTHS, start=1)} | {
    "may": 5,
    "aug": 8,
    "agt": 8,
    "ags": 8,
    "oct": 10,
    "dec": 12,
    "nop": 11,
    "peb": 2,
}


class CellRefused(Exception):
    """The cell cannot be the value its column asks for."""

    def __init__(self, sentence: str, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.suggestion = suggestion


def as_text(value: Any) -> str:
    """Return any cell as clean text: stripped, `null` and the apostrophe of exports removed."""
    if type(value) is str:
        text = value.strip()
        if not text.isprintable():
            text = _printable(text)
        if text.startswith("'") and text[1:2] in _GUARDED:
            text = text[1:].lstrip()
        return "" if len(text) == 4 and text.lower() == "null" else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d-%m-%Y")
    return str(value)


def as_shown(value: Any) -> str:
    """Return a cell as the review shows it: a number as Excel would show it."""
    if isinstance(value, float) and abs(value) >= 1e11:
        return f"{value:.5E}".replace(".", ",")
    return as_text(value)


def _as_identifier(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise CellRefused(
            _("Excel mengubah isi sel ini menjadi bilangan; angka akhirnya mungkin hilang."),
            _("Jadikan kolom ini teks, isi lagi dari sumbernya, lalu unggah lagi."),
        )
    text = as_text(value).lstrip("'’‘`").strip()
    if _SCIENTIFIC.fullmatch(text):
        raise CellRefused(
            _("Excel mengubah isi sel ini menjadi bilangan; angka akhirnya hilang."),
            _("Jadikan kolom ini teks, isi lagi dari sumbernya, lalu unggah lagi."),
        )
    return text


def _as_day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return _within(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise CellRefused(
            _("Tanggal tersimpan sebagai bilangan tanpa format tanggal."),
            _("Ubah format sel menjadi tanggal, atau tulis seperti 24-11-2026."),
        )
    text = as_text(value)
    return day_in_text(text) if text else None


@lru_cache(maxsize=1 << 13)
def day_in_text(text: str) -> dt.date:
    """Return the day in a text: day first, year first, or with the month in words."""
    if match := _DAY_FIRST.fullmatch(text):
        return _day(text, int(match[3]), int(match[2]), int(match[1]))
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _IN_WORDS.fullmatch(text):
        month = _SHORT_MONTHS.get(match[2][:3].lower())
        if month:
            return _day(text, int(match[3]), month, int(match[1]))
    raise CellRefused(_("Tanggal tidak terbaca."), _("Tulis seperti 24-11-2026."))


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        return _within(dt.date(year, month, day))
    except ValueError:
        pass
    if month > 12 and 1 <= day <= 12 and month <= 31:
        raise CellRefused(
            _("Tanggal tidak terbaca; bulan %(month)s tidak ada.") % {"month": month},
            _("Bila maksudnya %(day)s %(name)s %(year)s, tulis %(iso)s.")
            % {
                "day": month,
                "name": _MONTHS[day - 1].capitalize(),
                "year": year,
                "iso": f"{month:02}-{day:02}-{year}",
            },
        )
    if 1 <= month <= 12:
        raise CellRefused(
            _("Tanggal %(day)s %(name)s %(year)s tidak ada.")
            % {"day": day, "name": _MONTHS[month - 1].capitalize(), "year": year},
            _("Periksa hari dan bulannya."),
        )
    raise CellRefused(
        _("Tanggal tidak terbaca; bulan %(month)s tidak ada.") % {"month": month},
        _("Tulis seperti 24-11-2026."),
    )


def _within(day: dt.date) -> dt.date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise CellRefused(
            _("Tahun %(year)s tidak masuk akal.") % {"year": day.year}, _("Periksa tahunnya.")
        )
    return day


def _as_number(value: Any) -> Decimal | None:
    if isinstance(value, bool | dt.date | dt.time):
        raise CellRefused(_("Sel ini bukan bilangan."), _("Isi bilangan, misalnya 87,50."))
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return number if number.is_finite() else None
    text = as_text(value).replace(" ", "").replace("\u00a0", "")
    if not text:
        return None
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise CellRefused(_("Sel ini bukan bilangan."), _("Isi bilangan, misalnya 87,50."))
    return number


def _printable(text: str) -> str:
    """Line breaks and tabs become spaces; other control characters cannot be kept."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


READERS: dict[CellKind, Callable[[Any], Cell]] = {
    CellKind.TEXT: as_text,
    CellKind.IDENTIFIER: _as_identifier,
    CellKind.DAY: _as_day,
    CellKind.NUMBER: _as_number,
}
