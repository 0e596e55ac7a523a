"""CSV files as people make them: any delimiter, UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from sinambung.platform.exchange.reading.refusals import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ";,\t|"


def read(path: Path) -> tuple[Iterator[tuple[int, Sequence[str]]], int, list[str]]:
    """Return the numbered rows of a CSV file, how many at most, and notes on how it was read."""
    content = path.read_bytes()
    encoding, notes = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable from error
    if "\x00" in text:
        raise Unreadable
    lines = text.splitlines(keepends=True)
    first, delimiter = _delimiter(lines)
    return _numbered(lines[first:], delimiter, first), len(lines), notes


def _encoding(content: bytes) -> tuple[str, list[str]]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name, []
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", [
            _("Berkas tidak memakai UTF-8 dan dibaca sebagai Windows-1252. Periksa huruf beraksen.")
        ]
    return "utf-8", []


def _delimiter(lines: Sequence[str]) -> tuple[int, str]:
    """Excel may write `sep=;` first; else the sign most frequent in the first lines with any."""
    if lines and lines[0].lower().startswith("sep="):
        return 1, lines[0].strip()[4:5] or ","
    for line in lines[:20]:
        counts = {sign: _outside_quotes(line, sign) for sign in _DELIMITERS}
        best = max(counts, key=lambda sign: counts[sign])
        if counts[best]:
            return 0, best
    return 0, ","


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _numbered(
    lines: Sequence[str], delimiter: str, skipped: int
) -> Iterator[tuple[int, Sequence[str]]]:
    """Number the records, not the lines: a quoted cell may hold line breaks, as in a sheet."""
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        yield from enumerate(reader, start=1 + skipped)
    except csv.Error as error:
        raise Unreadable from error
