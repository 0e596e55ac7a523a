"""The API of one participant: files, electives, leaving, assignments; and one's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import File, Form, Router, Status, UploadedFile

from sinambung.domains.training import access
from sinambung.domains.training.api import batch_schemas as schemas
from sinambung.domains.training.services import assignments as assignment_services
from sinambung.domains.training.services import documents as document_services
from sinambung.domains.training.services import participants as services
from sinambung.platform.documents.queries import file_content
from sinambung.platform.documents.web import download
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["participants"])


@router.post("/participants/{ulid:participant_id}/leave", response=schemas.ChangedPeopleOut)
@route(Capability.MANAGE_BATCHES)
def record_leaving(request: Request, participant_id: str, body: schemas.LeavingIn) -> Any:
    """Record that a participant withdrew, was dropped or died."""
    access.participant_for(request.actor, participant_id, Capability.MANAGE_BATCHES)
    services.record_leaving(
        participant_id=participant_id,
        version=body.version,
        state=body.state,
        reason=body.reason,
        by=request.actor,
    )
    return {"changed": 1}


@router.post("/participants/{ulid:participant_id}/remove", response=schemas.ChangedPeopleOut)
@route(Capability.MANAGE_BATCHES)
def remove_nomination(request: Request, participant_id: str, body: schemas.ReasonIn) -> Any:
    """Take a nominated person off the list."""
    access.participant_for(request.actor, participant_id, Capability.MANAGE_BATCHES)
    services.remove_nomination(
        participant_id=participant_id, version=body.version, reason=body.reason, by=request.actor
    )
    return {"changed": 1}


@router.get("/participants/{ulid:participant_id}/portrait")
@route(Capability.USE)
def portrait(request: Request, participant_id: str) -> HttpResponse:
    """Give the portrait of a participant."""
    row = access.portrait_reader(request.actor, participant_id)
    if not row.portrait:
        raise NotFound
    return download(file_content(row.portrait))


@router.post("/participants/{ulid:participant_id}/portrait", response=schemas.ChangedPeopleOut)
@route(Capability.MANAGE_BATCHES)
def set_portrait(request: Request, participant_id: str, file: File[UploadedFile]) -> Any:
    """Keep the portrait of a participant."""
    access.participant_for(request.actor, participant_id, Capability.MANAGE_BATCHES)
    return _portrait(request, participant_id, file)


@router.post("/own/{ulid:participant_id}/portrait", response=schemas.ChangedPeopleOut)
@route(Capability.USE)
def set_own_portrait(request: Request, participant_id: str, file: File[UploadedFile]) -> Any:
    """Keep one's own portrait."""
    access.own_participation(request.actor, participant_id)
    return _portrait(request, participant_id, file)


@router.post("/own/{ulid:participant_id}/documents", response={201: schemas.DocumentOut})
@route(Capability.USE)
def upload_document(
    request: Request, participant_id: str, item: Form[str], file: File[UploadedFile]
) -> Any:
    """Bring a file for one requirement of one's own participation."""
    access.own_participation(request.actor, participant_id)
    return Status(
        201,
        document_services.upload_document(
            participant_id=participant_id,
            item=item,
            content=file.read(),
            name=file.name or "",
            by=request.actor,
            at=now(),
        ),
    )


@router.put("/own/{ulid:participant_id}/electives", response=schemas.ChangedPeopleOut)
@route(Capability.USE)
def choose_electives(request: Request, participant_id: str, body: schemas.ElectivesIn) -> Any:
    """Choose one's own elective subjects."""
    access.own_participation(request.actor, participant_id)
    services.choose_electives(
        participant_id=participant_id,
        version=body.version,
        codes=body.electives,
        by=request.actor,
    )
    return {"changed": 1}


@router.get("/documents/{ulid:document_id}")
@route(Capability.USE)
def document(request: Request, document_id: str) -> HttpResponse:
    """Give a file to its participant and to those who examine it."""
    return download(file_content(access.document_reader(request.actor, document_id).file_id))


@router.post("/documents/{ulid:document_id}/accept", response=schemas.DocumentOut)
@route(Capability.VERIFY_DOCUMENTS)
def accept_document(request: Request, document_id: str, body: schemas.VersionIn) -> Any:
    """Accept a waiting file."""
    access.document_for(request.actor, document_id, Capability.VERIFY_DOCUMENTS)
    return document_services.accept_document(
        document_id=document_id, version=body.version, by=request.actor, at=now()
    )


@router.post("/documents/{ulid:document_id}/return", response=schemas.DocumentOut)
@route(Capability.VERIFY_DOCUMENTS)
def return_document(request: Request, document_id: str, body: schemas.ReturnIn) -> Any:
    """Return a file with a note."""
    access.document_for(request.actor, document_id, Capability.VERIFY_DOCUMENTS)
    return document_services.return_document(
        document_id=document_id,
        version=body.version,
        note=body.note,
        by=request.actor,
        at=now(),
    )


@router.post("/batches/{ulid:batch_id}/documents/accept", response=schemas.ChangedPeopleOut)
@route(Capability.VERIFY_DOCUMENTS)
def accept_documents(request: Request, batch_id: str, body: schemas.DocumentsIn) -> Any:
    """Accept several waiting files of a batch."""
    access.batch_for(request.actor, batch_id, Capability.VERIFY_DOCUMENTS)
    count = document_services.accept_documents(
        batch_id=batch_id, document_ids=body.documents, by=request.actor, at=now()
    )
    return {"changed": count}


@router.post("/batches/{ulid:batch_id}/requirements", response=schemas.ConfirmedOut)
@route(Capability.VERIFY_DOCUMENTS)
def confirm_item(request: Request, batch_id: str, body: schemas.ItemIn) -> Any:
    """State that people meet a requirement, or take that back.

    People whom the records contradict are left out; one alone is stated with a reason.
    """
    access.batch_for(request.actor, batch_id, Capability.VERIFY_DOCUMENTS)
    done = document_services.confirm_item(
        batch_id=batch_id,
        participant_ids=body.participants,
        item=body.item,
        by=request.actor,
        confirmed=body.confirmed,
        reason=body.reason,
    )
    return {"changed": len(done.rows), "left_out": done.left_out}


@router.post("/assignments/{ulid:assignment_id}/end", response=schemas.AssignmentOut)
@route(Capability.MANAGE_BATCHES)
def end_assignment(request: Request, assignment_id: str, body: schemas.ReasonIn) -> Any:
    """End an assignment without a successor."""
    access.assignment_for(request.actor, assignment_id, Capability.MANAGE_BATCHES)
    return assignment_services.end_assignment(
        assignment_id=assignment_id,
        version=body.version,
        on=today(),
        reason=body.reason,
        by=request.actor,
    )


def _portrait(request: Request, participant_id: str, file: UploadedFile) -> dict[str, int]:
    document_services.set_portrait(
        participant_id=participant_id,
        content=file.read(),
        name=file.name or "",
        by=request.actor,
        at=now(),
    )
    return {"changed": 1}
