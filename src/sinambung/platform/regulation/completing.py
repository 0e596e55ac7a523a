"""Put local values into a programme edition: each value brings its citation."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from sinambung.platform.regulation.subjects import Cell, CellKind, at, bands_text, subject_of
from sinambung.pure.rulebook.letter_numbers import pattern_problems

_BAND = re.compile(
    r"(?P<name>[^;]{1,60});\s*(?P<start>di atas|paling sedikit|>=|>)\s*"
    r"(?P<number>\d{1,3}(?:[.,]\d{1,6})?)\s*;\s*(?P<result>tidak lulus|lulus)",
    re.IGNORECASE,
)
_MOST = {
    CellKind.PERCENT: 100,
    CellKind.HOURS: 10_000,
    CellKind.WHOLE: 10_000,
    CellKind.NUMBER: 1000,
}


class ValueUnreadable(ValueError):
    """A typed value cannot be used; the text is a sentence for the form."""


@dataclass(frozen=True, slots=True)
class LocalTable:
    """The values of one subject from one document, in force since a day."""

    subject: str
    values: Mapping[str, str]
    since: dt.date
    source: str
    article: str
    key: str = ""

    @property
    def citation(self) -> dict[str, object]:
        title = _("%(source)s (nilai setempat)") % {"source": self.source}
        return {"source": self.key, "title": title, "article": self.article, "verified": True}


def readable(cell: Cell, typed: str) -> str:
    """Return a typed value in the form that is stored; empty stays empty.

    Raises ValueUnreadable.
    """
    text = typed.strip()
    if not text:
        return ""
    if cell.kind is CellKind.PATTERN:
        return _pattern(text)
    if cell.kind is CellKind.BANDS:
        return bands_text(bands_from(text))
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueUnreadable(
            _("%(label)s: tulis angka, misalnya 12 atau 12,5.") % {"label": cell.label}
        )
    if not 0 <= number <= _MOST[cell.kind]:
        raise ValueUnreadable(
            _("%(label)s: tulis angka dari 0 sampai %(most)d.")
            % {"label": cell.label, "most": _MOST[cell.kind]}
        )
    if cell.kind is CellKind.WHOLE and number != number.to_integral_value():
        raise ValueUnreadable(_("%(label)s: tulis bilangan bulat.") % {"label": cell.label})
    return format(number, "f")


def bands_from(text: str) -> list[dict[str, object]]:
    """Read bands, one a line; raise ValueUnreadable for a line of another shape."""
    bands: list[dict[str, object]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = _BAND.fullmatch(line)
        if match is None:
            raise ValueUnreadable(
                _("Baris “%(line)s” tidak terbaca. Tulis: nama; di atas 80; lulus.")
                % {"line": line}
            )
        start = "above" if match["start"].lower() in ("di atas", ">") else "at_least"
        number = match["number"].replace(",", ".")
        passes = match["result"].lower() == "lulus"
        bands.append({"name": match["name"].strip(), start: number, "passes": passes})
    return bands


def completed(mapping: Mapping[str, Any], tables: Iterable[LocalTable]) -> dict[str, Any]:
    """Return a copy of an edition (or of its scheme alone) with the local values in place.

    Later tables win. Cells that the edition does not have are left out.
    """
    result = copy.deepcopy(dict(mapping))
    is_whole = "assessment" in result
    whole = result if is_whole else {"assessment": result}
    for table in tables:
        subject = subject_of(result, table.subject)
        if subject is None:
            continue
        placed = [
            _place(whole, cell, table.values[cell.key])
            for cell in subject.cells
            if table.values.get(cell.key) and cell.steps
        ]
        if any(placed):
            _cite(result, table)
    return result


def _place(whole: dict[str, Any], cell: Cell, text: str) -> bool:
    holder = at(whole, cell.steps[:-1])
    if holder is None:
        return False
    holder[cell.steps[-1]] = (
        bands_from(text) if cell.kind is CellKind.BANDS else _stored(cell, text)
    )
    if cell.flag:
        at(whole, cell.flag[:-1])[cell.flag[-1]] = True
    return True


def _stored(cell: Cell, text: str) -> object:
    return int(Decimal(text)) if cell.kind is CellKind.WHOLE else text


def _cite(result: dict[str, Any], table: LocalTable) -> None:
    """Add the document to the basis of the edition; a scheme alone keeps its own list."""
    basis = result.setdefault("basis", [])
    if table.citation not in basis:
        basis.append(table.citation)


def _pattern(text: str) -> str:
    problems = pattern_problems(text)
    if problems:
        raise ValueUnreadable(_("Pola nomor: %(problem)s") % {"problem": problems[0]})
    return text
