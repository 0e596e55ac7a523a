"""What a file is that cannot be imported, told by its first bytes and its name."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePath

from sinambung.platform.exchange.reading.refusals import (
    BinaryWorkbook,
    BrokenWorkbook,
    FileRefused,
    NoArchive,
    NoImage,
    NoPdf,
    NoSlides,
    NoWord,
    OldFormat,
    OpenDocument,
    OtherFormat,
)

HEAD = 4096
_PDF_WITHIN = 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_STARTS: tuple[tuple[tuple[bytes, ...], type[FileRefused]], ...] = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF"), NoImage),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), NoArchive),
    ((b"{\\rtf",), NoWord),
    ((b"<!DOC", b"<html", b"<?xml"), OtherFormat),
)
_SUFFIXES: dict[str, type[FileRefused]] = {
    ".pdf": NoPdf,
    ".xls": OldFormat,
    ".xlsb": BinaryWorkbook,
    **dict.fromkeys((".ods", ".odt", ".odp"), OpenDocument),
    **dict.fromkeys((".doc", ".docx", ".rtf"), NoWord),
    **dict.fromkeys((".ppt", ".pptx"), NoSlides),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".tif", ".bmp"), NoImage),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz"), NoArchive),
}
_ENTRIES: tuple[tuple[str, type[FileRefused]], ...] = (
    ("word/", NoWord),
    ("ppt/", NoSlides),
    ("xl/workbook.bin", BinaryWorkbook),
    ("mimetype", OpenDocument),
)
_WORKBOOKS = (".xlsx", ".xlsm")
_CONTROL = bytes(sign for sign in range(32) if sign not in b"\t\n\r\f\x1a\x1b")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def is_archive(head: bytes) -> bool:
    return head.startswith(_ZIP)


def refuse_foreign(head: bytes, name: str) -> None:
    """Raise what says which kind of file this is, unless it may be a CSV file."""
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in head[:_PDF_WITHIN]:
        raise NoPdf
    if is_compound(head):
        raise _compound(suffix)
    for starts, refusal in _STARTS:
        if head.startswith(starts):
            raise refusal
    if suffix in _SUFFIXES:
        raise _SUFFIXES[suffix]
    if suffix in _WORKBOOKS and not _is_text(head):
        raise BrokenWorkbook


def foreign_archive(archive: zipfile.ZipFile) -> FileRefused:
    """Return what says which kind of file a ZIP archive without a workbook is."""
    names = archive.namelist()
    for start, refusal in _ENTRIES:
        if any(name.startswith(start) for name in names):
            return refusal()
    return NoArchive()


def is_compound(head: bytes) -> bool:
    return head.startswith(_OLE)


def is_encrypted(path: Path) -> bool:
    """An encrypted workbook is an OLE file with a stream of this name (MS-OFFCRYPTO 2.3)."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _compound(suffix: str) -> FileRefused:
    return {".doc": NoWord, ".ppt": NoSlides}.get(suffix, OldFormat)()


def _is_text(head: bytes) -> bool:
    if head.startswith(_UTF_16):
        return True
    if head.translate(None, _CONTROL) != head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4
    return True
