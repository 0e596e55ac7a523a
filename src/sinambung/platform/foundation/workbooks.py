"""Workbooks and CSV out: streamed, typed, and guarded against formula injection."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

Cell = str | int | float | Decimal | dt.date | dt.datetime | None

# The last four are the wide forms that a spreadsheet may read as the first four.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    width: int = 18
    number_format: str = ""


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: a leading apostrophe where needed."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def write_workbook(
    *, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], title: str = "Data"
) -> bytes:
    """Return an XLSX with one sheet. Text stays text (a NIP keeps its digits)."""
    import xlsxwriter  # start-up time

    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": tempfile.gettempdir(),
        },
    )
    sheet = workbook.add_worksheet(title[:31])
    head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = _formats(workbook, columns)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.heading, head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            _write_cell(sheet, number, index, value, formats)
    workbook.close()
    return target.getvalue()


def write_csv(target: IO[str], *, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write CSV whose text cells cannot run as formulas when a spreadsheet opens it."""
    writer = csv.writer(target)
    writer.writerow([guarded(heading) for heading in headings])
    for row in rows:
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in row])


def _formats(workbook: Any, columns: Sequence[Column]) -> dict[Any, Any]:
    formats: dict[Any, Any] = {
        index: workbook.add_format({"num_format": column.number_format})
        for index, column in enumerate(columns)
        if column.number_format
    }
    formats["day"] = workbook.add_format({"num_format": "dd-mm-yyyy"})
    formats["moment"] = workbook.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    return formats


def _write_cell(sheet: Any, row: int, column: int, value: Cell, formats: dict[Any, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value[:32767])
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), formats["moment"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, formats["day"])
    else:
        sheet.write_number(row, column, float(value), formats.get(column))
