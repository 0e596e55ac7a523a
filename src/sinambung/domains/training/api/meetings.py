"""The API of graduation meetings and of issuing certificates from their decisions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router, Status

from sinambung.domains.training import access
from sinambung.domains.training.api import meeting_schemas as schemas
from sinambung.domains.training.api.grading_schemas import VersionIn
from sinambung.domains.training.prints.minutes import minutes
from sinambung.domains.training.queries import certificates as certificate_queries
from sinambung.domains.training.queries import meetings as queries
from sinambung.domains.training.services import freezing, issuing
from sinambung.domains.training.services import meetings as services
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["graduation"])


@router.get("/batches/{ulid:batch_id}/meetings", response=schemas.MeetingsOut)
@route(Capability.VIEW_BATCHES)
def meetings_of_batch(request: Request, batch_id: str) -> Any:
    """Return the meetings of a batch and what the next one still needs."""
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    overview = queries.meetings_overview(batch)
    return {
        "meetings": list(overview.meetings),
        "checks": list(overview.readiness.checks) if overview.readiness else [],
        "postponed": overview.postponed,
        "may_prepare": overview.may_prepare,
    }


@router.post("/batches/{ulid:batch_id}/meetings", response={201: schemas.MeetingOut})
@route(Capability.MANAGE_BATCHES)
def prepare_meeting(request: Request, batch_id: str, body: schemas.MeetingIn) -> Any:
    """Prepare the next graduation meeting of a batch."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    return Status(
        201,
        services.prepare_meeting(
            batch_id=batch_id, version=body.version, facts=body.facts(), by=request.actor
        ),
    )


@router.get("/meetings/{ulid:meeting_id}", response=schemas.MeetingPageOut)
@route(Capability.VIEW_BATCHES)
def meeting(request: Request, meeting_id: str) -> Any:
    """Return a meeting with proposals and decisions."""
    return queries.meeting_page(
        access.meeting_for(request.actor, meeting_id, Capability.VIEW_BATCHES)
    )


@router.put("/meetings/{ulid:meeting_id}", response=schemas.MeetingOut)
@route(Capability.MANAGE_BATCHES)
def change_meeting(request: Request, meeting_id: str, body: schemas.MeetingIn) -> Any:
    """Change date, place or people of a meeting that is not frozen."""
    access.meeting_for(request.actor, meeting_id, Capability.MANAGE_BATCHES)
    return services.change_meeting(
        meeting_id=meeting_id, version=body.version, facts=body.facts(), by=request.actor
    )


@router.post("/meetings/{ulid:meeting_id}/decisions", response=schemas.MeetingOut)
@route(Capability.MANAGE_BATCHES)
def decide(request: Request, meeting_id: str, body: schemas.DecisionsIn) -> Any:
    """Record decisions, all of them or none."""
    access.meeting_for(request.actor, meeting_id, Capability.MANAGE_BATCHES)
    return services.decide(
        meeting_id=meeting_id,
        version=body.version,
        decisions=[decision.draft() for decision in body.decisions],
        by=request.actor,
    )


@router.post("/meetings/{ulid:meeting_id}/proposals", response=schemas.MeetingOut)
@route(Capability.MANAGE_BATCHES)
def decide_as_proposed(request: Request, meeting_id: str, body: schemas.ProposalsIn) -> Any:
    """Record the proposal for everybody who has no decision yet."""
    access.meeting_for(request.actor, meeting_id, Capability.MANAGE_BATCHES)
    return services.decide_as_proposed(
        meeting_id=meeting_id, version=body.version, deadline=body.deadline, by=request.actor
    )


@router.post("/meetings/{ulid:meeting_id}/freeze", response=schemas.MeetingOut)
@route(Capability.DECIDE_GRADUATION)
def freeze_meeting(request: Request, meeting_id: str, body: VersionIn) -> Any:
    """Make the decisions final; not by who prepared or recorded them."""
    access.meeting_for(request.actor, meeting_id, Capability.DECIDE_GRADUATION)
    return freezing.freeze_meeting(
        meeting_id=meeting_id, version=body.version, by=request.actor, at=now()
    )


@router.get("/meetings/{ulid:meeting_id}/minutes.pdf")
@route(Capability.VIEW_BATCHES)
def minutes_of_meeting(request: Request, meeting_id: str) -> HttpResponse:
    """Return the minutes as PDF."""
    found = access.meeting_for(request.actor, meeting_id, Capability.VIEW_BATCHES)
    content = minutes(queries.meeting_page(found), at=now())
    return HttpResponse(content, content_type="application/pdf")


@router.get("/batches/{ulid:batch_id}/certificates", response=schemas.CertificatesOut)
@route(Capability.VIEW_CERTIFICATES)
def certificates_of_batch(request: Request, batch_id: str) -> Any:
    """Return who passed and the certificate of each."""
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_CERTIFICATES)
    return certificate_queries.certificates_page(batch)


@router.post("/batches/{ulid:batch_id}/certificates", response=schemas.CertificatesOut)
@route(Capability.ISSUE_CERTIFICATES)
def issue_certificates(request: Request, batch_id: str) -> Any:
    """Issue the certificates of everybody whose passing is frozen; once each."""
    batch = access.batch_for(request.actor, batch_id, Capability.ISSUE_CERTIFICATES)
    issuing.issue_certificates(batch_id=batch_id, by=request.actor, at=now())
    return certificate_queries.certificates_page(batch)
