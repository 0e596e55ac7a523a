"""Which column of the file is which: headings found, and rows turned into typed cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sinambung.platform.exchange.kinds import Cell, CellKind, Column, Problem, SheetRow
from sinambung.platform.exchange.reading.cells import READERS, CellRefused, as_text
from sinambung.platform.exchange.reading.refusals import ColumnsMissing, ColumnsTwice, Empty
from sinambung.platform.exchange.reading.tables import Table, candidate_tables

ROWS_SEARCHED = 25
REMEMBERED = 2_000
Memo = dict[str, Any]
_UNREAD = object()
_SIGNS = re.compile(r"[^0-9a-z]+")


@dataclass(slots=True)
class Layout:
    """The table that was chosen, its columns by position, and its rows below the headings."""

    table: Table
    placed: list[tuple[int, Column]]
    heading_row: int
    unused: list[str]
    rows: Iterator[tuple[int, Sequence[Any]]] = field(repr=False)

    @property
    def index(self) -> dict[str, int]:
        return {column.key: order for order, (_position, column) in enumerate(self.placed)}

    @property
    def notes(self) -> list[str]:
        notes = list(self.table.notes)
        if self.unused:
            names = ", ".join(self.unused[:12]) + ("…" if len(self.unused) > 12 else "")
            notes.append(_("Kolom yang tidak dipakai: %(names)s.") % {"names": names})
        return notes


@dataclass(slots=True)
class RawRow:
    """A row and what its cells held, for the review and for correcting it."""

    row: SheetRow
    raw: Sequence[Any]


def open_layout(path: Path, columns: Sequence[Column], *, name: str = "") -> Layout:
    """Find the sheet and the row whose headings fit; raise a `FileRefused` when none does."""
    found_most, best = -1, [_("tidak ada")]
    missing = [str(column.heading) for column in columns if column.required]
    for table in candidate_tables(path, name=name):
        head = list(islice(table.rows, ROWS_SEARCHED))
        for order, (number, cells) in enumerate(head):
            placed, unused = _placed(cells, columns)
            found = {column.key for _position, column in placed}
            lacking = [
                str(column.heading)
                for column in columns
                if column.required and column.key not in found
            ]
            if placed and not lacking:
                rows = chain(head[order + 1 :], table.rows)
                return Layout(table, placed, number, unused, rows)
            texts = [as_text(cell) for cell in cells if as_text(cell)]
            if texts and len(placed) > found_most:
                found_most, best, missing = len(placed), texts, lacking
    raise ColumnsMissing(missing=", ".join(missing), found=", ".join(best[:15]))


def read_rows(layout: Layout) -> Iterator[RawRow]:
    """Yield the rows that are not empty, typed, each with the problems of its cells."""
    index = layout.index
    columns = [column for _position, column in layout.placed]
    width = max(position for position, _column in layout.placed) + 1
    chosen = itemgetter(*(position for position, _column in layout.placed))
    memos: list[Memo] = [{} for _column in columns]
    faults = layout.table.faults
    any_row = False
    for number, cells in layout.rows:
        padded = cells if len(cells) >= width else [*cells, *[None] * (width - len(cells))]
        raw = chosen(padded) if len(columns) > 1 else (chosen(padded),)
        if not any(raw) and all(value in (None, "") for value in raw):
            continue
        any_row = True
        row = typed_row(number, raw, columns, index, memos)
        if number in faults:
            _add_faults(row, faults[number], layout.placed)
        yield RawRow(row, raw)
    if not any_row:
        raise Empty


def typed_row(
    number: int,
    raw: Sequence[Any],
    columns: Sequence[Column],
    index: dict[str, int],
    memos: Sequence[Memo] | None = None,
) -> SheetRow:
    """Turn raw cells into typed ones; what cannot be read becomes a problem of the row.

    `memos` keep what texts of each column were turned into: in most columns few texts repeat.
    """
    cells: list[Cell] = []
    problems: list[Problem] = []
    known = memos or [{} for _column in columns]
    for value, column, memo in zip(raw, columns, known, strict=True):
        if type(value) is not str:
            cells.append(_read(value, column, problems))
            continue
        cell = memo.get(value, _UNREAD)
        if cell is _UNREAD:
            found = len(problems)
            cell = _read(value, column, problems)
            if len(memo) < REMEMBERED and len(problems) == found:
                memo[value] = cell
        cells.append(cell)
    return SheetRow(number, cells, index, problems)


def _read(value: Any, column: Column, problems: list[Problem]) -> Any:
    if type(value) is str and _is_clean(value, column):
        return value
    try:
        cell = READERS[column.kind](value)
    except CellRefused as refusal:
        problems.append(Problem(column.key, refusal.sentence, refusal.suggestion))
        return "" if column.kind in (CellKind.TEXT, CellKind.IDENTIFIER) else None
    if (cell is None or cell == "") and column.filled:
        problems.append(_unfilled(column))
    elif type(cell) is str and len(cell) > column.limit:
        problems.append(_too_long(column))
    return cell


def _is_clean(text: str, column: Column) -> bool:
    """Whether reading would return this text as it is; short ones may be `null`."""
    if len(text) <= 4 or not _is_plain(text, column.limit):
        return False
    if column.kind is CellKind.IDENTIFIER:
        return text[0].isalpha() or text.isdecimal()
    return column.kind is CellKind.TEXT


def _is_plain(text: str, limit: int) -> bool:
    """Whether a text is already as clean as `as_text` would make it (most cells are)."""
    return (
        text.isprintable() and len(text) <= limit and text[0] not in " '\u00a0" and text[-1] != " "
    )


def _placed(
    cells: Sequence[Any], columns: Sequence[Column]
) -> tuple[list[tuple[int, Column]], list[str]]:
    """Match one row of possible headings; the order of a column's names is their priority."""
    headings: dict[str, int] = {}
    texts = [as_text(cell) for cell in cells]
    twice: dict[str, int] = {}
    for position, text in enumerate(texts):
        plain = _plain(text)
        if plain in headings:
            twice[plain] = position
        elif plain:
            headings[plain] = position
    placed: list[tuple[int, Column]] = []
    for column in columns:
        names = [_plain(name) for name in (column.key, str(column.heading), *column.accepts)]
        name = next((name for name in names if name in headings), None)
        if name is None:
            continue
        if name in twice and column.required:
            raise ColumnsTwice(
                heading=column.heading, first=headings[name] + 1, second=twice[name] + 1
            )
        placed.append((headings[name], column))
    used = {position for position, _column in placed}
    return placed, [text for at, text in enumerate(texts) if text and at not in used]


def _plain(heading: str) -> str:
    return _SIGNS.sub("", heading.lower())


def _add_faults(
    row: SheetRow, faults: dict[int, tuple[str, str]], placed: Sequence[tuple[int, Column]]
) -> None:
    for position, column in placed:
        if position in faults:
            sentence, suggestion = faults[position]
            row.problems = [one for one in row.problems if one.column != column.key]
            row.problems.append(Problem(column.key, sentence, suggestion))


def _unfilled(column: Column) -> Problem:
    sentence = _("%(heading)s belum diisi.") % {"heading": column.heading}
    return Problem(column.key, sentence, column.hint)


def _too_long(column: Column) -> Problem:
    sentence = _("%(heading)s melebihi %(limit)s karakter.") % {
        "heading": column.heading,
        "limit": column.limit,
    }
    return Problem(column.key, sentence, _("Persingkat isinya."))
