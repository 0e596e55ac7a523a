"""The API of programmes and editions."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from sinambung.domains.training import access
from sinambung.domains.training.api import batch_schemas as schemas
from sinambung.domains.training.queries import editions as queries
from sinambung.domains.training.services import programmes as services
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["programmes"])


@router.get("", response=list[schemas.ProgrammeOut])
@route(Capability.VIEW_PROGRAMMES)
def list_programmes(request: Request) -> Any:
    """List every programme with its editions."""
    return queries.programme_list(with_drafts=request.actor.may(Capability.MANAGE_PROGRAMMES))


@router.post("/install", response=schemas.ChangedPeopleOut)
@route(Capability.MANAGE_PROGRAMMES)
def install_editions(request: Request) -> Any:
    """Install or refresh the editions that come with the product."""
    return {"changed": services.install_national_editions(by=request.actor, at=now())}


@router.get("/editions/{ulid:edition_id}", response=schemas.EditionOut)
@route(Capability.VIEW_PROGRAMMES)
def edition(request: Request, edition_id: str) -> Any:
    """Return an edition with its whole content."""
    return access.edition_for(request.actor, edition_id, Capability.VIEW_PROGRAMMES)


@router.get("/editions/{ulid:edition_id}/differences", response=list[schemas.DifferenceOut])
@route(Capability.VIEW_PROGRAMMES)
def differences(request: Request, edition_id: str, other: str) -> Any:
    """List what an edition states differently from another."""
    after = access.edition_for(request.actor, edition_id, Capability.VIEW_PROGRAMMES)
    before = access.edition_for(request.actor, other, Capability.VIEW_PROGRAMMES)
    return list(queries.difference_page(before=before, after=after).lines)


@router.post("/editions/{ulid:edition_id}/copy", response={201: schemas.EditionOut})
@route(Capability.MANAGE_PROGRAMMES)
def copy_edition(request: Request, edition_id: str, body: schemas.CopyIn) -> Any:
    """Copy an edition as a draft."""
    access.edition_for(request.actor, edition_id, Capability.MANAGE_PROGRAMMES)
    return Status(
        201, services.copy_edition(edition_id=edition_id, label=body.label, by=request.actor)
    )


@router.put("/editions/{ulid:edition_id}", response=schemas.EditionOut)
@route(Capability.MANAGE_PROGRAMMES)
def change_edition(request: Request, edition_id: str, body: schemas.ContentIn) -> Any:
    """Replace the content of a draft."""
    access.edition_for(request.actor, edition_id, Capability.MANAGE_PROGRAMMES)
    return services.change_edition(
        edition_id=edition_id, version=body.version, content=body.content, by=request.actor
    )


@router.post("/editions/{ulid:edition_id}/publish", response=schemas.EditionOut)
@route(Capability.MANAGE_PROGRAMMES)
def publish_edition(request: Request, edition_id: str, body: schemas.VersionIn) -> Any:
    """Put a draft in force."""
    access.edition_for(request.actor, edition_id, Capability.MANAGE_PROGRAMMES)
    return services.publish_edition(
        edition_id=edition_id, version=body.version, by=request.actor, at=now()
    )


@router.post("/editions/{ulid:edition_id}/withdraw", response=schemas.EditionOut)
@route(Capability.MANAGE_PROGRAMMES)
def withdraw_edition(request: Request, edition_id: str, body: schemas.ReasonIn) -> Any:
    """Take an edition out of use for new batches."""
    access.edition_for(request.actor, edition_id, Capability.MANAGE_PROGRAMMES)
    return services.withdraw_edition(
        edition_id=edition_id, version=body.version, reason=body.reason, by=request.actor
    )
