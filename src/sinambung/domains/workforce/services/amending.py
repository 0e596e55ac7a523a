"""Employees that a sheet changes: rows, histories, accounts, trail, and how to undo it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from sinambung.domains.workforce.models import Employee
from sinambung.domains.workforce.queries import COLUMNS, FIELDS, StoredEmployee
from sinambung.domains.workforce.services.histories import NewPeriods, end_open_periods
from sinambung.domains.workforce.services.telling import changes_told, subject
from sinambung.domains.workforce.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.exchange.kinds import Outcome, ReadyRow, SheetContext
from sinambung.platform.foundation.bulk import update_rows
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.models import Unit

_NAMES = frozenset({"name", "title_before", "title_after"})
_POSITION = frozenset({"position_name", "position_class", "echelon"})


class Amendment(NamedTuple):
    """A row, the employee as stored, the fields that change, and the employee after it."""

    row: ReadyRow
    known: StoredEmployee
    fields: dict[str, Any]
    then: StoredEmployee


def amend_employees(
    *, amendments: Sequence[Amendment], periods: NewPeriods, context: SheetContext
) -> dict[int, Outcome]:
    """Write what these rows change about employees who are known."""
    if not amendments:
        return {}
    ended = _turn_periods(amendments, periods, context.on)
    units = _unit_names(amendments)
    drafts, outcomes = [], {}
    for row, known, fields, then in amendments:
        if learned := row.values.get("education"):
            periods.education(known.id, learned)
        before = {name: getattr(known, name) for name in fields}
        told = [changes_told(before, fields), _moved(before, fields, units)]
        drafts.append(
            audit.Draft(
                subject(known.id, then.display_name, context.import_id),
                {"changes": "; ".join(filter(None, told)), "before": before, "after": fields},
                context.reason,
            )
        )
        undo = {"version": then.version, "before": before, "ended": ended.get(known.id, [])}
        outcomes[row.number] = Outcome(subject_id=known.id, undo=undo)
    written = [(*then[: len(FIELDS)], then.version, then.id) for *_others, then in amendments]
    update_rows(Employee, [*COLUMNS, "version"], written)
    audit.record_all(Trail.EMPLOYEE_CHANGED, drafts, by=context.by)
    follow_with_accounts([(known, then) for _row, known, _fields, then in amendments], context)
    return outcomes


def follow_with_accounts(
    changes: Sequence[tuple[StoredEmployee, StoredEmployee]], context: SheetContext
) -> None:
    """Let the accounts of people who were moved or renamed follow."""
    moved = [
        (now.account_id, now.unit_id)
        for before, now in changes
        if now.account_id and before.unit_id != now.unit_id
    ]
    renamed = [
        (now.account_id, now.display_name)
        for before, now in changes
        if now.account_id and before.display_name != now.display_name
    ]
    if moved:
        identity.place_users(rows=moved, by=context.by)
    if renamed:
        identity.rename_users(rows=renamed, by=context.by)


def _turn_periods(
    amendments: Sequence[Amendment], periods: NewPeriods, on: dt.date
) -> dict[str, list[tuple[str, int]]]:
    """Where rank, position or unit changed: end the open period, begin the next."""
    ends: dict[str, dict[str, dt.date]] = {"position": {}, "rank": {}, "unit": {}}
    for _row, known, fields, then in amendments:
        began = fields.get("position_since") or on
        if fields.keys() & _POSITION:
            ends["position"][known.id] = began
            periods.position(
                known.id,
                began,
                name=then.position_name,
                position_class=then.position_class,
                echelon=then.echelon,
            )
        if "rank_code" in fields:
            since = fields.get("rank_since") or on
            ends["rank"][known.id] = since
            periods.rank(known.id, since, code=then.rank_code)
        if "unit_id" in fields:
            ends["unit"][known.id] = began
            periods.unit(known.id, began, unit_id=then.unit_id)
    ended: dict[str, list[tuple[str, int]]] = {}
    for history, days in ends.items():
        for employee_id, row in end_open_periods(history, days):
            ended.setdefault(employee_id, []).append((history, row))
    return ended


def _unit_names(amendments: Sequence[Amendment]) -> dict[str, str]:
    ids = {
        unit_id
        for _row, known, fields, then in amendments
        if "unit_id" in fields
        for unit_id in (known.unit_id, then.unit_id)
    }
    return dict(Unit.objects.filter(pk__in=ids).order_by().values_list("id", "name"))


def _moved(before: dict[str, Any], after: dict[str, Any], names: dict[str, str]) -> str:
    if "unit_id" not in after:
        return ""
    return f"unit {names[before['unit_id']]} menjadi {names[after['unit_id']]}"
