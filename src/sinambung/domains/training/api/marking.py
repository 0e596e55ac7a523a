"""The API of raters: their marking, their progress, and of what participants see of themselves."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from sinambung.domains.training import access
from sinambung.domains.training.api import grading_schemas as schemas
from sinambung.domains.training.api.grades import REFUSED, problems
from sinambung.domains.training.api.rater_schemas import RatersOut
from sinambung.domains.training.queries import grading as queries
from sinambung.domains.training.queries import mark_sheet, rater_summary
from sinambung.domains.training.services import marks as services
from sinambung.domains.training.services.marks import CellChange, MarksNotSaved
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["marking"])


@router.get("/marking", response=list[schemas.RatedPersonOut])
@route(Capability.USE)
def rated_people(request: Request) -> Any:
    """List the participants whom the actor marks as examiner, coach or mentor."""
    return [person for rated in queries.rated_batches(request.actor) for person in rated.people]


@router.get("/batches/{ulid:batch_id}/raters", response=RatersOut)
@route(Capability.VIEW_BATCHES)
def raters_of_batch(request: Request, batch_id: str) -> Any:
    """Return who has marked what, how far, and how each rater differs from the others."""
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    return rater_summary.rater_page(batch)


@router.get("/marking/{ulid:participant_id}", response=schemas.RaterSheetOut)
@route(Capability.USE)
def rater_sheet(request: Request, participant_id: str) -> Any:
    """Return what the actor marks of one participant; others' marks only when both are in."""
    return queries.rater_sheet(request.actor, participant_id)


@router.post(
    "/marking/{ulid:participant_id}", response={200: list[schemas.SavedMarkOut], **REFUSED}
)
@route(Capability.USE)
def save_rated_marks(request: Request, participant_id: str, body: schemas.OwnMarksIn) -> Any:
    """Save the actor's own marks of one participant."""
    sheet = queries.rater_sheet(request.actor, participant_id)
    changes = [CellChange(participant_id, m.cell, m.value, m.version) for m in body.marks]
    try:
        saved = services.save_rated_marks(
            batch_id=sheet.batch.pk, changes=changes, by=request.actor, at=now(), on=today()
        )
    except MarksNotSaved as refusal:
        return Status(refusal.status, problems(refusal))
    return Status(200, list(saved))


@router.get("/own/{ulid:participant_id}/marks", response=schemas.OwnMarksOut)
@route(Capability.USE)
def own_marks(request: Request, participant_id: str) -> Any:
    """Return the actor's own marks, once the graduation meeting has released them."""
    return mark_sheet.own_marks(access.own_participation(request.actor, participant_id))
