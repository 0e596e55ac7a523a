"""Employees as plain tuples, for comparing and writing many at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sinambung.domains.workforce.models import Education, Employee

FIELDS = (
    *("siasn_id", "name", "title_before", "title_after", "birth_place", "birth_date", "sex"),
    *("employment", "legal_status", "is_active", "rank_code", "rank_since", "position_name"),
    *("position_class", "echelon", "position_since", "unit_id", "email", "phone"),
)


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


def stored_by_nip(nips: Iterable[str]) -> dict[str, StoredEmployee]:
    """Return the stored employees with these numbers, by number."""
    rows = (
        Employee.objects.filter(nip__in=[nip for nip in nips if nip])
        .order_by()
        .values_list(*FIELDS, "nip", "id", "version", "account_id")
    )
    return {row[19]: StoredEmployee(*row) for row in rows}


def stored_education(employee_ids: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """Return level and field of the educations known of each employee."""
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = (
        Education.objects.filter(employee_id__in=list(employee_ids))
        .order_by()
        .values_list("employee_id", "level_name", "field")
    )
    for employee_id, level, field in rows:
        known[employee_id].add((level, field))
    return known
