"""Employees that a sheet names and nobody knew: rows, accounts, histories, trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sinambung.domains.workforce.models import Employee
from sinambung.domains.workforce.queries import COLUMNS, StoredEmployee, from_stated
from sinambung.domains.workforce.services.histories import NewPeriods
from sinambung.domains.workforce.services.telling import subject
from sinambung.domains.workforce.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.exchange.kinds import Outcome, ReadyRow, SheetContext
from sinambung.platform.foundation.bulk import insert_rows
from sinambung.platform.foundation.identifiers import new_ulids
from sinambung.platform.identity import services as identity

_WRITTEN = (*COLUMNS, "nip", "id", "version", "account")


def add_employees(
    *, rows: Sequence[tuple[ReadyRow, str]], periods: NewPeriods, context: SheetContext
) -> dict[int, Outcome]:
    """Add the people of these rows, each given with the unit that was made for it (or empty)."""
    if not rows:
        return {}
    people = [
        from_stated(row.values["new"], nip=row.key, id=id, unit_id=unit_id)
        for (row, unit_id), id in zip(rows, new_ulids(len(rows)), strict=True)
    ]
    names = [one.display_name for one in people]
    accounts = identity.add_employee_accounts(
        rows=[
            (one.nip, name, one.email, one.unit_id)
            for one, name in zip(people, names, strict=True)
            if one.is_active
        ],
        at=context.at,
        by=context.by,
    )
    insert_rows(Employee, _WRITTEN, [(*one[:-1], accounts.ids.get(one.nip)) for one in people])
    _tell(people, names, context)
    outcomes = {}
    for (row, _unit_id), one in zip(rows, people, strict=True):
        _begin_periods(one, periods, context.on)
        if learned := row.values.get("education"):
            periods.education(one.id, learned)
        made = accounts.new.get(one.nip)
        outcomes[row.number] = Outcome(one.id, {"account": made} if made else None)
    return outcomes


def _tell(people: Sequence[StoredEmployee], names: Sequence[str], context: SheetContext) -> None:
    audit.record_all(
        Trail.EMPLOYEE_IMPORTED,
        [
            audit.Draft(
                subject(one.id, name, context.import_id),
                {"nip": one.nip, "file": context.file_name},
            )
            for one, name in zip(people, names, strict=True)
        ],
        by=context.by,
    )


def _begin_periods(employee: StoredEmployee, periods: NewPeriods, on: dt.date) -> None:
    since = employee.position_since or on
    if employee.position_name:
        periods.position(
            employee.id,
            since,
            name=employee.position_name,
            position_class=employee.position_class,
            echelon=employee.echelon,
        )
    if employee.rank_code:
        periods.rank(employee.id, employee.rank_since or on, code=employee.rank_code)
    periods.unit(employee.id, since, unit_id=employee.unit_id)
