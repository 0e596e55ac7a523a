"""A whole source at once: the signed files as one archive, and a print copy that says it is one."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from sinambung.domains.credentials import queries
from sinambung.domains.credentials.models import Certificate, CertificateSource
from sinambung.domains.credentials.services.issuing import NothingToIssue
from sinambung.domains.credentials.services.naming import file_name
from sinambung.domains.credentials.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.documents import queries as files
from sinambung.platform.documents import services as documents
from sinambung.platform.documents.inspection import clean_name
from sinambung.platform.documents.kinds import FileKind, MediaType
from sinambung.platform.documents.merging import Merging
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.jobs import services as jobs

COPY_TEMPLATE = "credentials/print/copy-mark.typ"
Tell = Callable[[int, int], None]


@transaction.atomic
def request_bundle(*, source_id: str, by: Actor) -> CertificateSource:
    """Queue the job that makes archive and print copy of what is valid now."""
    row = CertificateSource.objects.locked(source_id)
    if not queries.valid_certificates(source_id):
        raise NothingToIssue
    title = _("Menyiapkan unduhan sertifikat %(source)s") % {"source": row.name}
    payload = {"source": row.pk}
    row.bundle_job_id = jobs.start(
        kind="credentials.bundle", title=title, payload=payload, by=by
    ).pk
    save_changed(row, ["bundle_job_id"])
    return row


def make_bundle(
    *, source_id: str, by: Actor, at: dt.datetime, tell: Tell | None = None
) -> CertificateSource:
    """Make archive and print copy of the valid certificates; nothing when they are current."""
    rows = queries.valid_certificates(source_id)
    if not rows:
        raise NothingToIssue
    digest = queries.bundle_digest(rows)
    source = CertificateSource.objects.get(pk=source_id)
    if source.bundle_of == digest:
        return source
    with documents.begin_file() as archive, documents.begin_file() as copy:
        _write(rows, archive=archive, copy=copy, at=at, tell=tell)
        return _keep(source_id, digest, archive=archive, copy=copy, count=len(rows), by=by, at=at)


def save_files(*, source_id: str, folder: Path) -> list[Path]:
    """Write the signed files of a source into `folder`, archive and print copy beside it.

    Returns the paths of the signed files.
    """
    source = CertificateSource.objects.get(pk=source_id)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for row in queries.valid_certificates(source_id):
        path = folder / clean_name(file_name(row), media_type=MediaType.PDF)
        path.write_bytes(files.file_content(row.file_id).content)
        written.append(path)
    for file_id in filter(None, (source.archive_file, source.print_file)):
        stored = files.open_file(file_id)
        with stored.file, (folder.parent / stored.name).open("wb") as taken:
            shutil.copyfileobj(stored.file, taken)
    return written


def _write(
    rows: list[Certificate],
    *,
    archive: IO[bytes],
    copy: IO[bytes],
    at: dt.datetime,
    tell: Tell | None,
) -> None:
    """Write each signed file into the archive and its pages into the print copy, one by one."""
    mark = documents.typeset(COPY_TEMPLATE, {}, at=at)
    merging = Merging(copy, mark=mark, title=_("Salinan cetak sertifikat"))
    read = files.reader_of(row.file_id for row in rows)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for place, row in enumerate(rows, start=1):
            content = read(row.file_id)
            name = clean_name(file_name(row), media_type=MediaType.PDF)
            packed.writestr(f"{place:03} {name}", content)
            merging.add(content, name=f"{row.number} {row.holder_name}")
            if tell:
                tell(place, len(rows))
    merging.finish()


@transaction.atomic
def _keep(
    source_id: str,
    digest: str,
    *,
    archive: IO[bytes],
    copy: IO[bytes],
    count: int,
    by: Actor,
    at: dt.datetime,
) -> CertificateSource:
    source = CertificateSource.objects.locked(source_id)
    made = [
        (archive, f"Sertifikat {source.name}.zip", MediaType.ZIP),
        (copy, f"Salinan cetak sertifikat {source.name}.pdf", MediaType.PDF),
    ]
    source.archive_file, source.print_file = (
        documents.keep_written(
            file=file,
            name=name,
            media_type=media_type,
            kind=FileKind.BUNDLE,
            owner_kind="certificate_source",
            owner_id=source.pk,
            by=by,
            at=at,
        ).pk
        for file, name, media_type in made
    )
    source.bundle_of = digest
    save_changed(source, ["archive_file", "print_file", "bundle_of"])
    subject = audit.Subject(kind="certificate_source", id=source.pk, name=source.name)
    audit.record(Trail.BUNDLE_MADE, subject, by=by, count=count)
    return source
