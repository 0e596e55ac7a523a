"""Taking an import of employees back: as they were, unless somebody has gone on from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from sinambung.domains.workforce.models import Employee
from sinambung.domains.workforce.queries import COLUMNS, DAYS, FIELDS, StoredEmployee
from sinambung.domains.workforce.services.amending import follow_with_accounts
from sinambung.domains.workforce.services.histories import forget_source, reopen
from sinambung.domains.workforce.services.telling import subject
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
        if employee is None or employee.version != (row.undo or {}).get("version", 1):
            outcomes[row.number] = Outcome(refusal=_GONE_ON)
        elif row.verdict is Verdict.NEW:
            removed.append((row, employee))
        else:
            restored.append((row, employee))
    outcomes |= _restore(restored, context)
    outcomes |= _remove(removed, context)
    return [outcomes[row.number] for row in rows]


def take_back_units(context: SheetContext) -> None:
    """Take back the units that an import made, where nobody is now."""
    used = Employee.objects.order_by().values_list("unit_id", flat=True).distinct()
    identity.withdraw_units(
        context_id=context.import_id,
        used=set(used),
        on=context.on,
        by=context.by,
        reason=context.reason,
    )


def _restore(
    restored: Sequence[tuple[ReadyRow, Employee]], context: SheetContext
) -> dict[int, Outcome]:
    if not restored:
        return {}
    pairs, ended = [], dict[str, list[int]]()
    for row, employee in restored:
        pairs.append(_now_and_before(employee, row.undo["before"]))
        for history, period in row.undo["ended"]:
            ended.setdefault(history, []).append(period)
    forget_source([now.id for now, _then in pairs], context.import_id)
    for history, periods in ended.items():
        reopen(history, periods)
    written = [(*then[: len(FIELDS)], then.version, then.id) for _now, then in pairs]
    update_rows(Employee, [*COLUMNS, "version"], written)
    follow_with_accounts(pairs, context)
    audit.record_all(
        Trail.IMPORT_TAKEN_BACK,
        [
            audit.Draft(subject(then.id, then.display_name, context.import_id))
            for _now, then in pairs
        ],
        by=context.by,
    )
    return {row.number: Outcome(subject_id=row.subject_id) for row, _employee in restored}


def _now_and_before(
    employee: Employee, before: Mapping[str, Any]
) -> tuple[StoredEmployee, StoredEmployee]:
    names = (*FIELDS, "nip", "id", "version", "account_id")
    now = StoredEmployee._make([getattr(employee, name) for name in names])
    fields: dict[str, Any] = {
        name: dt.date.fromisoformat(value) if value and name in DAYS else value
        for name, value in before.items()
    }
    return now, now._replace(**fields, version=now.version + 1)


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
    _withdraw_accounts([row for row, employee in removed if employee.pk in gone], context)
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


def _withdraw_accounts(rows: Sequence[ReadyRow], context: SheetContext) -> None:
    """Take back the accounts that came with these rows and with nothing before them."""
    made = [row.undo["account"] for row in rows if row.undo and row.undo.get("account")]
    if made:
        identity.withdraw_accounts(
            user_ids=made, at=context.at, by=context.by, reason=context.reason
        )


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
