"""Reads of stored files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


def files_of(*, owner_kind: str, owner_id: str) -> list[StoredFile]:
    """Return the files of one owner, oldest first."""
    return list(StoredFile.objects.filter(owner_kind=owner_kind, owner_id=owner_id).order_by("id"))


def contents_by_id(file_ids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of several files in one query; damaged ones are left out."""
    found = {}
    for key, sha256 in StoredFile.objects.filter(pk__in=list(file_ids)).values_list("id", "sha256"):
        try:
            found[key] = storage.read(sha256)
        except storage.FileDamaged:
            continue
    return found
