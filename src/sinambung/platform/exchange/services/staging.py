"""Checking a file: rows in chunks, each with what it would do and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sinambung.platform.exchange.kinds import (
    Change,
    Checked,
    Problem,
    SheetContext,
    SheetKind,
    Verdict,
    kind_named,
)
from sinambung.platform.exchange.models import Import, StagedRow, State
from sinambung.platform.exchange.reading.cells import as_shown
from sinambung.platform.exchange.reading.layouts import Layout, RawRow, open_layout, read_rows
from sinambung.platform.exchange.reading.refusals import FileRefused
from sinambung.platform.exchange.services.uploads import stored_path
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.bulk import insert_rows
from sinambung.platform.jobs.kinds import JobHandle

CHUNK = 1_000
STAGED_FIELDS = (
    *("key", "name", "verdict", "is_chosen", "cells", "content"),
    *("changes", "problems", "warnings", "deactivates"),
)
COLUMNS = ("upload", "number", *STAGED_FIELDS)


@dataclass(slots=True)
class Tally:
    """Counts over the rows of a file, and the row at which each key was first seen."""

    verdicts: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    warned: int = 0
    deactivating: int = 0
    seen: dict[str, int] = field(default_factory=dict)


def run_stage(import_id: str, *, job: JobHandle) -> None:
    """Check a file from its start; what an interrupted check had kept is replaced."""
    row = Import.objects.get(pk=import_id)
    if row.state != State.CHECKING:
        return
    _forget(import_id)
    kind = kind_named(row.kind)
    context = context_of(row, by=job.by)
    try:
        layout = open_layout(stored_path(import_id), kind.columns(context), name=row.file_name)
        tally = _stage_rows(row, kind, context, layout, job)
    except FileRefused as refusal:
        _refuse(import_id, refusal)
        raise
    _finish(import_id, layout, tally, [*layout.notes, *context.notes])
    stored_path(import_id).unlink(missing_ok=True)
    job.result(
        href=f"/impor/{import_id}/",
        sentence=_("%(rows)s baris diperiksa.") % {"rows": sum(tally.verdicts.values())},
    )


def context_of(row: Import, *, by: Actor) -> SheetContext:
    """Return what the functions of a kind learn about an import."""
    moment = clock.now()
    return SheetContext(
        import_id=row.pk,
        by=by,
        at=moment,
        on=moment.astimezone(clock.WIB).date(),
        options=row.options,
        reason=row.reason,
        file_name=row.file_name,
    )


def judged(raw: RawRow, checked: Checked, kind: SheetKind, first_seen: int | None) -> Checked:
    """Join what the cells and the check found; any problem decides the verdict."""
    if first_seen is None and not raw.row.problems and not checked.problems:
        return checked
    faulty = {problem.column for problem in raw.row.problems}
    problems = [
        *raw.row.problems,
        *(problem for problem in checked.problems if problem.column not in faulty),
    ]
    if first_seen is not None:
        sentence = _("%(key)s ini sudah dipakai di baris %(number)s berkas yang sama.") % {
            "key": "NIP" if kind.key_column == "nip" else _("Kunci"),
            "number": first_seen,
        }
        problems.append(Problem(kind.key_column, sentence, _("Hapus salah satu baris.")))
    checked.problems = problems
    if problems:
        checked.verdict = Verdict.PROBLEM
    return checked


def staged_values(raw: RawRow, checked: Checked) -> tuple[Any, ...]:
    """Return the values of a staged row in the order of `STAGED_FIELDS`."""
    has_problem = checked.verdict is Verdict.PROBLEM
    applies = checked.verdict in (Verdict.NEW, Verdict.CHANGED)
    return (
        checked.key[:80],
        checked.name[:250],
        checked.verdict.value,
        True,
        _json([as_shown(value) for value in raw.raw]) if has_problem else "",
        _json(checked.values) if applies else "",
        _changes(checked.changes) if applies else "",
        _problems(checked.problems),
        _problems(checked.warnings),
        checked.deactivates and applies,
    )


def checked_chunks(
    kind: SheetKind, context: SheetContext, layout: Layout, tally: Tally
) -> Iterator[list[tuple[RawRow, Checked]]]:
    """Yield the rows of a file with what was found about each, and count them."""
    for chunk in _chunks(read_rows(layout)):
        answers = kind.check([raw.row for raw in chunk], context)
        found = []
        for raw, answer in zip(chunk, answers, strict=True):
            checked = judged(raw, answer, kind, _first_seen(answer, raw, tally))
            _count(checked, tally)
            found.append((raw, checked))
        yield found


def _stage_rows(
    row: Import, kind: SheetKind, context: SheetContext, layout: Layout, job: JobHandle
) -> Tally:
    tally = Tally()
    done = 0
    for chunk in checked_chunks(kind, context, layout, tally):
        values = [(row.pk, raw.row.number, *staged_values(raw, checked)) for raw, checked in chunk]
        with transaction.atomic():
            insert_rows(StagedRow, COLUMNS, values)
        done += len(chunk)
        job.progress(done, max(done, layout.table.height - layout.heading_row))
    return tally


def _chunks(rows: Iterator[RawRow]) -> Iterator[list[RawRow]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _first_seen(checked: Checked, raw: RawRow, tally: Tally) -> int | None:
    if not checked.key:
        return None
    first = tally.seen.setdefault(checked.key, raw.row.number)
    return first if first != raw.row.number else None


def _count(checked: Checked, tally: Tally) -> None:
    tally.verdicts[checked.verdict.value] += 1
    if checked.verdict is Verdict.PROBLEM:
        tally.problems.update({problem.column for problem in checked.problems})
        return
    if checked.changes:
        tally.changes.update({change.column for change in checked.changes})
    tally.warned += bool(checked.warnings)
    tally.deactivating += checked.deactivates


@transaction.atomic
def _finish(import_id: str, layout: Layout, tally: Tally, notes: list[str]) -> None:
    row = Import.objects.locked(import_id)
    row.state = State.REVIEW
    row.sheet = layout.table.sheet[:100]
    row.notes = notes
    row.placed = [column.key for _position, column in layout.placed]
    take_counts(row, tally)
    save_changed(
        row,
        [
            *("state", "sheet", "notes", "placed", "rows", "new_rows", "changed_rows"),
            *("same_rows", "problem_rows", "warned_rows", "deactivating_rows"),
            *("changes_by_column", "problems_by_column"),
        ],
    )


def take_counts(row: Import, tally: Tally) -> None:
    """Put the counts over all rows into an import."""
    row.rows = sum(tally.verdicts.values())
    row.new_rows = tally.verdicts["new"]
    row.changed_rows = tally.verdicts["changed"]
    row.same_rows = tally.verdicts["same"]
    row.problem_rows = tally.verdicts["problem"]
    row.warned_rows = tally.warned
    row.deactivating_rows = tally.deactivating
    row.changes_by_column = dict(tally.changes.most_common())
    row.problems_by_column = dict(tally.problems.most_common())


@transaction.atomic
def _refuse(import_id: str, refusal: FileRefused) -> None:
    row = Import.objects.locked(import_id)
    row.state = State.REFUSED
    row.refusal = refusal.sentence
    save_changed(row, ["state", "refusal"])
    stored_path(import_id).unlink(missing_ok=True)


def _forget(import_id: str) -> None:
    with transaction.atomic():
        StagedRow.objects.filter(upload_id=import_id).delete()


def _changes(items: Sequence[Change]) -> str:
    if not items:
        return ""
    return _json([(item.column, item.before, item.after) for item in items])


def _problems(items: Sequence[Problem]) -> str:
    if not items:
        return ""
    return _json([(item.column, str(item.sentence), str(item.suggestion)) for item in items])


def _json(value: Any) -> str:
    return _encode(value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
