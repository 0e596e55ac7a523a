"""Stored files: the row says what a file is; its bytes lie in the data folder under their hash."""

from __future__ import annotations

from django.db import models

from sinambung.platform.documents.kinds import FileKind, MediaType
from sinambung.platform.foundation.aggregates import Aggregate


class StoredFile(Aggregate):
    """A file that somebody brought or the product made; bytes never change.

    `owner` names whose file it is (a kind and an id of the app that asked); that app decides who
    may see it. Equal bytes are kept once on disk, whoever owns them.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(
        max_length=80, choices=[(kind.value, kind.value) for kind in MediaType]
    )
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in FileKind])
    owner_kind = models.CharField(max_length=40)
    owner_id = models.CharField(max_length=26)
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["-stored_at", "id"]
        indexes = [
            models.Index(fields=["owner_kind", "owner_id", "id"], name="documents_file_owner")
        ]

    def __str__(self) -> str:
        return self.name
