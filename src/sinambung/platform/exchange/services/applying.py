"""Applying: rows in chunks, each chunk with its state in one short transaction."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.platform.audit import services as audit
from sinambung.platform.exchange.alarms import alarm_of
from sinambung.platform.exchange.kinds import (
    Outcome,
    ReadyRow,
    SheetContext,
    SheetKind,
    Verdict,
    kind_named,
)
from sinambung.platform.exchange.models import Import, RowOutcome, RowState, StagedRow, State
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
from sinambung.platform.foundation.bulk import insert_rows
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.jobs.kinds import JobHandle

CHUNK, SMALLEST_CHUNK, LARGEST_CHUNK = 500, 200, 1_000
WANTED_LOCK = 0.25
# SQLite keeps no queue of writers: without a pause the others would find no gap between chunks.
PAUSE = 0.02


_READ = ("number", "key", "name", "verdict", "content")
_OPEN = frozenset({"new", "changed"})
_VERDICTS = {verdict.value: verdict for verdict in Verdict}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


class NotReady(Refused):
    message = gettext_lazy("Impor ini tidak sedang menunggu untuk diterapkan. Muat ulang halaman.")


class NothingToApply(Refused):
    message = gettext_lazy("Tidak ada baris yang dipilih. Pilih paling sedikit satu baris.")


class ReasonNeeded(Invalid):
    pass


def apply(
    *,
    import_id: str,
    version: int | None,
    by: Actor,
    verdicts: Collection[Verdict] = (Verdict.NEW, Verdict.CHANGED),
    reason: str = "",
) -> Import:
    """Have the chosen rows of these verdicts applied in the background.

    Raises `ReasonNeeded` when the import would change more than its threshold and no reason is
    given.
    """
    return _begin(import_id, version=version, by=by, verdicts=verdicts, reason=reason, queued=True)


def apply_now(
    *,
    import_id: str,
    by: Actor,
    verdicts: Collection[Verdict] = (Verdict.NEW, Verdict.CHANGED),
    reason: str = "",
    version: int | None = None,
) -> Import:
    """Apply them in this process and return the import as it ended; not inside a transaction."""
    row = _begin(import_id, version=version, by=by, verdicts=verdicts, reason=reason, queued=False)
    return work_now(row, by=by)


@transaction.atomic
def _begin(
    import_id: str,
    *,
    version: int | None,
    by: Actor,
    verdicts: Collection[Verdict],
    reason: str,
    queued: bool,
) -> Import:
    row = Import.objects.locked(import_id, version=version)
    if row.state != State.REVIEW:
        raise NotReady
    if alarm_of(row) and not reason.strip():
        raise ReasonNeeded(
            gettext_lazy("Impor ini melewati ambang. Tulis alasan untuk meneruskannya."),
            field="reason",
        )
    waiting = StagedRow.objects.filter(upload=row, verdict__in=("new", "changed"))
    left_out = {"new", "changed"} - {verdict.value for verdict in verdicts}
    if left_out:
        waiting.filter(verdict__in=left_out).update(is_chosen=False)
    row.chosen_rows = waiting.filter(is_chosen=True).count()
    if not row.chosen_rows:
        raise NothingToApply
    row.state = State.APPLYING
    row.reason = reason.strip()
    row.applied_by_name = by.name[:200]
    row.applied_at = clock.now()
    if queued:
        row.job_id = queue_work(row, by=by)
    save_changed(row, ["state", "reason", "applied_by_name", "applied_at", "job_id", "chosen_rows"])
    new, changed = (
        waiting.filter(is_chosen=True, verdict=verdict).count() for verdict in ("new", "changed")
    )
    audit.record(Trail.STARTED, subject(row), by=by, reason=row.reason, new=new, changed=changed)
    return row


@transaction.atomic
def resume(*, import_id: str, version: int | None, by: Actor) -> Import:
    """Go on with an import (or its undoing) whose work ended before its end."""
    row = Import.objects.locked(import_id, version=version)
    if row.state not in (State.APPLYING, State.UNDOING):
        raise NotReady
    refuse_while_running(row)
    row.job_id = queue_work(row, by=by)
    save_changed(row, ["job_id"])
    return row


def run_apply(import_id: str, *, job: JobHandle) -> None:
    """Apply what still waits, from wherever a former run was interrupted."""
    row = Import.objects.get(pk=import_id)
    kind = kind_named(row.kind)
    context = context_of(row, by=job.by)
    last, done = _last_number(RowOutcome, import_id), row.applied_rows + row.refused_rows
    size = CHUNK
    final = _last_number(StagedRow, import_id)
    while last < final:
        rows = _waiting(import_id, last + 1, last + size)
        last += size
        if not rows:
            continue
        kind.prepare(rows, context)
        began = time.monotonic()
        if not _apply_chunk(import_id, kind, context, rows, done):
            return
        size = _next_size(size, time.monotonic() - began)
        done += len(rows)
        job.progress(done, row.chosen_rows)
        time.sleep(PAUSE)
    kind.finish(context)
    row = _finish(import_id, by=job.by)
    job.result(
        href=f"/impor/{import_id}/",
        sentence=_("%(applied)s baris diterapkan, %(refused)s ditolak.")
        % {"applied": row.applied_rows, "refused": row.refused_rows},
    )


def ready(rows: QuerySet[StagedRow]) -> list[ReadyRow]:
    """Return staged rows as the functions of a kind receive them."""
    return _ready(rows.values_list(*_READ))


def _ready(staged: Iterable[Sequence[Any]]) -> list[ReadyRow]:
    return [
        ReadyRow(number, key, name, _VERDICTS[verdict], json.loads(content) if content else None)
        for number, key, name, verdict, content in staged
    ]


def _next_size(size: int, lasted: float) -> int:
    """Return how many rows the next chunk takes, so that a busy machine keeps its lock short."""
    fitting = int(size * WANTED_LOCK / max(lasted, 0.001))
    return max(SMALLEST_CHUNK, min(fitting, LARGEST_CHUNK))


def _waiting(import_id: str, first: int, last: int) -> list[ReadyRow]:
    """Return the rows with these numbers that wait to be applied.

    The bounds on both sides let a database that knows nothing of these rows yet walk the index of
    their numbers, where it would else read and sort all the rest for each chunk.
    """
    staged = StagedRow.objects.filter(upload_id=import_id, number__range=(first, last))
    return _ready(
        values
        for *values, is_chosen in staged.order_by("number").values_list(*_READ, "is_chosen")
        if is_chosen and values[3] in _OPEN
    )


def _last_number(model: type[StagedRow | RowOutcome], import_id: str) -> int:
    rows = model._default_manager.filter(upload_id=import_id).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0


@transaction.atomic
def _apply_chunk(
    import_id: str, kind: SheetKind, context: SheetContext, rows: Sequence[ReadyRow], done: int
) -> bool:
    """Apply these rows, unless another worker has gone on since they were read."""
    upload = Import.objects.locked(import_id)
    if upload.state != State.APPLYING or upload.applied_rows + upload.refused_rows != done:
        return False
    outcomes = kind.apply(rows, context)
    _keep_outcomes(import_id, rows, outcomes)
    refused = sum(bool(outcome.refusal) for outcome in outcomes)
    upload.applied_rows += len(rows) - refused
    upload.refused_rows += refused
    save_changed(upload, ["applied_rows", "refused_rows"])
    return True


def _keep_outcomes(import_id: str, rows: Sequence[ReadyRow], outcomes: Sequence[Outcome]) -> None:
    insert_rows(
        RowOutcome,
        ["upload", "number", "state", "subject_id", "undo", "refusal"],
        [
            (
                import_id,
                row.number,
                (RowState.REFUSED if outcome.refusal else RowState.APPLIED).value,
                outcome.subject_id,
                _encode(outcome.undo) if outcome.undo else "",
                str(outcome.refusal),
            )
            for row, outcome in zip(rows, outcomes, strict=True)
        ],
    )


@transaction.atomic
def _finish(import_id: str, *, by: Actor) -> Import:
    row = Import.objects.locked(import_id)
    if row.state != State.APPLYING:
        return row
    row.state = State.APPLIED
    row.applied_at = clock.now()
    save_changed(row, ["state", "applied_at"])
    audit.record(
        Trail.APPLIED,
        subject(row),
        by=by,
        reason=row.reason,
        applied=row.applied_rows,
        refused=row.refused_rows,
    )
    return row
