"""The API of batches and the people in them."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from sinambung.domains.training import access
from sinambung.domains.training.api import batch_schemas as schemas
from sinambung.domains.training.queries import batch_list as queries
from sinambung.domains.training.queries.batch_list import BatchFilter
from sinambung.domains.training.queries.batches import batch_card
from sinambung.domains.training.queries.nominations import open_batches
from sinambung.domains.training.queries.participants import participants_of
from sinambung.domains.training.services import assignments as assignment_services
from sinambung.domains.training.services import batches as services
from sinambung.domains.training.services import groups as group_services
from sinambung.domains.training.services import participants as people_services
from sinambung.platform.foundation.clock import today
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route, unit_for
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["batches"])


@router.get("", response=schemas.BatchesOut)
@route(Capability.VIEW_BATCHES)
def list_batches(
    request: Request,
    text: str = "",
    programme: str = "",
    year: int | None = None,
    state: str = "",
    after: str = "",
    before: str = "",
) -> Any:
    """List the batches in reach, newest first."""
    asked = BatchFilter(text=text, programme=programme, year=year, state=state)
    visible = access.batches_visible_to(request.actor)
    return queries.batch_list(visible, asked=asked, after=after, before=before).page


@router.post("", response={201: schemas.BatchOut})
@route(Capability.MANAGE_BATCHES)
def create_batch(request: Request, body: schemas.NewBatchIn) -> Any:
    """Create a batch pinned to an edition in force."""
    unit_for(request.actor, body.host_id, Capability.MANAGE_BATCHES)
    batch = services.create_batch(
        edition_id=body.edition_id, host_id=body.host_id, plan=body.plan(), by=request.actor
    )
    return Status(201, batch_card(batch.pk))


@router.get("/open-for-nomination", response=list[schemas.BatchRowOut])
@route(Capability.NOMINATE)
def list_open_batches(request: Request) -> Any:
    """List the batches for which people may be proposed."""
    rows = open_batches(access.batches_open_for_nomination(request.actor))
    return [{**_fields(row), "participants": 0, "state_label": ""} for row in rows]


@router.get("/{ulid:batch_id}", response=schemas.BatchOut)
@route(Capability.VIEW_BATCHES)
def batch(request: Request, batch_id: str) -> Any:
    """Return one batch."""
    access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    return batch_card(batch_id)


@router.put("/{ulid:batch_id}", response=schemas.BatchOut)
@route(Capability.MANAGE_BATCHES)
def change_batch(request: Request, batch_id: str, body: schemas.ChangedBatchIn) -> Any:
    """Change what an organiser states about a batch."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    services.change_batch(
        batch_id=batch_id, version=body.version, plan=body.plan(), by=request.actor
    )
    return batch_card(batch_id)


@router.post("/{ulid:batch_id}/start", response=schemas.BatchOut)
@route(Capability.MANAGE_BATCHES)
def start_batch(request: Request, batch_id: str, body: schemas.ReasonIn) -> Any:
    """Begin a batch: accepted participants become active; a reason where raters are missing."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    services.start_batch(
        batch_id=batch_id, version=body.version, by=request.actor, reason=body.reason
    )
    return batch_card(batch_id)


@router.post("/{ulid:batch_id}/finish", response=schemas.BatchOut)
@route(Capability.MANAGE_BATCHES)
def finish_batch(request: Request, batch_id: str, body: schemas.VersionIn) -> Any:
    """Put a decided batch away."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    services.finish_batch(batch_id=batch_id, version=body.version, by=request.actor)
    return batch_card(batch_id)


@router.post("/{ulid:batch_id}/cancel", response=schemas.BatchOut)
@route(Capability.MANAGE_BATCHES)
def cancel_batch(request: Request, batch_id: str, body: schemas.ReasonIn) -> Any:
    """Cancel a batch with a reason."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    services.cancel_batch(
        batch_id=batch_id, version=body.version, reason=body.reason, by=request.actor
    )
    return batch_card(batch_id)


@router.get("/{ulid:batch_id}/participants", response=list[schemas.ParticipantOut])
@route(Capability.VIEW_BATCHES)
def list_participants(request: Request, batch_id: str) -> Any:
    """List the participants of a batch by number."""
    access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    return participants_of(batch_id, with_progress=True)


@router.post("/{ulid:batch_id}/nominations", response={201: schemas.ChangedPeopleOut})
@route(Capability.NOMINATE)
def nominate(request: Request, batch_id: str, body: schemas.NominationIn) -> Any:
    """Propose employees of the actor's units."""
    access.nomination_batch_for(request.actor, batch_id)
    access.refuse_people_out_of_reach(request.actor, body.nips)
    rows = people_services.nominate(
        batch_id=batch_id, nips=body.nips, by=request.actor, note=body.note
    )
    return Status(201, {"changed": len(rows)})


@router.post("/{ulid:batch_id}/participants/accept", response=schemas.ChangedPeopleOut)
@route(Capability.MANAGE_BATCHES)
def accept_participants(request: Request, batch_id: str, body: schemas.ChosenIn) -> Any:
    """Accept several nominated people."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    rows = people_services.accept_participants(
        batch_id=batch_id, participant_ids=body.participants, by=request.actor, reason=body.reason
    )
    return {"changed": len(rows)}


@router.post("/{ulid:batch_id}/participants/reject", response=schemas.ChangedPeopleOut)
@route(Capability.MANAGE_BATCHES)
def reject_participants(request: Request, batch_id: str, body: schemas.ChosenIn) -> Any:
    """Reject several nominated people with a reason."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    rows = people_services.reject_participants(
        batch_id=batch_id, participant_ids=body.participants, reason=body.reason, by=request.actor
    )
    return {"changed": len(rows)}


@router.post("/{ulid:batch_id}/groups", response=list[schemas.GroupOut])
@route(Capability.MANAGE_BATCHES)
def form_groups(request: Request, batch_id: str, body: schemas.GroupsIn) -> Any:
    """Split the participants evenly into groups."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    return group_services.form_groups(
        batch_id=batch_id, count=body.count, version=body.version, by=request.actor
    )


@router.post("/{ulid:batch_id}/groups/move", response=schemas.ChangedPeopleOut)
@route(Capability.MANAGE_BATCHES)
def move_to_group(request: Request, batch_id: str, body: schemas.MoveIn) -> Any:
    """Move participants to a group."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    group_services.move_to_group(
        batch_id=batch_id,
        participant_ids=body.participants,
        group_id=body.group_id,
        by=request.actor,
    )
    return {"changed": len(body.participants)}


@router.post("/{ulid:batch_id}/assignments", response=list[schemas.AssignmentOut])
@route(Capability.MANAGE_BATCHES)
def assign(request: Request, batch_id: str, body: schemas.AssignmentIn) -> Any:
    """Assign a coach, mentor or examiner to several participants."""
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    return assignment_services.assign(
        batch_id=batch_id,
        role=assignment_services.role_named(body.role),
        participant_ids=body.participants,
        person_id=body.person_id,
        on=today(),
        by=request.actor,
        reason=body.reason,
    )


def _fields(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
