"""What a workbook of employees looks like, how a row is checked, and which service applies it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sinambung.domains.workforce import queries, services
from sinambung.domains.workforce.sheets.checking import check
from sinambung.domains.workforce.sheets.columns import COLUMNS
from sinambung.domains.workforce.sheets.reach import BEYOND, beyond_reach
from sinambung.platform.exchange.exports import ExportKind, ExportRequest, table_as_file
from sinambung.platform.exchange.kinds import (
    Outcome,
    ReadyRow,
    SheetContext,
    SheetKind,
)
from sinambung.platform.foundation.workbooks import Column
from sinambung.platform.identity.capabilities import Capability


def apply(rows: Sequence[ReadyRow], context: SheetContext) -> Sequence[Outcome]:
    beyond = beyond_reach(rows, context)
    allowed = [row for row in rows if row.number not in beyond]
    answers = iter(services.import_employees(rows=allowed, context=context))
    return [Outcome(refusal=BEYOND) if row.number in beyond else next(answers) for row in rows]


def prepare(rows: Sequence[ReadyRow], context: SheetContext) -> None:
    beyond = beyond_reach(rows, context)
    allowed = [row for row in rows if row.number not in beyond]
    services.add_missing_units(rows=allowed, context=context)


def undo(rows: Sequence[ReadyRow], context: SheetContext) -> Sequence[Outcome]:
    return services.take_back_employees(rows=rows, context=context)


def finish(context: SheetContext) -> None:
    services.refresh_statistics()


def finish_undo(context: SheetContext) -> None:
    services.take_back_units(context)


def export(request: ExportRequest) -> tuple[bytes, int]:
    asked = queries.EmployeeFilter(standing="", **request.options)
    return table_as_file(
        columns=[Column(str(heading), width) for heading, width in queries.EXPORT_COLUMNS],
        rows=queries.export_rows(queries.filtered(request.by, asked)),
        suffix=request.suffix,
        title="Pegawai",
    )


EMPLOYEE_EXPORT = ExportKind(
    name="employees",
    title=_("Pegawai"),
    capability=Capability.VIEW_EMPLOYEES,
    suffixes=(".xlsx", ".csv"),
    content=export,
)

EMPLOYEES = SheetKind(
    name="employees",
    title=_("Pegawai (ekspor SIASN)"),
    capability=Capability.MANAGE_EMPLOYEES,
    columns=lambda context: COLUMNS,
    check=check,
    apply=apply,
    undo=undo,
    prepare=prepare,
    finish=finish,
    finish_undo=finish_undo,
    back=lambda options: "/pegawai/",
)
