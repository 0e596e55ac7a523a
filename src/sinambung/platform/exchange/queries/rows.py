"""The rows of an import: listed, one for correcting, those with problems as a sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from sinambung.platform.exchange.kinds import Column, Options, SheetContext, kind_named
from sinambung.platform.exchange.models import Import, RowOutcome, RowState, StagedRow
from sinambung.platform.foundation import actors, clock
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.paging import Page, page_by_key
from sinambung.platform.foundation.workbooks import Column as BookColumn
from sinambung.platform.foundation.workbooks import write_workbook


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
    refusal: str


@dataclass(frozen=True, slots=True)
class CellField:
    """A cell of a row that is corrected in the browser."""

    key: str
    heading: str
    value: str
    sentence: str
    suggestion: str


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
    problems = {
        column: (text, hint) for column, text, hint in reversed(stored_list(staged.problems))
    }
    fields = [
        CellField(key, heading_of(columns, key), value, *problems.get(key, ("", "")))
        for key, value in zip(row.placed, stored_list(staged.cells), strict=True)
    ]
    fields.sort(key=lambda field: not field.sentence)
    return staged.name, fields


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
        problems=[
            ProblemLine(staged.number, staged.name, heading_of(columns, key), text, hint)
            for key, text, hint in stored_list(staged.problems)
        ],
        refusal=outcome.refusal if outcome else "",
    )


def heading_of(columns: dict[str, Column], key: str) -> str:
    return str(columns[key].heading) if key in columns else key


def stored_list(text: str) -> list:  # type: ignore[type-arg]
    return json.loads(text) if text else []
