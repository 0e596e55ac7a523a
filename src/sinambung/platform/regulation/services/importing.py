"""Import local values that another installation exported: they wait for confirmation here."""

from __future__ import annotations

import datetime as dt
import io
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Invalid
from sinambung.platform.regulation.models import LocalEdition, LocalState
from sinambung.platform.regulation.services.entering import enter_local_values

LARGEST = 5_000_000
MOST_FILES = 2000


class ArchiveRefused(Invalid):
    def __init__(self) -> None:
        super().__init__(
            _("Berkas ini bukan ekspor nilai setempat. Unggah ZIP dari “Unduh nilai setempat”."),
            field="file",
        )


@dataclass(frozen=True, slots=True)
class _Row:
    edition_key: str
    subject: str
    values: Mapping[str, str]
    effective_on: dt.date
    source: str
    article: str


@transaction.atomic
def import_local_law(*, content: bytes, by: Actor, at: dt.datetime) -> list[LocalEdition]:
    """Enter every value of an exported ZIP that is not here yet; all or nothing.

    Values that are confirmed here already with the same day and content are left alone. Several
    editions of one subject cannot wait at once: the oldest that is not here yet comes first.
    """
    entered = []
    seen: set[tuple[str, str]] = set()
    for row in sorted(_rows(content), key=lambda row: row.effective_on):
        key = (row.edition_key, row.subject)
        if key in seen or _is_here(row):
            continue
        seen.add(key)
        entered.append(
            enter_local_values(
                edition_key=row.edition_key,
                subject_key=row.subject,
                values=row.values,
                effective_on=row.effective_on,
                source=row.source,
                article=row.article,
                by=by,
                at=at,
            )
        )
    return entered


def _is_here(row: _Row) -> bool:
    here = LocalEdition.objects.filter(
        edition_key=row.edition_key, subject=row.subject, effective_on=row.effective_on
    )
    states = [LocalState.CONFIRMED, LocalState.WAITING]
    return any(dict(row.values) == entry.values for entry in here.filter(state__in=states))


def _rows(content: bytes) -> Iterator[_Row]:
    files = _files(content)
    try:
        for name, table in files.items():
            if name.startswith("tables/local/"):
                yield from _rows_of(table, files)
    except (KeyError, TypeError, AttributeError):
        raise ArchiveRefused from None


def _rows_of(table: Mapping[str, Any], files: Mapping[str, Any]) -> Iterator[_Row]:
    for edition in table["edition"]:
        if type(edition["from"]) is not dt.date:
            raise TypeError
        yield _Row(
            edition_key=str(table["edition_key"]),
            subject=str(table["subject"]),
            values={str(key): str(value) for key, value in edition["values"].items()},
            effective_on=edition["from"],
            source=str(files[f"sources/{edition['source']}.toml"]["title"])[:300],
            article=str(edition.get("article", ""))[:200],
        )


def _files(content: bytes) -> dict[str, dict[str, Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            listed = [info for info in packed.infolist() if info.filename.endswith(".toml")]
            if len(listed) > MOST_FILES or sum(info.file_size for info in listed) > LARGEST:
                raise ArchiveRefused
            return {info.filename: _toml(packed.read(info)) for info in listed}
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, EOFError, OSError):
        raise ArchiveRefused from None


def _toml(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
