"""Employees for machines."""

from __future__ import annotations

from typing import Any

from ninja import Router

from sinambung.domains.workforce import access, queries, services
from sinambung.domains.workforce.api import schemas
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route, unit_for
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["employees"])
MANAGE = Capability.MANAGE_EMPLOYEES


@router.get("", response=schemas.EmployeesOut)
@route(Capability.VIEW_EMPLOYEES)
def list_employees(
    request: Request,
    q: str = "",
    agency: str = "",
    position_class: str = "",
    rank: str = "",
    standing: str = "active",
    after: str = "",
    before: str = "",
) -> Any:
    """Employees in reach, in the order of names."""
    asked = queries.EmployeeFilter(
        text=q[:100].replace("\0", ""),
        agency=agency,
        position_class=position_class,
        rank=rank,
        standing=standing,
        after=after,
        before=before,
    )
    found = queries.employee_list(request.actor, asked)
    return {
        "rows": [{**row._asdict(), "unit_name": row.unit__name} for row in found.page.rows],
        "total": found.total,
        "after": found.page.after,
        "before": found.page.before,
    }


@router.get("/{employee_id}", response=schemas.EmployeeOut)
@route(Capability.USE)
def employee(request: Request, employee_id: str) -> Any:
    """One employee with the histories."""
    return _shown(request, employee_id, Capability.VIEW_EMPLOYEES)


@router.patch("/{employee_id}", response=schemas.EmployeeOut)
@route(MANAGE)
def change_details(request: Request, employee_id: str, body: schemas.DetailsIn) -> Any:
    """Correct the name, titles, status or contacts."""
    access.employee_for(request.actor, employee_id, MANAGE)
    values = body.dict()
    version, reason = values.pop("version"), values.pop("reason")
    services.change_details(
        employee_id=employee_id,
        version=version,
        details=services.EmployeeDetails(**values),
        on=clock.today(),
        by=request.actor,
        reason=reason,
    )
    return _shown(request, employee_id, MANAGE)


@router.post("/{employee_id}/positions", response=schemas.EmployeeOut)
@route(MANAGE)
def record_position(request: Request, employee_id: str, body: schemas.PositionIn) -> Any:
    """Let an employee hold another position from a day on."""
    access.employee_for(request.actor, employee_id, MANAGE)
    services.record_position_change(employee_id=employee_id, **body.dict(), by=request.actor)
    return _shown(request, employee_id, MANAGE)


@router.post("/{employee_id}/ranks", response=schemas.EmployeeOut)
@route(MANAGE)
def record_rank(request: Request, employee_id: str, body: schemas.RankIn) -> Any:
    """Let an employee hold another rank from a day on."""
    access.employee_for(request.actor, employee_id, MANAGE)
    services.record_rank_change(employee_id=employee_id, **body.dict(), by=request.actor)
    return _shown(request, employee_id, MANAGE)


@router.post("/{employee_id}/units", response=schemas.EmployeeOut)
@route(MANAGE)
def move_to_unit(request: Request, employee_id: str, body: schemas.UnitIn) -> Any:
    """Let an employee work in another unit from a day on."""
    access.employee_for(request.actor, employee_id, MANAGE)
    unit_for(request.actor, body.unit_id, MANAGE)
    services.move_to_unit(employee_id=employee_id, **body.dict(), by=request.actor)
    return _shown(request, employee_id, Capability.VIEW_EMPLOYEES)


def _shown(request: Request, employee_id: str, capability: Capability) -> queries.EmployeePage:
    found = access.employee_for(request.actor, employee_id, capability)
    return queries.employee_page(found, actor=request.actor, on=clock.today())
