"""The unit tree for machines."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity import access, queries, services
from sinambung.platform.identity.access import route
from sinambung.platform.identity.api import schemas
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["identity: units"])


@router.get("/units", response=schemas.TreeOut)
@route(Capability.MANAGE_UNITS)
def unit_tree(request: Request, with_closed: bool = False) -> Any:
    """The units in reach as a tree."""
    return queries.unit_tree(request.actor, with_closed=with_closed)


@router.get("/units/search", response=list[schemas.OptionOut])
@route(Capability.MANAGE_UNITS)
def search_units(request: Request, q: str) -> Any:
    """Up to ten open units whose name or code matches."""
    text = q.strip()[:60].replace("\0", "")
    found = queries.matching_units(request.actor, text, Capability.MANAGE_UNITS) if text else []
    return [{"id": id, "name": name, "code": code} for id, name, code in found]


@router.post("/units", response={201: schemas.UnitOut})
@route(Capability.MANAGE_UNITS)
def add_unit(request: Request, body: schemas.NewUnitIn) -> Any:
    """Add a unit under another; an empty parent makes a root."""
    unit = services.add_unit(
        code=body.code,
        name=body.name,
        short_name=body.short_name,
        kind=body.kind,
        parent_id=_unit(request, body.parent_id),
        since=clock.today(),
        by=request.actor,
    )
    return Status(201, unit)


@router.get("/units/{unit_id}", response=schemas.UnitPageOut)
@route(Capability.MANAGE_UNITS)
def unit(request: Request, unit_id: str) -> Any:
    """One unit with its names and parents over time."""
    found = access.unit_for(request.actor, unit_id, Capability.MANAGE_UNITS)
    return queries.unit_page(found)


@router.post("/units/{unit_id}/rename", response=schemas.UnitOut)
@route(Capability.MANAGE_UNITS)
def rename_unit(request: Request, unit_id: str, body: schemas.RenameIn) -> Any:
    """Give a unit a new name from a day on."""
    access.unit_for(request.actor, unit_id, Capability.MANAGE_UNITS)
    return services.rename_unit(unit_id=unit_id, **body.dict(), by=request.actor)


@router.post("/units/{unit_id}/move", response=schemas.UnitOut)
@route(Capability.MANAGE_UNITS)
def move_unit(request: Request, unit_id: str, body: schemas.UnitMoveIn) -> Any:
    """Put a unit and everything below it under another parent from a day on."""
    access.unit_for(request.actor, unit_id, Capability.MANAGE_UNITS)
    return services.move_unit(
        unit_id=unit_id,
        version=body.version,
        parent_id=_unit(request, body.parent_id),
        on=body.on,
        reason=body.reason,
        by=request.actor,
    )


@router.post("/units/{unit_id}/close", response=schemas.UnitOut)
@route(Capability.MANAGE_UNITS)
def close_unit(request: Request, unit_id: str, body: schemas.UnitChangeIn) -> Any:
    """End a unit, and the roles held in it, from a day on."""
    access.unit_for(request.actor, unit_id, Capability.MANAGE_UNITS)
    return services.close_unit(unit_id=unit_id, **body.dict(), by=request.actor)


def _unit(request: Request, unit_id: str) -> str | None:
    unit = access.unit_or_everywhere(request.actor, unit_id, Capability.MANAGE_UNITS)
    return unit.pk if unit else None
