"""XLSX files: looked at before they are parsed, then read row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sinambung.platform.exchange.reading.inspection import Inspection, inspect
from sinambung.platform.exchange.reading.refusals import Broken, Encrypted, OnlyHidden

Faults = dict[int, dict[int, tuple[str, str]]]


@dataclass(slots=True)
class Sheet:
    name: str
    rows: Iterator[tuple[int, Sequence[Any]]]
    height: int
    notes: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=dict)


def visible_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the visible worksheets; raise a `FileRefused` where the file cannot be trusted."""
    found = inspect(path)
    workbook = _opened(path)
    worksheets = [
        entry for entry in workbook.sheets_metadata if entry.typ == SheetTypeEnum.WorkSheet
    ]
    visible = [entry for entry in worksheets if entry.visible == SheetVisibleEnum.Visible]
    if worksheets and not visible:
        raise OnlyHidden
    notes = _notes(found, [entry.name for entry in worksheets if entry not in visible])
    for entry in visible:
        sheet = _sheet(workbook, entry.name)
        yield Sheet(
            name=entry.name,
            rows=_numbered(sheet),
            height=sheet.total_height,
            notes=list(notes),
            faults=_faults(found, entry.name, sheet),
        )


def _opened(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise Encrypted from error
    except CalamineError as error:
        raise Broken from error
    except BaseException as error:
        raise _as_broken(error) from error


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise Broken from error
    except BaseException as error:
        raise _as_broken(error) from error


def _as_broken(error: BaseException) -> BaseException:
    """A panic of the Rust parser is no `Exception`; it means a file nobody could read."""
    return Broken() if type(error).__name__ == "PanicException" else error


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, Sequence[Any]]]:
    if sheet.start is None:
        return
    yield from enumerate(sheet.iter_rows(), start=1)


def _notes(found: Inspection, hidden: Sequence[str]) -> list[str]:
    notes = []
    if hidden:
        notes.append(
            _("Lembar tersembunyi tidak dibaca: %(names)s.") % {"names": ", ".join(hidden)}
        )
    if found.uses_1904:
        notes.append(_("Berkas memakai sistem tanggal 1904; tanggalnya sudah disesuaikan."))
    return notes


def _faults(found: Inspection, name: str, sheet: CalamineSheet) -> Faults:
    """Say which cells hold a formula or belong to a merged area of several rows."""
    faults: Faults = {}
    first = sheet.start[1] if sheet.start else 0
    for row, column in found.formulas.get(name, ()):
        faults.setdefault(row, {})[column - first] = (
            _("Sel ini berisi rumus, bukan nilai."),
            _("Salin kolomnya lalu tempel sebagai nilai, kemudian unggah lagi."),
        )
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        sentence = _("Sel baris %(first)s sampai %(last)s digabung.") % {
            "first": top + 1,
            "last": bottom + 1,
        }
        fault = (sentence, _("Pisahkan selnya, isi tiap baris, kemudian unggah lagi."))
        for row in range(top, bottom + 1) if bottom > top else ():
            for column in range(left, right + 1):
                faults.setdefault(row + 1, {})[column - first] = fault
    return faults
