"""Employees as plain tuples, for comparing and writing many at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sinambung.domains.workforce.models import Education, Employee, with_titles
from sinambung.platform.foundation.bulk import select_rows

FIELDS = (
    *("siasn_id", "name", "title_before", "title_after", "birth_place", "birth_date", "sex"),
    *("employment", "legal_status", "is_active", "rank_code", "rank_since", "position_name"),
    *("position_class", "echelon", "position_since", "unit_id", "email", "phone"),
)


COLUMNS = tuple("unit" if name == "unit_id" else name for name in FIELDS)
_READ = (*COLUMNS, "nip", "id", "version", "account")
DAYS = ("birth_date", "rank_since", "position_since")
_DAY_AT = tuple(FIELDS.index(name) for name in DAYS)
_UNIT = FIELDS.index("unit_id")
_WITHOUT: dict[str, Any] = dict.fromkeys(FIELDS, "") | {
    "rank_since": None,
    "position_since": None,
    "employment": "PNS",
    "legal_status": "Aktif",
    "is_active": True,
}


class StoredEmployee(NamedTuple):
    """An employee's fields; `FIELDS` are the ones that an import may change, in this order."""

    siasn_id: str
    name: str
    title_before: str
    title_after: str
    birth_place: str
    birth_date: dt.date
    sex: str
    employment: str
    legal_status: str
    is_active: bool
    rank_code: str
    rank_since: dt.date | None
    position_name: str
    position_class: str
    echelon: str
    position_since: dt.date | None
    unit_id: str
    email: str
    phone: str
    nip: str
    id: str
    version: int
    account_id: str | None

    @property
    def display_name(self) -> str:
        return with_titles(self.title_before, self.name, self.title_after)


def stored_by_nip(nips: Iterable[str], *, lock: bool = False) -> dict[str, StoredEmployee]:
    """Return the stored employees with these numbers, by number; with `lock` they stay locked."""
    wanted = [nip for nip in nips if nip]
    rows = select_rows(Employee, _READ, where="nip", among=wanted, lock=lock)
    return {row[19]: StoredEmployee._make(row) for row in rows}


def stated_values(fields: Mapping[str, Any]) -> list[Any]:
    """Return the fields that a row states of somebody new in the order of `FIELDS`, for JSON."""
    values = [fields.get(name, without) for name, without in _WITHOUT.items()]
    for position in _DAY_AT:
        if values[position]:
            values[position] = values[position].isoformat()
    return values


def from_stated(values: Sequence[Any], *, nip: str, id: str, unit_id: str) -> StoredEmployee:
    """Return a new employee as it will be stored, from what `stated_values` returned."""
    stated = list(values)
    for position in _DAY_AT:
        if stated[position]:
            stated[position] = dt.date.fromisoformat(stated[position])
    stated[_UNIT] = unit_id or stated[_UNIT]
    return StoredEmployee._make([*stated, nip, id, 1, None])


def stored_education(employee_ids: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """Return level and field of the educations known of each employee."""
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    columns = ("employee", "level_name", "field")
    rows = select_rows(Education, columns, where="employee", among=list(employee_ids))
    for employee_id, level, field in rows:
        known[employee_id].add((level, field))
    return known
