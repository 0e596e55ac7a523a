"""A dry run: everything that checking finds, and nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sinambung.platform.exchange.alarms import alarm_of
from sinambung.platform.exchange.kinds import Checked, Column, Options, kind_named
from sinambung.platform.exchange.models import Import
from sinambung.platform.exchange.reading.cells import as_shown
from sinambung.platform.exchange.reading.layouts import RawRow, open_layout
from sinambung.platform.exchange.services.staging import (
    Tally,
    checked_chunks,
    context_of,
    take_counts,
)
from sinambung.platform.exchange.services.uploads import authorise
from sinambung.platform.foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem (or warning) of one row at one column."""

    row: int
    name: str
    column: str
    cell: str
    problem: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What applying a file would do, and all that is wrong with it."""

    rows: int
    new: int
    changed: int
    same: int
    problem: int
    problems: Sequence[Finding]
    warnings: Sequence[Finding]
    notes: Sequence[str]
    alarm: str


def rehearse(*, kind: str, path: Path, options: Options, by: Actor) -> Findings:
    """Check a file without keeping anything; raise a `FileRefused` when it cannot be read."""
    sheet_kind = kind_named(kind)
    authorise(sheet_kind, options, by)
    row = Import(kind=kind, options={name: options[name] for name in sheet_kind.options})
    row.file_name = path.name
    context = context_of(row, by=by)
    layout = open_layout(path, sheet_kind.columns(context), name=path.name)
    columns = {column.key: column for _position, column in layout.placed}
    tally = Tally()
    problems: list[Finding] = []
    warnings: list[Finding] = []
    for chunk in checked_chunks(sheet_kind, context, layout, tally):
        for raw, checked in chunk:
            problems += _findings(raw, checked, columns, wrong=True)
            warnings += _findings(raw, checked, columns, wrong=False)
    take_counts(row, tally)
    alarm = alarm_of(row, tuple(columns.values()))
    return Findings(
        rows=row.rows,
        new=row.new_rows,
        changed=row.changed_rows,
        same=row.same_rows,
        problem=row.problem_rows,
        problems=problems,
        warnings=warnings,
        notes=[*layout.notes, *context.notes],
        alarm=alarm.title if alarm else "",
    )


def _findings(
    raw: RawRow, checked: Checked, columns: dict[str, Column], *, wrong: bool
) -> list[Finding]:
    return [
        Finding(
            row=raw.row.number,
            name=checked.name,
            column=str(columns[one.column].heading) if one.column in columns else one.column,
            cell=_shown(raw, one.column),
            problem=str(one.sentence),
            suggestion=str(one.suggestion),
        )
        for one in (checked.problems if wrong else checked.warnings)
    ]


def _shown(raw: RawRow, key: str) -> str:
    position = raw.row.index.get(key)
    return "" if position is None else as_shown(raw.raw[position])
