"""The rows of an import: listed, one for correcting, those with problems as a sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from sinambung.platform.exchange.kinds import Column, Options, SheetContext, Verdict, kind_named
from sinambung.platform.exchange.models import Import, RowOutcome, RowState, StagedRow
from sinambung.platform.foundation import actors, clock
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.paging import Page, page_by_key
from sinambung.platform.foundation.workbooks import Column as BookColumn
from sinambung.platform.foundation.workbooks import write_workbook

FAULTY = (Verdict.PROBLEM.value, Verdict.LEFT_OUT.value)
WARNED = "warned"


@dataclass(frozen=True, slots=True)
class ProblemLine:
    number: int
    name: str
    cell: str
    sentence: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    number: int
    key: str
    name: str
    heading: str
    before: str
    after: str


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
    warnings: Sequence[ProblemLine]
    refusal: str


@dataclass(frozen=True, slots=True)
class CellField:
    """A cell of a row that is corrected in the browser."""

    key: str
    heading: str
    value: str
    sentence: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row with problems: the fields to look at, and the others."""

    name: str
    is_left_out: bool
    problems: Sequence[ProblemLine]
    wrong: Sequence[CellField]
    others: Sequence[CellField]

    @property
    def fields(self) -> Sequence[CellField]:
        return [*self.wrong, *self.others]


def page_of_rows(row: Import, *, verdict: str, after: str = "", before: str = "") -> Page[RowLine]:
    """Return one page of the rows of an import with this verdict (or all)."""
    columns = columns_of(row)
    rows = StagedRow.objects.filter(upload=row)
    if verdict == WARNED:
        rows = rows_with_warnings(row)
    elif verdict in list(Verdict):
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


def row_cells(row: Import, number: int) -> ProblemRow:
    """Return a row with problems, left out or not; raise `NotFound` for any other."""
    staged = StagedRow.objects.filter(upload=row, number=number, verdict__in=FAULTY).first()
    if staged is None:
        raise NotFound
    columns = columns_of(row)
    told = _lines(staged, staged.problems, columns)
    problems = {
        column: (text, hint) for column, text, hint in reversed(stored_list(staged.problems))
    }
    fields = [
        CellField(key, heading_of(columns, key), value, *problems.get(key, ("", "")))
        for key, value in zip(row.placed, stored_list(staged.cells), strict=True)
    ]
    return ProblemRow(
        name=staged.name,
        is_left_out=staged.verdict == Verdict.LEFT_OUT.value,
        problems=told,
        wrong=[field for field in fields if field.sentence],
        others=[field for field in fields if not field.sentence],
    )


def problem_rows(row: Import) -> tuple[list[str], Iterator[list[str]]]:
    """Return headings and rows of a sheet with only the rows that have problems, and why."""
    columns = columns_of(row)
    headings = [*[heading_of(columns, key) for key in row.placed], "Masalah"]

    def lines() -> Iterator[list[str]]:
        for staged in rows_with_problems(row).iterator(chunk_size=500):
            told = "; ".join(
                f"{heading_of(columns, key)}: {text} {hint}".strip()
                for key, text, hint in stored_list(staged.problems)
            )
            yield [*stored_list(staged.cells), told]

    return headings, lines()


def problem_sheet(row: Import) -> bytes:
    """Return those rows as a workbook that can be corrected and uploaded."""
    headings, rows = problem_rows(row)
    return write_workbook(columns=[BookColumn(text, 22) for text in headings], rows=rows)


def note_sheet(row: Import) -> bytes:
    """Return every problem and warning as a workbook, one a line."""
    columns = columns_of(row)
    headings = ("Baris", "NIP", "Nama", "Kolom", "Catatan", "Saran")
    noted = StagedRow.objects.filter(upload=row).exclude(problems="", warnings="")
    lines = (
        (str(staged.number), staged.key, line.name, line.cell, line.sentence, line.suggestion)
        for staged in noted.order_by("number").iterator(chunk_size=500)
        for stored in (staged.problems, staged.warnings)
        for line in _lines(staged, stored, columns)
    )
    return write_workbook(columns=[BookColumn(text, 22) for text in headings], rows=lines)


def sample_sheet(kind: str, options: Options) -> bytes:
    """Return an empty workbook with the headings of a kind."""
    columns = [BookColumn(str(column.heading), 22) for column in columns_for(kind, options)]
    return write_workbook(columns=columns, rows=[])


def columns_of(row: Import) -> dict[str, Column]:
    """Return the columns of an import's kind by key."""
    return {column.key: column for column in columns_for(row.kind, row.options)}


def columns_for(kind: str, options: Options) -> Sequence[Column]:
    """Return the columns of a kind with these options."""
    moment = clock.now()
    context = SheetContext("", actors.system("exchange"), moment, moment.date(), options)
    return kind_named(kind).columns(context)


def rows_with_problems(row: Import) -> QuerySet[StagedRow]:
    return StagedRow.objects.filter(upload=row, verdict="problem").order_by("number")


def rows_with_warnings(row: Import) -> QuerySet[StagedRow]:
    """Return the rows that can be applied, with what to look at first."""
    rows = StagedRow.objects.filter(upload=row).exclude(warnings="")
    return rows.exclude(verdict__in=FAULTY).order_by("number")


def change_lines(staged: StagedRow, columns: dict[str, Column]) -> list[ChangeLine]:
    return [
        ChangeLine(staged.number, staged.key, staged.name, heading_of(columns, key), before, after)
        for key, before, after in stored_list(staged.changes)
    ]


def _row_line(staged: StagedRow, columns: dict[str, Column], outcome: RowOutcome | None) -> RowLine:
    return RowLine(
        number=staged.number,
        key=staged.key,
        name=staged.name,
        verdict=staged.verdict,
        state=str(RowState(outcome.state).label) if outcome else "",
        is_chosen=staged.is_chosen,
        changes=change_lines(staged, columns),
        problems=_lines(staged, staged.problems, columns),
        warnings=_lines(staged, staged.warnings, columns),
        refusal=outcome.refusal if outcome else "",
    )


def _lines(staged: StagedRow, stored: str, columns: dict[str, Column]) -> list[ProblemLine]:
    return [
        ProblemLine(staged.number, staged.name, heading_of(columns, key), text, hint)
        for key, text, hint in stored_list(stored)
    ]


def heading_of(columns: dict[str, Column], key: str) -> str:
    return str(columns[key].heading) if key in columns else key


def stored_list(text: str) -> list:  # type: ignore[type-arg]
    return json.loads(text) if text else []
