"""A look through an XLSX archive before the parser sees it: size, far cells, formulas, dates.

Every entry is inflated once in small pieces. `zipfile` stops at the declared size and compares
the checksum, so an entry that hides more than it declares is found here and not by the parser.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath

from sinambung.platform.exchange.reading.formats import foreign_archive
from sinambung.platform.exchange.reading.refusals import (
    Broken,
    Encrypted,
    TooFar,
    TooLarge,
)

MAX_BYTES = 300 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_FORMULAS = 5_000
_PIECE = 1 << 20
_OVERLAP = 300
_FAR_CELL = re.compile(rb'<c r="([A-Z]{3}\d+|[A-Z]{1,2}\d{6,7})"[^>/]*>(?!</c>)')
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*><f[ />]')
_SHEET = re.compile(rb"<sheet\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_DATE_1904 = re.compile(rb'date1904="(?:1|true)"')
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


@dataclass(slots=True)
class Inspection:
    """`formulas` are positions (row from 1, column from 0) by name of the sheet."""

    uses_1904: bool = False
    formulas: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def inspect(path: Path) -> Inspection:
    """Look through the archive; raise a `FileRefused` for what must not be parsed."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _inspect(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise Broken from error


def _inspect(archive: zipfile.ZipFile) -> Inspection:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise TooLarge(limit=MAX_BYTES >> 20)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Encrypted
    if "xl/workbook.xml" not in archive.namelist():
        raise foreign_archive(archive)
    formulas = {entry.filename: _look_through(archive, entry) for entry in entries}
    workbook = archive.read("xl/workbook.xml")
    return Inspection(
        uses_1904=bool(_DATE_1904.search(workbook)),
        formulas=_by_sheet(archive, workbook, formulas),
    )


def _look_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> list[tuple[int, int]]:
    """Inflate one entry to its end; return where a worksheet holds formulas."""
    is_sheet = entry.filename.startswith("xl/worksheets/")
    formulas: list[tuple[int, int]] = []
    tail = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            if not is_sheet:
                continue
            piece = tail + piece
            if far := _FAR_CELL.search(piece):
                raise TooFar(cell=far[1].decode())
            if b"><f" in piece and len(formulas) < MAX_FORMULAS:
                formulas.extend((int(row), _position(letters)) for letters, row in _found(piece))
            tail = piece[-_OVERLAP:]
    return formulas


def _found(piece: bytes) -> list[tuple[bytes, bytes]]:
    return _FORMULA.findall(piece)


def _position(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _by_sheet(
    archive: zipfile.ZipFile, workbook: bytes, formulas: dict[str, list[tuple[int, int]]]
) -> dict[str, list[tuple[int, int]]]:
    targets = _targets(archive)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for tag in _SHEET.findall(workbook):
        attributes = {name: value.decode() for name, value in _ATTRIBUTE.findall(tag)}
        path = targets.get(attributes.get(b"r:id", ""), "")
        found[_plain(attributes.get(b"name", ""))] = formulas.get(path, [])
    return found


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        text = archive.read("xl/_rels/workbook.xml.rels")
    except KeyError as error:
        raise zipfile.BadZipFile from error
    targets = {}
    for tag in _RELATION.findall(text):
        attributes = {name: value.decode() for name, value in _ATTRIBUTE.findall(tag)}
        target = attributes.get(b"Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[attributes.get(b"Id", "")] = normpath(path)
    return targets


def _plain(text: str) -> str:
    for entity, sign in _ENTITIES.items():
        text = text.replace(entity, sign)
    return text
