"""Histories of many employees at once: the open period ends, the next begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sinambung.domains.workforce.models import (
    Education,
    Period,
    PositionHeld,
    RankHeld,
    UnitMembership,
)
from sinambung.platform.foundation.bulk import insert_rows, update_rows

POSITION = ("employee", "since", "until", "source_id", "name", "position_class", "echelon")
RANK = ("employee", "since", "until", "source_id", "rank_code")
UNIT = ("employee", "since", "until", "source_id", "unit")
EDUCATION = (
    *("employee", "source_id", "level_code", "level_name", "field", "school", "graduated_in"),
)
TABLES: dict[str, type[Period]] = {
    "position": PositionHeld,
    "rank": RankHeld,
    "unit": UnitMembership,
}


@dataclass(slots=True)
class NewPeriods:
    """Rows to insert, by history; `write` inserts them all."""

    source_id: str
    positions: list[tuple[Any, ...]] = field(default_factory=list)
    ranks: list[tuple[Any, ...]] = field(default_factory=list)
    units: list[tuple[Any, ...]] = field(default_factory=list)
    educations: list[tuple[Any, ...]] = field(default_factory=list)

    def position(
        self, employee_id: str, since: dt.date, *, name: str, position_class: str, echelon: str
    ) -> None:
        row = (employee_id, since, None, self.source_id, name, position_class, echelon, "", "")
        self.positions.append(row)

    def rank(self, employee_id: str, since: dt.date, *, code: str) -> None:
        self.ranks.append((employee_id, since, None, self.source_id, code, ""))

    def unit(self, employee_id: str, since: dt.date, *, unit_id: str) -> None:
        self.units.append((employee_id, since, None, self.source_id, unit_id))

    def education(self, employee_id: str, learned: Sequence[Any]) -> None:
        self.educations.append((employee_id, self.source_id, *learned))

    def write(self) -> None:
        insert_rows(PositionHeld, (*POSITION, "unit_name", "decree"), self.positions)
        insert_rows(RankHeld, (*RANK, "decree"), self.ranks)
        insert_rows(UnitMembership, UNIT, self.units)
        insert_rows(Education, EDUCATION, self.educations)


def end_open_periods(history: str, ends: dict[str, dt.date]) -> list[tuple[str, int]]:
    """End the open periods of employees, each on its day; return (employee, row) of each ended.

    A period never ends before it began: one that is replaced on its first day becomes empty.
    """
    if not ends:
        return []
    table = TABLES[history]
    rows = list(
        table._default_manager.filter(employee_id__in=list(ends), until=None)
        .order_by("id")
        .values_list("id", "employee_id", "since")
    )
    update_rows(table, ["until"], [(max(ends[who], since), row) for row, who, since in rows])
    return [(who, row) for row, who, _since in rows]


def reopen(history: str, rows: Iterable[int]) -> None:
    """Let ended periods last again."""
    update_rows(TABLES[history], ["until"], [(None, row) for row in rows])


def forget_source(employee_ids: Sequence[str], source_id: str) -> None:
    """Delete what one import wrote into the histories of these employees."""
    for table in TABLES.values():
        table._default_manager.filter(employee_id__in=employee_ids, source_id=source_id).delete()
    Education.objects.filter(employee_id__in=employee_ids, source_id=source_id).delete()
