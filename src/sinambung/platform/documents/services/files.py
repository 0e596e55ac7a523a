"""Keeping files: those that people bring, and those that the product makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.documents import inspection, storage
from sinambung.platform.documents.kinds import UPLOADS, FileKind, MediaType
from sinambung.platform.documents.models import StoredFile
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Invalid


class WrongType(Invalid):
    message = _("Jenis berkas ini tidak diterima. Unggah %(types)s.")


class TooLarge(Invalid):
    message = _("Berkas ini terlalu besar; paling besar %(limit)s MB.")


class EmptyFile(Invalid):
    message = _("Berkas ini kosong. Pilih berkas yang benar.")


_SPOKEN = {
    MediaType.PDF: "PDF",
    MediaType.JPEG: "JPEG",
    MediaType.PNG: "PNG",
    MediaType.DOCX: "Word (.docx)",
}


def store_file(
    *,
    content: bytes,
    name: str,
    kind: FileKind,
    owner_kind: str,
    owner_id: str,
    by: Actor,
    at: dt.datetime,
) -> StoredFile:
    """Check and keep a file that somebody brought; the type is what the bytes are.

    Raises `Invalid` subclasses with a sentence for a wrong type, size or broken content. Portraits
    become a JPEG of 3 to 4; other pictures are drawn anew. Call it inside or outside a
    transaction: the bytes are kept under their hash, so a rolled back row leaves nothing wrong.
    """
    content, media_type = _accepted(content, kind)
    return keep_file(
        content=content,
        name=name,
        media_type=media_type,
        kind=kind,
        owner_kind=owner_kind,
        owner_id=owner_id,
        by=by,
        at=at,
    )


def _accepted(content: bytes, kind: FileKind) -> tuple[bytes, MediaType]:
    rule = UPLOADS[kind]
    if not content:
        raise EmptyFile(EmptyFile.message, field="file")
    if len(content) > rule.max_bytes:
        raise TooLarge(TooLarge.message, field="file", limit=rule.max_bytes // 1_000_000)
    media_type = inspection.media_type_of(content)
    if media_type is None or media_type not in rule.media_types:
        types = ", ".join(sorted(_SPOKEN[accepted] for accepted in rule.media_types))
        raise WrongType(WrongType.message, field="file", types=types)
    if kind is FileKind.PORTRAIT:
        return inspection.portrait(content), MediaType.JPEG
    checked = inspection.checked(content, media_type=media_type)
    return checked, MediaType.JPEG if media_type is MediaType.PNG else media_type


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that the product itself made."""

    content: bytes
    name: str
    owner_id: str


def keep_file(
    *,
    content: bytes,
    name: str,
    media_type: MediaType,
    kind: FileKind,
    owner_kind: str,
    owner_id: str,
    by: Actor,
    at: dt.datetime,
) -> StoredFile:
    """Keep one file that the product itself made."""
    made = MadeFile(content=content, name=name, owner_id=owner_id)
    return keep_files(
        files=[made], media_type=media_type, kind=kind, owner_kind=owner_kind, by=by, at=at
    )[0]


def lay_down(contents: Iterable[bytes]) -> None:
    """Put bytes on the disk before the transaction whose rows will name them, to keep it short."""
    for content in contents:
        storage.write(content)


def begin_file() -> AbstractContextManager[IO[bytes]]:
    """Give a file to be written piece by piece, for `keep_written`; else it is gone at the end."""
    return storage.begun()


@transaction.atomic
def keep_written(
    *,
    file: IO[bytes],
    name: str,
    media_type: MediaType,
    kind: FileKind,
    owner_kind: str,
    owner_id: str,
    by: Actor,
    at: dt.datetime,
) -> StoredFile:
    """Keep a file that `begin_file` gave and that has been written to its end."""
    sha256, size = storage.finished(file)
    row = StoredFile(
        sha256=sha256,
        size=size,
        media_type=media_type.value,
        name=inspection.clean_name(name, media_type=media_type),
        kind=kind.value,
        owner_kind=owner_kind,
        owner_id=owner_id,
        stored_at=at,
        stored_by=by.id,
    )
    row.save(force_insert=True)
    return row


@transaction.atomic
def keep_files(
    *,
    files: Sequence[MadeFile],
    media_type: MediaType,
    kind: FileKind,
    owner_kind: str,
    by: Actor,
    at: dt.datetime,
) -> list[StoredFile]:
    """Keep several files that the product itself made, in order."""
    rows = [
        StoredFile(
            sha256=storage.write(file.content),
            size=len(file.content),
            media_type=media_type.value,
            name=inspection.clean_name(file.name, media_type=media_type),
            kind=kind.value,
            owner_kind=owner_kind,
            owner_id=file.owner_id,
            stored_at=at,
            stored_by=by.id,
        )
        for file in files
    ]
    return list(StoredFile.objects.bulk_create(rows))
