"""The API of marks, grades, ranking and attendance."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router, Status

from sinambung.domains.training import access
from sinambung.domains.training.api import grading_schemas as schemas
from sinambung.domains.training.queries import attendance as attendance_queries
from sinambung.domains.training.queries import grade_input, local_values, mark_table, ranking
from sinambung.domains.training.queries import mark_sheet as sheet_queries
from sinambung.domains.training.services import attendance, closing, mark_changes
from sinambung.domains.training.services import grades as grade_services
from sinambung.domains.training.services import marks as services
from sinambung.domains.training.services.attendance import HoursAttended
from sinambung.domains.training.services.marks import CellChange, MarksNotSaved
from sinambung.platform.exchange import exports
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["grades"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFUSED = {409: schemas.ProblemsOut, 422: schemas.ProblemsOut}


@router.get("/batches/{ulid:batch_id}/marks", response=schemas.MarksOut)
@route(Capability.VIEW_BATCHES)
def marks_of_batch(request: Request, batch_id: str) -> Any:
    """Return every mark of a batch, its scheme and the final grades."""
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    return mark_table.marks_overview(batch)


@router.get("/batches/{ulid:batch_id}/marks.xlsx", include_in_schema=True)
@route(Capability.VIEW_BATCHES)
def download_marks(request: Request, batch_id: str) -> HttpResponse:
    """Return the marks as a workbook that imports again unchanged."""
    access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    asked = exports.ExportRequest(
        by=request.actor, at=now(), on=today(), options={"batch": batch_id}, suffix=".xlsx"
    )
    content, _rows = exports.kind_named("marks").content(asked)
    return HttpResponse(content, content_type=XLSX)


@router.post(
    "/batches/{ulid:batch_id}/marks", response={200: list[schemas.SavedMarkOut], **REFUSED}
)
@route(Capability.GRADE)
def save_marks(request: Request, batch_id: str, body: schemas.MarksIn) -> Any:
    """Save marks, all of them or none; the problems say which cells and why."""
    access.batch_for(request.actor, batch_id, Capability.GRADE)
    changes = [CellChange(m.participant_id, m.cell, m.value, m.version) for m in body.marks]
    try:
        saved = services.save_marks(batch_id=batch_id, changes=changes, by=request.actor, at=now())
    except MarksNotSaved as refusal:
        return Status(refusal.status, problems(refusal))
    return Status(200, list(saved))


@router.post("/batches/{ulid:batch_id}/grades", response=schemas.ComputedOut)
@route(Capability.GRADE)
def compute_grades(request: Request, batch_id: str) -> Any:
    """Compute every final grade of a batch; refused while a weight is missing."""
    access.batch_for(request.actor, batch_id, Capability.GRADE)
    return grade_services.compute_grades(batch_id=batch_id, by=request.actor, at=now())


@router.post("/batches/{ulid:batch_id}/marks/close", response=schemas.BatchStateOut)
@route(Capability.GRADE)
def close_marks(request: Request, batch_id: str, body: schemas.ClosingIn) -> Any:
    """Close the marks of a batch."""
    access.batch_for(request.actor, batch_id, Capability.GRADE)
    return closing.close_marks(
        batch_id=batch_id,
        version=body.version,
        accept_incomplete=body.accept_incomplete,
        by=request.actor,
        at=now(),
    )


@router.get("/batches/{ulid:batch_id}/scheme/local-values", response=schemas.LocalValuesOut)
@route(Capability.GRADE)
def adoptable_values(request: Request, batch_id: str) -> Any:
    """Return what adopting the confirmed local values would change in the scheme."""
    batch = access.batch_for(request.actor, batch_id, Capability.GRADE)
    return local_values.local_values_page(batch, on=today())


@router.post("/batches/{ulid:batch_id}/scheme/local-values", response=schemas.BatchStateOut)
@route(Capability.GRADE)
def complete_scheme(request: Request, batch_id: str, body: schemas.VersionIn) -> Any:
    """Complete the scheme of a batch with the confirmed local values."""
    access.batch_for(request.actor, batch_id, Capability.GRADE)
    return closing.complete_scheme(
        batch_id=batch_id, version=body.version, by=request.actor, at=now(), on=today()
    )


@router.get("/batches/{ulid:batch_id}/ranking", response=list[schemas.RankedPersonOut])
@route(Capability.VIEW_BATCHES)
def ranking_of_batch(request: Request, batch_id: str) -> Any:
    """Return who passes, best first, with shared places and what decided between equals."""
    access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    return list(ranking.ranking_of(batch_id).rows)


@router.get("/participants/{ulid:participant_id}/marks", response=schemas.SheetOut)
@route(Capability.VIEW_BATCHES)
def marks_of_participant(request: Request, participant_id: str) -> Any:
    """Return one participant's marks with raters, working and basis."""
    person = access.participant_for(request.actor, participant_id, Capability.VIEW_BATCHES)
    return sheet_queries.mark_sheet(person)


