"""A file as a table: numbered raw rows with what is known about single cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sinambung.platform.exchange.reading import delimited, workbooks
from sinambung.platform.exchange.reading.refusals import Empty, Encrypted, OldFormat, OtherFormat

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOC", b"<html", b"<?xml")


@dataclass(slots=True)
class Table:
    """Raw rows of one sheet, each with its number in the file.

    `faults` are sentences about single cells by row number and column position (formula, merged
    cell). `notes` are sentences about the file. `sheet` is empty for CSV.
    """

    rows: Iterator[tuple[int, Sequence[Any]]]
    height: int
    sheet: str = ""
    notes: list[str] = field(default_factory=list)
    faults: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)


def candidate_tables(path: Path) -> Iterator[Table]:
    """Yield the tables in which the data may be: each visible sheet, or the one of a CSV file.

    Raises a `FileRefused` that says what is wrong with the file.
    """
    with path.open("rb") as file:
        start = file.read(8)
        if start == _OLE:
            raise Encrypted if _mentions_encryption(path) else OldFormat
    if not start:
        raise Empty
    if start.startswith(_ZIP):
        for sheet in workbooks.visible_sheets(path):
            yield Table(
                rows=sheet.rows,
                height=sheet.height,
                sheet=sheet.name,
                notes=sheet.notes,
                faults=sheet.faults,
            )
        return
    if start.startswith(_OTHERS):
        raise OtherFormat
    rows, height, notes = delimited.read(path)
    yield Table(rows=rows, height=height, notes=notes)


def _mentions_encryption(path: Path) -> bool:
    """An encrypted workbook is an OLE file with a stream of this name (MS-OFFCRYPTO 2.3)."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
