"""Reads about imports: the list, the review, the rows, the rows with problems as a file."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from sinambung.platform.exchange.alarms import Alarm, alarm_of, share_text
from sinambung.platform.exchange.kinds import Column, SheetContext, kind_named
from sinambung.platform.exchange.models import Import, RowOutcome, RowState, StagedRow, State
from sinambung.platform.foundation import actors, clock
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.paging import Page, page_by_key
from sinambung.platform.jobs.queries import Progress, latest_progress

PROBLEMS_SHOWN = 200
SAMPLE = 5


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """An import in numbers."""

    id: str
    version: int
    kind: str
    title: str
    target: str
    file_name: str
    sheet: str
    state: str
    state_name: str
    uploaded_by_name: str
    uploaded_at: dt.datetime
    refusal: str
    notes: Sequence[str]
    rows: int
    new_rows: int
    changed_rows: int
    same_rows: int
    problem_rows: int
    warned_rows: int
    chosen_rows: int
    applied_rows: int
    refused_rows: int
    undone_rows: int
    reason: str
    applied_by_name: str
    applied_at: dt.datetime | None
    job_id: str
    options: dict[str, str]

    @property
    def changed_share(self) -> str:
        return share_text(self.changed_rows, self.rows)

    @property
    def waiting_rows(self) -> int:
        return self.chosen_rows - self.applied_rows - self.refused_rows


@dataclass(frozen=True, slots=True)
class ProblemLine:
    number: int
    name: str
    cell: str
    sentence: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The problems of one column."""

    heading: str
    count: int
    lines: Sequence[ProblemLine]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    number: int
    key: str
    name: str
    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The context of the review: look first, then decide."""

    summary: ImportSummary
    alarm: Alarm | None
    groups: Sequence[ProblemGroup]
    hidden_problems: int
    changes: Sequence[ChangeLine]
    warnings: Sequence[ProblemLine]
    refused: Sequence[ProblemLine]
    job: Progress | None
    is_running: bool
    is_interrupted: bool
    may_undo: bool
    back: str
    again: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """A staged row in the list of rows."""

    number: int
    key: str
    name: str
    verdict: str
    state: str
    is_chosen: bool
    changes: Sequence[ChangeLine]
    problems: Sequence[ProblemLine]
    refusal: str


@dataclass(frozen=True, slots=True)
class CellField:
    """A cell of a row that is corrected in the browser."""

    key: str
    heading: str
    value: str
    sentence: str
    suggestion: str


def import_summary(id: str) -> ImportSummary:
    """Return an import in numbers; raise `NotFound` for an unknown one."""
    row = Import.objects.filter(pk=id).first()
    if row is None:
        raise NotFound
    return summary_of(row)


def summary_of(row: Import) -> ImportSummary:
    return ImportSummary(
        id=row.pk,
        version=row.version,
        kind=row.kind,
        title=str(kind_named(row.kind).title),
        target=row.target,
        file_name=row.file_name,
        sheet=row.sheet,
        state=row.state,
        state_name=str(State(row.state).label),
        uploaded_by_name=row.uploaded_by_name,
        uploaded_at=row.uploaded_at,
        refusal=row.refusal,
        notes=row.notes,
        rows=row.rows,
        new_rows=row.new_rows,
        changed_rows=row.changed_rows,
        same_rows=row.same_rows,
        problem_rows=row.problem_rows,
        warned_rows=row.warned_rows,
        chosen_rows=row.chosen_rows,
        applied_rows=row.applied_rows,
        refused_rows=row.refused_rows,
        undone_rows=row.undone_rows,
        reason=row.reason,
        applied_by_name=row.applied_by_name,
        applied_at=row.applied_at,
        job_id=row.job_id,
        options=row.options,
    )


def page_of_imports(
    imports: QuerySet[Import], *, after: str = "", before: str = ""
) -> Page[ImportSummary]:
    """Return one page of imports, newest first."""
    page = page_by_key(imports, order=["-id"], after=after, before=before)
    return Page([summary_of(row) for row in page.rows], page.after, page.before)


def import_page(row: Import, *, may_undo: bool) -> ImportPage:
    """Return what the review of an import shows."""
    columns = columns_of(row)
    job = latest_progress(row.job_id, at=clock.now()) if row.job_id else None
    working = row.state in (State.CHECKING, State.APPLYING, State.UNDOING)
    shown = list(_rows_with_problems(row)[:PROBLEMS_SHOWN])
    kind = kind_named(row.kind)
    query = "".join(f"&{name}={value}" for name, value in row.options.items())
    return ImportPage(
        summary=summary_of(row),
        alarm=alarm_of(row, tuple(columns.values())) if row.state == State.REVIEW else None,
        groups=_groups(row, shown, columns),
        hidden_problems=max(0, row.problem_rows - len(shown)),
        changes=_changes(row, columns),
        warnings=_warnings(row, columns),
        refused=_refused(row),
        job=job,
        is_running=working and job is not None and not job.is_finished,
        is_interrupted=working and (job is None or job.is_finished),
        may_undo=may_undo,
        back=kind.back(row.options) or "/impor/",
        again=f"/impor/baru/?kind={row.kind}{query}",
    )


def page_of_rows(row: Import, *, verdict: str, after: str = "", before: str = "") -> Page[RowLine]:
    """Return one page of the rows of an import with this verdict (or all)."""
    columns = columns_of(row)
    rows = StagedRow.objects.filter(upload=row)
    if verdict in ("new", "changed", "same", "problem"):
        rows = rows.filter(verdict=verdict)
    page = page_by_key(rows, order=["number"], after=after, before=before)
    numbers = [staged.number for staged in page.rows]
    outcomes = {
        kept.number: kept for kept in RowOutcome.objects.filter(upload=row, number__in=numbers)
    }
    return Page(
        [_row_line(staged, columns, outcomes.get(staged.number)) for staged in page.rows],
        page.after,
        page.before,
    )


def row_cells(row: Import, number: int) -> tuple[str, list[CellField]]:
    """Return the name and the cells of a row with problems; raise `NotFound` for any other."""
    staged = StagedRow.objects.filter(upload=row, number=number, verdict="problem").first()
    if staged is None:
        raise NotFound
    columns = columns_of(row)
    problems = {column: (text, hint) for column, text, hint in reversed(_list(staged.problems))}
    fields = [
        CellField(key, _heading(columns, key), value, *problems.get(key, ("", "")))
        for key, value in zip(row.placed, _list(staged.cells), strict=True)
    ]
    fields.sort(key=lambda field: not field.sentence)
    return staged.name, fields


def problem_rows(row: Import) -> tuple[list[str], Iterator[list[str]]]:
    """Return headings and rows of a sheet with only the rows that have problems, and why."""
    columns = columns_of(row)
    headings = [*[_heading(columns, key) for key in row.placed], "Masalah"]

    def lines() -> Iterator[list[str]]:
        for staged in _rows_with_problems(row).iterator(chunk_size=500):
            told = "; ".join(
                f"{_heading(columns, key)}: {text} {hint}".strip()
                for key, text, hint in _list(staged.problems)
            )
            yield [*_list(staged.cells), told]

    return headings, lines()


def columns_of(row: Import) -> dict[str, Column]:
    """Return the columns of an import's kind by key."""
    moment = clock.now()
    context = SheetContext(row.pk, actors.system("exchange"), moment, moment.date(), row.options)
    return {column.key: column for column in kind_named(row.kind).columns(context)}