@router.get("/participants/{ulid:participant_id}/grade-input", response=schemas.GradeInputOut)
@route(Capability.VIEW_BATCHES)
def grade_input_of_participant(request: Request, participant_id: str) -> Any:
    """Return the input with which `sinambung rule compute nilai-akhir` computes the grade again."""
    person = access.participant_for(request.actor, participant_id, Capability.VIEW_BATCHES)
    return grade_input.grade_input(person).content


@router.get("/batches/{ulid:batch_id}/mark-changes", response=list[schemas.ChangeOut])
@route(Capability.VIEW_BATCHES)
def changes_of_batch(request: Request, batch_id: str) -> Any:
    """List the changes of marks after closing."""
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    return [line.change for line in sheet_queries.changes_of_batch(batch)]


@router.post("/participants/{ulid:participant_id}/mark-changes", response={201: schemas.ChangeOut})
@route(Capability.GRADE)
def propose_mark_change(request: Request, participant_id: str, body: schemas.ChangeIn) -> Any:
    """Ask that a mark be changed after closing."""
    access.participant_for(request.actor, participant_id, Capability.GRADE)
    return Status(
        201,
        mark_changes.propose_mark_change(
            participant_id=participant_id,
            cell=body.cell,
            after=body.after,
            reason=body.reason,
            by=request.actor,
            at=now(),
        ),
    )


@router.post("/mark-changes/{ulid:change_id}/confirm", response=schemas.ChangeOut)
@route(Capability.CONFIRM_GRADES)
def confirm_mark_change(request: Request, change_id: str, body: schemas.VersionIn) -> Any:
    """Confirm somebody else's change of a mark."""
    access.mark_change_for(request.actor, change_id, Capability.CONFIRM_GRADES)
    return mark_changes.confirm_mark_change(
        change_id=change_id, version=body.version, by=request.actor, at=now()
    )


@router.post("/mark-changes/{ulid:change_id}/reject", response=schemas.ChangeOut)
@route(Capability.CONFIRM_GRADES)
def reject_mark_change(request: Request, change_id: str, body: schemas.RejectionIn) -> Any:
    """Turn somebody else's change of a mark down."""
    access.mark_change_for(request.actor, change_id, Capability.CONFIRM_GRADES)
    return mark_changes.reject_mark_change(
        change_id=change_id, version=body.version, note=body.note, by=request.actor, at=now()
    )


@router.get("/batches/{ulid:batch_id}/attendance", response=list[schemas.AttendanceOut])
@route(Capability.VIEW_BATCHES)
def attendance_of_batch(request: Request, batch_id: str) -> Any:
    """List the lesson hours of every participant."""
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    return list(attendance_queries.attendance_page(batch).rows)


@router.post("/batches/{ulid:batch_id}/attendance", response=list[schemas.AttendanceOut])
@route(Capability.GRADE)
def record_lesson_hours(request: Request, batch_id: str, body: schemas.AttendanceIn) -> Any:
    """Keep scheduled and attended lesson hours, all of them or none."""
    batch = access.batch_for(request.actor, batch_id, Capability.GRADE)
    hours = [HoursAttended(row.participant_id, row.scheduled, row.attended) for row in body.hours]
    attendance.record_lesson_hours(batch_id=batch_id, hours=hours, by=request.actor)
    return list(attendance_queries.attendance_page(batch).rows)


def problems(refusal: MarksNotSaved) -> dict[str, Any]:
    """Return a refusal of marks as a problem with its cells."""
    return {
        "type": f"urn:sinambung:{refusal.code}",
        "status": refusal.status,
        "title": refusal.sentence,
        "problems": list(refusal.problems),
    }
