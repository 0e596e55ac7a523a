"""Taking an import of employees back: as they were, unless somebody has gone on from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from sinambung.domains.workforce.models import Employee, with_titles
from sinambung.domains.workforce.queries import FIELDS
from sinambung.domains.workforce.services.histories import forget_source, reopen
from sinambung.domains.workforce.services.imports import _DAYS, COLUMNS, subject
from sinambung.domains.workforce.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.exchange.kinds import Outcome, ReadyRow, SheetContext, Verdict
from sinambung.platform.foundation.bulk import update_rows
from sinambung.platform.identity import services as identity

_GONE_ON = _("Data pegawai ini sudah diubah lagi sesudah impor, jadi dibiarkan.")
_IN_USE = _("Pegawai ini sudah dipakai (misalnya sebagai peserta), jadi tidak dihapus.")


def take_back_employees(*, rows: Sequence[ReadyRow], context: SheetContext) -> list[Outcome]:
    """Restore what a chunk of an import changed and remove whom it added."""
    ids = [row.subject_id for row in rows]
    employees = {
        employee.pk: employee
        for employee in Employee.objects.select_for_update().filter(pk__in=ids).order_by("id")
    }
    outcomes: dict[int, Outcome] = {}
    restored: list[tuple[ReadyRow, Employee]] = []
    removed: list[tuple[ReadyRow, Employee]] = []
    for row in rows:
        employee = employees.get(row.subject_id)
        if employee is None or employee.version != row.undo["version"]:
            outcomes[row.number] = Outcome(refusal=_GONE_ON)
        elif row.verdict is Verdict.NEW:
            removed.append((row, employee))
        else:
            restored.append((row, employee))
    outcomes |= _restore(restored, context)
    outcomes |= _remove(removed, context)
    return [outcomes[row.number] for row in rows]


def _restore(
    restored: Sequence[tuple[ReadyRow, Employee]], context: SheetContext
) -> dict[int, Outcome]:
    if not restored:
        return {}
    updates, drafts, moved = [], [], []
    ended: dict[str, list[int]] = {}
    for row, employee in restored:
        values = _before(employee, row.undo["before"])
        updates.append((*(values[name] for name in FIELDS), employee.version + 1, employee.pk))
        for history, period in row.undo["ended"]:
            ended.setdefault(history, []).append(period)
        if employee.account_id and values["unit_id"] != employee.unit_id:
            moved.append((employee.account_id, values["unit_id"]))
        name = with_titles(values["title_before"], values["name"], values["title_after"])
        drafts.append(audit.Draft(subject(employee.pk, name, context.import_id)))
    forget_source([employee.pk for _row, employee in restored], context.import_id)
    for history, periods in ended.items():
        reopen(history, periods)
    update_rows(Employee, [*COLUMNS, "version"], updates)
    if moved:
        identity.place_users(rows=moved, by=context.by)
    audit.record_all(Trail.IMPORT_TAKEN_BACK, drafts, by=context.by)
    return {row.number: Outcome(subject_id=row.subject_id) for row, _employee in restored}


def _before(employee: Employee, before: dict[str, Any]) -> dict[str, Any]:
    values = {name: getattr(employee, name) for name in FIELDS}
    for name, value in before.items():
        values[name] = dt.date.fromisoformat(value) if value and name in _DAYS else value
    return values


def _remove(
    removed: Sequence[tuple[ReadyRow, Employee]], context: SheetContext
) -> dict[int, Outcome]:
    """Remove a chunk at once; only where somebody is in use, one by one."""
    if not removed:
        return {}
    try:
        with transaction.atomic():
            _delete([employee.pk for _row, employee in removed], context)
        gone = {employee.pk for _row, employee in removed}
    except ProtectedError:
        gone = {employee.pk for _row, employee in removed if _deleted_alone(employee, context)}
    audit.record_all(
        Trail.EMPLOYEE_REMOVED,
        [
            audit.Draft(subject(employee.pk, employee.display_name, context.import_id))
            for _row, employee in removed
            if employee.pk in gone
        ],
        by=context.by,
    )
    return {
        row.number: Outcome(
            subject_id=row.subject_id, refusal="" if employee.pk in gone else _IN_USE
        )
        for row, employee in removed
    }


def _deleted_alone(employee: Employee, context: SheetContext) -> bool:
    try:
        with transaction.atomic():
            _delete([employee.pk], context)
    except ProtectedError:
        return False
    return True


def _delete(ids: Sequence[str], context: SheetContext) -> None:
    forget_source(ids, context.import_id)
    Employee.objects.filter(pk__in=list(ids)).delete()
