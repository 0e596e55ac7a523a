"""What kinds of files are kept, and what may be brought in as one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MediaType(StrEnum):
    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ZIP = "application/zip"


class FileKind(StrEnum):
    """Why a file is kept."""

    DOCUMENT = "document"
    PORTRAIT = "portrait"
    CERTIFICATE = "certificate"
    BUNDLE = "bundle"


@dataclass(frozen=True, slots=True)
class UploadRule:
    """What may be brought in as a kind."""

    media_types: frozenset[MediaType]
    max_bytes: int


UPLOADS: dict[FileKind, UploadRule] = {
    FileKind.DOCUMENT: UploadRule(
        frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG, MediaType.DOCX}), 10_000_000
    ),
    FileKind.PORTRAIT: UploadRule(frozenset({MediaType.JPEG, MediaType.PNG}), 5_000_000),
}

EXTENSIONS: dict[MediaType, str] = {
    MediaType.PDF: ".pdf",
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.DOCX: ".docx",
    MediaType.ZIP: ".zip",
}
