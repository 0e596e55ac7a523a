"""Reads of stored files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

from sinambung.platform.documents import storage
from sinambung.platform.documents.models import StoredFile
from sinambung.platform.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class FileContent:
    """A stored file with its bytes."""

    name: str
    media_type: str
    content: bytes


def stored_file(file_id: str) -> StoredFile:
    """Return the row of a file; who may see it is for its owner's app to say."""
    found = StoredFile.objects.filter(pk=file_id).first()
    if found is None:
        raise NotFound
    return found


def file_content(file_id: str) -> FileContent:
    """Return a stored file with its bytes, checked against their hash."""
    row = stored_file(file_id)
    return FileContent(row.name, row.media_type, storage.read(row.sha256))


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A stored file that is open for reading; whoever asked for it closes it."""

    name: str
    media_type: str
    size: int
    file: IO[bytes]


def open_file(file_id: str) -> OpenFile:
    """Open a stored file, checked against its hash, without holding it in memory."""
    row = stored_file(file_id)
    return OpenFile(row.name, row.media_type, row.size, storage.opened(row.sha256))


def files_of(*, owner_kind: str, owner_id: str) -> list[StoredFile]:
    """Return the files of one owner, oldest first."""
    return list(StoredFile.objects.filter(owner_kind=owner_kind, owner_id=owner_id).order_by("id"))


def reader_of(file_ids: Iterable[str]) -> Callable[[str], bytes]:
    """Return what reads one of several files when it is needed: one query for all of them.

    It raises `FileDamaged` for a file that is unknown or damaged.
    """
    rows = StoredFile.objects.filter(pk__in=list(file_ids)).order_by()
    hashes = dict(rows.values_list("id", "sha256"))
    return lambda file_id: storage.read(hashes.get(file_id, ""))
