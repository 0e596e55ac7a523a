"""Taking an applied import back, as far as nobody has gone on from it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.platform.audit import services as audit
from sinambung.platform.exchange.kinds import Apply, ReadyRow, SheetContext, kind_named
from sinambung.platform.exchange.models import Import, RowOutcome, RowState, StagedRow, State
from sinambung.platform.exchange.queries import is_undoable
from sinambung.platform.exchange.services.applying import CHUNK, PAUSE, ready
from sinambung.platform.exchange.services.staging import context_of
from sinambung.platform.exchange.services.uploads import subject
from sinambung.platform.exchange.services.work import (
    queue_work,
    refuse_while_running,
    work_now,
)
from sinambung.platform.exchange.trail import Trail
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.bulk import update_rows
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.jobs.kinds import JobHandle


class CannotUndo(Refused):
    message = gettext_lazy(
        "Impor ini tidak dapat dibatalkan: belum diterapkan, atau sudah lewat 30 hari."
    )


def undo(*, import_id: str, version: int | None, by: Actor, reason: str = "") -> Import:
    """Have what an import applied taken back, also one that was interrupted."""
    return _begin(import_id, version=version, by=by, reason=reason, queued=True)


def undo_now(*, import_id: str, by: Actor, reason: str = "") -> Import:
    """Take it back in this process and return the import as it ended; not in a transaction."""
    row = _begin(import_id, version=None, by=by, reason=reason, queued=False)
    return work_now(row, by=by)


@transaction.atomic
def _begin(import_id: str, *, version: int | None, by: Actor, reason: str, queued: bool) -> Import:
    row = Import.objects.locked(import_id, version=version)
    if not is_undoable(row, at=clock.now()):
        raise CannotUndo
    if row.state == State.APPLYING:
        refuse_while_running(row)
    row.state = State.UNDOING
    row.reason = reason.strip() or row.reason
    if queued:
        row.job_id = queue_work(row, by=by)
    save_changed(row, ["state", "reason", "job_id"])
    audit.record(Trail.UNDO_STARTED, subject(row), by=by, reason=reason.strip())
    return row


def run_undo(import_id: str, *, job: JobHandle) -> None:
    """Take back the applied rows, the last first, from wherever a former run was interrupted."""
    row = Import.objects.get(pk=import_id)
    take_back = kind_named(row.kind).undo
    if take_back is None:
        raise CannotUndo
    context = context_of(row, by=job.by)
    before = None
    while (before := _undo_chunk(import_id, take_back, context, before)) is not None:
        row.refresh_from_db(fields=["undone_rows"])
        job.progress(row.undone_rows, row.applied_rows)
        time.sleep(PAUSE)
    kind_named(row.kind).finish_undo(context)
    kind_named(row.kind).finish(context)
    row = _finish(import_id, by=job.by)
    job.result(
        href=f"/impor/{import_id}/",
        sentence=_("%(undone)s baris dibatalkan.") % {"undone": row.undone_rows},
    )


@transaction.atomic
def _undo_chunk(
    import_id: str, take_back: Apply, context: SheetContext, before: int | None
) -> int | None:
    upload = Import.objects.locked(import_id)
    if upload.state != State.UNDOING:
        return None
    applied = RowOutcome.objects.filter(upload_id=import_id, state=RowState.APPLIED)
    if before is not None:
        applied = applied.filter(number__lt=before)
    chunk = list(applied.order_by("-number")[:CHUNK])
    if not chunk:
        return None
    outcomes = take_back(_ready(import_id, chunk), context)
    for kept, outcome in zip(chunk, outcomes, strict=True):
        kept.refusal = str(outcome.refusal)
        kept.state = RowState.APPLIED if outcome.refusal else RowState.UNDONE
    update_rows(
        RowOutcome,
        ["state", "refusal"],
        [(str(kept.state), kept.refusal, kept.pk) for kept in chunk],
    )
    upload.undone_rows += sum(not outcome.refusal for outcome in outcomes)
    save_changed(upload, ["undone_rows"])
    return chunk[-1].number


def _ready(import_id: str, chunk: Sequence[RowOutcome]) -> list[ReadyRow]:
    """Return the rows to take back, each with what applying it kept for that."""
    numbers = [kept.number for kept in chunk]
    staged = StagedRow.objects.filter(upload_id=import_id, number__in=numbers).order_by("number")
    rows = {row.number: row for row in ready(staged)}
    return [
        replace(rows[kept.number], subject_id=kept.subject_id, undo=json.loads(kept.undo or "null"))
        for kept in chunk
    ]


@transaction.atomic
def _finish(import_id: str, *, by: Actor) -> Import:
    row = Import.objects.locked(import_id)
    if row.state != State.UNDOING:
        return row
    row.state = State.UNDONE
    save_changed(row, ["state"])
    audit.record(Trail.UNDONE, subject(row), by=by, reason=row.reason, undone=row.undone_rows)
    return row
