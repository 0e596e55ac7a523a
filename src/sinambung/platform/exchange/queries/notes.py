"""What to look at before applying: the warnings of all rows, equal ones together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sinambung.platform.exchange.kinds import Column
from sinambung.platform.exchange.models import Import, StagedRow
from sinambung.platform.exchange.queries.rows import (
    ProblemLine,
    heading_of,
    rows_with_warnings,
    stored_list,
)

GROUPED = 5_000
GROUPS = 12
PER_GROUP = 50


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """Rows with the same warning at one column; without a `sentence`, each has its own."""

    heading: str
    sentence: str
    suggestion: str
    count: int
    lines: Sequence[ProblemLine]

    @property
    def hidden(self) -> int:
        return self.count - len(self.lines)


def note_groups(row: Import, columns: dict[str, Column]) -> list[NoteGroup]:
    """Return the warnings, those of most rows first; what only one row has, by column."""
    if not row.warned_rows:
        return []
    alike: dict[tuple[str, str, str], list[ProblemLine]] = defaultdict(list)
    for staged in rows_with_warnings(row).only("number", "name", "warnings")[:GROUPED]:
        for key, text, hint in stored_list(staged.warnings):
            alike[key, text, hint].append(_line(staged, text, hint))
    order = sorted(alike, key=lambda group: -len(alike[group]))
    shared = [group for group in order if len(alike[group]) > 1][:GROUPS]
    single: dict[str, list[ProblemLine]] = defaultdict(list)
    for group in set(order).difference(shared):
        single[group[0]] += alike[group]
    groups = [
        _group(heading_of(columns, key), text, hint, alike[key, text, hint])
        for key, text, hint in shared
    ]
    return groups + [
        _group(heading_of(columns, key), "", "", sorted(lines, key=lambda line: line.number))
        for key, lines in sorted(single.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _group(heading: str, text: str, hint: str, lines: Sequence[ProblemLine]) -> NoteGroup:
    return NoteGroup(heading, text, hint, len(lines), lines[:PER_GROUP])


def _line(staged: StagedRow, text: str, hint: str) -> ProblemLine:
    return ProblemLine(staged.number, staged.name, "", text, hint)
