"""The review of an import: counters, problems by column, differences, what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sinambung.platform.exchange.alarms import Alarm, alarm_of
from sinambung.platform.exchange.kinds import Column, Verdict, kind_named
from sinambung.platform.exchange.models import Import, RowOutcome, StagedRow, State
from sinambung.platform.exchange.queries.notes import GROUPED, NoteGroup, note_groups
from sinambung.platform.exchange.queries.rows import (
    ChangeLine,
    ProblemLine,
    change_lines,
    columns_of,
    heading_of,
    rows_with_problems,
    stored_list,
)
from sinambung.platform.exchange.queries.summaries import ImportSummary, is_undoable, summary_of
from sinambung.platform.foundation import clock
from sinambung.platform.jobs.queries import Progress, latest_progress

PROBLEMS_SHOWN = 500
PER_COLUMN = 20
SAMPLE = 5
LEFT_OUT_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The problems of one column."""

    heading: str
    count: int
    lines: Sequence[ProblemLine]

    @property
    def hidden(self) -> int:
        return max(0, self.count - len(self.lines))


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The context of the review: look first, then decide."""

    summary: ImportSummary
    alarm: Alarm | None
    groups: Sequence[ProblemGroup]
    changes: Sequence[ChangeLine]
    notes: Sequence[NoteGroup]
    left_out: Sequence[ProblemLine]
    refused: Sequence[ProblemLine]
    job: Progress | None
    is_running: bool
    is_interrupted: bool
    may_undo: bool
    back: str
    again: str
    most_grouped: int = GROUPED


def import_page(row: Import) -> ImportPage:
    """Return what the review of an import shows."""
    columns = columns_of(row)
    job = latest_progress(row.job_id, at=clock.now()) if row.job_id else None
    working = row.state in (State.CHECKING, State.APPLYING, State.UNDOING)
    shown = list(rows_with_problems(row)[:PROBLEMS_SHOWN])
    kind = kind_named(row.kind)
    query = "".join(f"&{name}={value}" for name, value in row.options.items())
    groups = _groups(row, shown, columns)
    return ImportPage(
        summary=summary_of(row),
        alarm=alarm_of(row, tuple(columns.values())) if row.state == State.REVIEW else None,
        groups=groups,
        changes=_changes(row, columns),
        notes=note_groups(row, columns),
        left_out=_left_out(row),
        refused=_refused(row),
        job=job,
        is_running=working and job is not None and not job.is_finished,
        is_interrupted=working and (job is None or job.is_finished),
        may_undo=is_undoable(row, at=clock.now()),
        back=kind.back(row.options) or "/impor/",
        again=f"/impor/baru/?kind={row.kind}{query}",
    )


def _groups(
    row: Import, shown: Sequence[StagedRow], columns: dict[str, Column]
) -> list[ProblemGroup]:
    lines: dict[str, list[ProblemLine]] = defaultdict(list)
    for staged in shown:
        cells = dict(zip(row.placed, stored_list(staged.cells), strict=False))
        for key, text, hint in stored_list(staged.problems):
            if len(lines[key]) < PER_COLUMN:
                lines[key].append(
                    ProblemLine(staged.number, staged.name, cells.get(key, ""), text, hint)
                )
    order = sorted(lines, key=lambda key: -row.problems_by_column.get(key, 0))
    return [
        ProblemGroup(
            heading_of(columns, key), row.problems_by_column.get(key, len(lines[key])), lines[key]
        )
        for key in order
    ]


def _changes(row: Import, columns: dict[str, Column]) -> list[ChangeLine]:
    if not row.changed_rows:
        return []
    rows = StagedRow.objects.filter(upload=row, verdict="changed").order_by("number")[:SAMPLE]
    return [line for staged in rows for line in change_lines(staged, columns)]


def _left_out(row: Import) -> list[ProblemLine]:
    rows = StagedRow.objects.filter(upload=row, verdict=Verdict.LEFT_OUT.value).order_by("number")
    return [
        ProblemLine(staged.number, staged.name, "", *stored_list(staged.problems)[0][1:])
        for staged in rows[:LEFT_OUT_SHOWN]
    ]


def _refused(row: Import) -> list[ProblemLine]:
    if not row.refused_rows and row.state not in (State.UNDOING, State.UNDONE):
        return []
    kept = RowOutcome.objects.filter(upload=row).exclude(refusal="").order_by("number")
    refusals = dict(kept.values_list("number", "refusal")[:50])
    rows = StagedRow.objects.filter(upload=row, number__in=refusals).order_by("number")
    return [ProblemLine(one.number, one.name, one.key, refusals[one.number], "") for one in rows]