def _rows_with_problems(row: Import) -> QuerySet[StagedRow]:
    return StagedRow.objects.filter(upload=row, verdict="problem").order_by("number")


def _groups(
    row: Import, shown: Sequence[StagedRow], columns: dict[str, Column]
) -> list[ProblemGroup]:
    lines: dict[str, list[ProblemLine]] = defaultdict(list)
    for staged in shown:
        cells = dict(zip(row.placed, _list(staged.cells), strict=False))
        for key, text, hint in _list(staged.problems):
            lines[key].append(
                ProblemLine(staged.number, staged.name, cells.get(key, ""), text, hint)
            )
    order = sorted(lines, key=lambda key: -row.problems_by_column.get(key, 0))
    return [
        ProblemGroup(
            _heading(columns, key), row.problems_by_column.get(key, len(lines[key])), lines[key]
        )
        for key in order
    ]


def _changes(row: Import, columns: dict[str, Column]) -> list[ChangeLine]:
    if not row.changed_rows:
        return []
    rows = StagedRow.objects.filter(upload=row, verdict="changed").order_by("number")[:SAMPLE]
    return [line for staged in rows for line in _change_lines(staged, columns)]


def _change_lines(staged: StagedRow, columns: dict[str, Column]) -> list[ChangeLine]:
    return [
        ChangeLine(staged.number, staged.key, staged.name, _heading(columns, key), before, after)
        for key, before, after in _list(staged.changes)
    ]


def _warnings(row: Import, columns: dict[str, Column]) -> list[ProblemLine]:
    if not row.warned_rows:
        return []
    rows = StagedRow.objects.filter(upload=row).exclude(warnings="").order_by("number")[:20]
    return [
        ProblemLine(staged.number, staged.name, _heading(columns, key), text, hint)
        for staged in rows
        for key, text, hint in _list(staged.warnings)
    ]


def _refused(row: Import) -> list[ProblemLine]:
    if not row.refused_rows and row.state not in (State.UNDOING, State.UNDONE):
        return []
    kept = RowOutcome.objects.filter(upload=row).exclude(refusal="").order_by("number")
    refusals = dict(kept.values_list("number", "refusal")[:50])
    rows = StagedRow.objects.filter(upload=row, number__in=refusals).order_by("number")
    return [ProblemLine(one.number, one.name, one.key, refusals[one.number], "") for one in rows]


def _row_line(staged: StagedRow, columns: dict[str, Column], outcome: RowOutcome | None) -> RowLine:
    return RowLine(
        number=staged.number,
        key=staged.key,
        name=staged.name,
        verdict=staged.verdict,
        state=str(RowState(outcome.state).label) if outcome else "",
        is_chosen=staged.is_chosen,
        changes=_change_lines(staged, columns),
        problems=[
            ProblemLine(staged.number, staged.name, _heading(columns, key), text, hint)
            for key, text, hint in _list(staged.problems)
        ],
        refusal=outcome.refusal if outcome else "",
    )


def _heading(columns: dict[str, Column], key: str) -> str:
    return str(columns[key].heading) if key in columns else key


def _list(text: str) -> list:  # type: ignore[type-arg]
    return json.loads(text) if text else []
