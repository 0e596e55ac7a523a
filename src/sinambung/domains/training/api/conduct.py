"""The API of notes on conduct."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from sinambung.domains.training import access
from sinambung.domains.training.api import conduct_schemas as schemas
from sinambung.domains.training.queries import conduct as queries
from sinambung.domains.training.services import conduct as services
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["conduct"])


@router.get("/participants/{ulid:participant_id}/conduct", response=list[schemas.NoteOut])
@route(Capability.VIEW_BATCHES)
def notes_of_participant(request: Request, participant_id: str) -> Any:
    """List the notes on a participant's conduct."""
    person = access.participant_for(request.actor, participant_id, Capability.VIEW_BATCHES)
    return queries.notes_of(person)


@router.post("/participants/{ulid:participant_id}/conduct", response={201: schemas.NoteOut})
@route(Capability.GRADE)
def note_conduct(request: Request, participant_id: str, body: schemas.NoteIn) -> Any:
    """Write a note on conduct."""
    access.participant_for(request.actor, participant_id, Capability.GRADE)
    return Status(
        201,
        services.note_conduct(
            participant_id=participant_id,
            kind=body.kind,
            text=body.text,
            noted_on=body.noted_on,
            component=body.component,
            deduction=body.deduction,
            by=request.actor,
            at=now(),
        ),
    )


@router.post("/conduct/{ulid:note_id}/withdraw", response=schemas.NoteOut)
@route(Capability.GRADE)
def withdraw_note(request: Request, note_id: str, body: schemas.NoteReasonIn) -> Any:
    """Withdraw a note with a reason."""
    access.conduct_note_for(request.actor, note_id, Capability.GRADE)
    return services.withdraw_note(
        note_id=note_id, version=body.version, reason=body.reason, by=request.actor, at=now()
    )


@router.get("/own/{ulid:participant_id}/conduct", response=list[schemas.NoteOut])
@route(Capability.USE)
def own_notes(request: Request, participant_id: str) -> Any:
    """List the notes on the actor's own conduct."""
    return queries.notes_of(access.own_participation(request.actor, participant_id))


@router.post("/conduct/{ulid:note_id}/answer", response=schemas.NoteOut)
@route(Capability.USE)
def answer_note(request: Request, note_id: str, body: schemas.ReplyIn) -> Any:
    """Answer a note on the actor's own conduct, once."""
    access.own_conduct_note(request.actor, note_id)
    return services.answer_note(
        note_id=note_id, version=body.version, reply=body.reply, by=request.actor, at=now()
    )
