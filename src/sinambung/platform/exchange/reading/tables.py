"""A file as a table: numbered raw rows with what is known about single cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sinambung.platform.exchange.reading import delimited, formats, workbooks
from sinambung.platform.exchange.reading.refusals import Empty, Encrypted


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


def candidate_tables(path: Path, *, name: str = "") -> Iterator[Table]:
    """Yield the tables in which the data may be: each visible sheet, or the one of a CSV file.

    `name` is what the file was called. Raises a `FileRefused` that says what is wrong with it.
    """
    with path.open("rb") as file:
        head = file.read(formats.HEAD)
    if not head:
        raise Empty
    if formats.is_archive(head):
        for sheet in workbooks.visible_sheets(path):
            yield Table(
                rows=sheet.rows,
                height=sheet.height,
                sheet=sheet.name,
                notes=sheet.notes,
                faults=sheet.faults,
            )
        return
    if formats.is_compound(head) and formats.is_encrypted(path):
        raise Encrypted
    formats.refuse_foreign(head, name)
    rows, height, notes = delimited.read(path)
    yield Table(rows=rows, height=height, notes=notes)
