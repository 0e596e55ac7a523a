"""Rows that are changed under lock and carry the version that a form must bring back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Self, TypeVar, cast

from django.db import models

from sinambung.platform.foundation.errors import ChangedMeanwhile, NotFound
from sinambung.platform.foundation.identifiers import new_ulid

Row = TypeVar("Row", bound="Aggregate")


class AggregateQuerySet(models.QuerySet[Row]):
    def locked(self, id: str, *, version: int | None = None) -> Row:
        """Re-read a row under lock; refuse when it changed since `version` was shown.

        Raises `NotFound` for an unknown id and `ChangedMeanwhile` for a stale version.
        `None` as version is for callers that carry no form (jobs, commands).
        """
        row = self.select_for_update(of=("self",)).filter(pk=id).first()
        if row is None:
            raise NotFound
        if version is not None and row.version != version:
            raise ChangedMeanwhile
        return row


class Aggregate(models.Model):
    """A row with a public identifier and a version."""

    id = models.CharField(max_length=26, primary_key=True, default=new_ulid, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[AggregateQuerySet[Self]] = cast(
        "AggregateQuerySet[Self]", AggregateQuerySet.as_manager()
    )

    class Meta:
        abstract = True


def save_changed(row: Aggregate, fields: Iterable[str]) -> None:
    """Save the named fields of a locked row and raise its version by one."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
