"""A file comes in, and goes again when nobody needs it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.platform.audit import services as audit
from sinambung.platform.exchange.kinds import Options, SheetKind, kind_named
from sinambung.platform.exchange.models import Import, RowOutcome, StagedRow, State
from sinambung.platform.exchange.queries import KEPT
from sinambung.platform.exchange.services.work import queue_work, work_now
from sinambung.platform.exchange.trail import Trail
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Forbidden, Invalid, Refused

MAX_FILE_BYTES = 40 * 1024 * 1024
CHECKED_AT_ONCE = 300_000


class FileTooLarge(Refused):
    status = 422
    message = gettext_lazy(
        "Berkas ini lebih dari %(limit)s MB. Bagi menjadi beberapa berkas, "
        "lalu unggah satu per satu."
    )


class CannotDiscard(Refused):
    message = gettext_lazy("Impor ini sudah diterapkan. Batalkan dulu bila isinya keliru.")


class DiskFull(Refused):
    status = 507
    message = gettext_lazy(
        "Berkas tidak dapat disimpan karena penyimpanan server penuh. Hubungi administrator; "
        "belum ada data yang diubah."
    )


def upload(
    *,
    kind: str,
    file_name: str,
    pieces: Iterable[bytes],
    options: Options,
    by: Actor,
    inline: bool | None = None,
) -> Import:
    """Keep a file and have it checked; return the import (look at its state).

    Small files are checked at once, larger ones in the background, unless `inline` says which.
    """
    sheet_kind = kind_named(kind)
    authorise(sheet_kind, options, by)
    row = Import(
        kind=kind,
        options={name: options[name] for name in sheet_kind.options},
        target=sheet_kind.target(options)[:200],
        file_name=Path(file_name.replace("\\", "/")).name[-200:] or _("tanpa nama"),
        uploaded_by=by.id,
        uploaded_by_name=by.name[:200],
        uploaded_at=clock.now(),
    )
    size = _keep(stored_path(row.pk), pieces)
    at_once = size <= CHECKED_AT_ONCE if inline is None else inline
    _record_upload(row, by=by, queued=not at_once)
    return work_now(row, by=by) if at_once else row


@transaction.atomic
def discard(*, import_id: str, version: int | None, by: Actor) -> Import:
    """Close an import that nobody will apply; its rows go, its entry on the trail stays."""
    row = Import.objects.locked(import_id, version=version)
    if row.state not in (State.REVIEW, State.CHECKING, State.REFUSED):
        raise CannotDiscard
    row.state = State.DISCARDED
    StagedRow.objects.filter(upload=row).delete()
    save_changed(row, ["state"])
    audit.record(Trail.DISCARDED, subject(row), by=by)
    stored_path(row.pk).unlink(missing_ok=True)
    return row


@transaction.atomic
def prune(*, at: dt.datetime) -> int:
    """Delete the rows of imports that can no longer be undone; return how many rows."""
    old = Import.objects.filter(uploaded_at__lt=at - KEPT).exclude(
        state__in=(State.APPLYING, State.UNDOING)
    )
    number, _details = StagedRow.objects.filter(upload__in=old).delete()
    RowOutcome.objects.filter(upload__in=old).delete()
    for import_id in old.filter(state=State.CHECKING).values_list("id", flat=True):
        stored_path(import_id).unlink(missing_ok=True)
    return number


def stored_path(import_id: str) -> Path:
    """Return where a file lies until it has been checked."""
    return Path(settings.DATA_FOLDER) / "imports" / import_id


def subject(row: Import) -> audit.Subject:
    return audit.Subject(kind="import", id=row.pk, name=row.file_name, context_id=row.pk)


def authorise(kind: SheetKind, options: Options, by: Actor) -> None:
    """Refuse who may not import this kind with these options."""
    if not by.may(kind.capability):
        raise Forbidden
    for name in kind.options:
        if not options.get(name):
            raise Invalid(gettext_lazy("Pilih dulu tujuan impor ini."), field=name)
    kind.authorise(by, options)


def _keep(path: Path, pieces: Iterable[bytes]) -> int:
    size = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for piece in pieces:
                size += len(piece)
                if size > MAX_FILE_BYTES:
                    raise FileTooLarge(limit=MAX_FILE_BYTES >> 20)
                file.write(piece)
    except FileTooLarge:
        path.unlink(missing_ok=True)
        raise
    except OSError as error:
        path.unlink(missing_ok=True)
        raise DiskFull from error
    return size


@transaction.atomic
def _record_upload(row: Import, *, by: Actor, queued: bool) -> None:
    if queued:
        row.job_id = queue_work(row, by=by)
    row.save(force_insert=True)
    audit.record(Trail.UPLOADED, subject(row), by=by)
