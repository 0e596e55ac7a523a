"""The API of regulation."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import File, Router, Status, UploadedFile

from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.regulation import access, queries, services
from sinambung.platform.regulation.api import schemas

router = Router(tags=["regulation"])


@router.get("", response=list[schemas.RuleEditionOut])
@route(Capability.VIEW_PROGRAMMES)
def completeness(request: Request) -> Any:
    """List every edition with the state of each of its subjects."""
    return queries.completeness(on=today())


@router.get("/export")
@route(Capability.VIEW_PROGRAMMES)
def export_local_law(request: Request) -> HttpResponse:
    """Give all confirmed local values as TOML in a ZIP."""
    return HttpResponse(queries.law_archive(), content_type="application/zip")


@router.post("/import", response={201: list[schemas.LocalEditionOut]})
@route(Capability.ENTER_REGULATION)
def import_local_law(request: Request, file: File[UploadedFile]) -> Any:
    """Enter the values of another installation's export; they wait for confirmation."""
    return Status(201, services.import_local_law(content=file.read(), by=request.actor, at=now()))


@router.get("/entries/{entry_id}", response=schemas.LocalEditionOut)
@route(Capability.VIEW_PROGRAMMES)
def local_edition(request: Request, entry_id: str) -> Any:
    """Return one entry."""
    return access.entry_for(request.actor, entry_id, Capability.VIEW_PROGRAMMES)


@router.get("/entries/{entry_id}/document")
@route(Capability.VIEW_PROGRAMMES)
def source_document(request: Request, entry_id: str) -> HttpResponse:
    """Give the document of an entry."""
    file = access.file_for(request.actor, entry_id)
    return HttpResponse(bytes(file.content), content_type=file.kind)


@router.post("/entries/{entry_id}/confirm", response=schemas.LocalEditionOut)
@route(Capability.CONFIRM_REGULATION)
def confirm_local_values(request: Request, entry_id: str, body: schemas.RuleVersionIn) -> Any:
    """Put an entry of another person in force."""
    access.entry_for(request.actor, entry_id, Capability.CONFIRM_REGULATION)
    return services.confirm_local_values(
        id=entry_id, version=body.version, by=request.actor, at=now()
    )


@router.post("/entries/{entry_id}/return", response=schemas.LocalEditionOut)
@route(Capability.CONFIRM_REGULATION)
def return_local_values(request: Request, entry_id: str, body: schemas.RuleReturnIn) -> Any:
    """Send an entry back with the reason."""
    access.entry_for(request.actor, entry_id, Capability.CONFIRM_REGULATION)
    return services.return_local_values(
        id=entry_id, version=body.version, reason=body.reason.strip(), by=request.actor, at=now()
    )


@router.post("/entries/{entry_id}/withdraw", response=schemas.LocalEditionOut)
@route(Capability.ENTER_REGULATION)
def withdraw_local_values(request: Request, entry_id: str, body: schemas.RuleVersionIn) -> Any:
    """Take back an own entry."""
    access.entry_for(request.actor, entry_id, Capability.ENTER_REGULATION)
    return services.withdraw_local_values(
        id=entry_id, version=body.version, by=request.actor, at=now()
    )


@router.get("/{edition_key}/{subject_key}", response=schemas.SubjectPageOut)
@route(Capability.VIEW_PROGRAMMES)
def subject(request: Request, edition_key: str, subject_key: str) -> Any:
    """Return one subject: values in force, what waits, what was before."""
    page = queries.subject_page(
        edition_key=edition_key, subject_key=subject_key, actor=request.actor, on=today()
    )
    return {
        "edition_key": page.edition_key,
        "edition_title": page.edition_title,
        "state": page.row.state.value,
        "cells": [
            {
                "key": row.cell.key,
                "label": row.cell.label,
                "kind": row.cell.kind.value,
                "national": row.national,
                "local": row.local,
                "present": row.cell.present,
                "is_verified": row.is_verified,
            }
            for row in page.cells
        ],
        "waiting": page.waiting,
        "history": list(page.history),
    }


@router.post("/{edition_key}/{subject_key}", response={201: schemas.LocalEditionOut})
@route(Capability.ENTER_REGULATION)
def enter_local_values(
    request: Request, edition_key: str, subject_key: str, body: schemas.LocalValuesIn
) -> Any:
    """Enter values that wait for another person's confirmation."""
    return Status(
        201,
        services.enter_local_values(
            edition_key=edition_key,
            subject_key=subject_key,
            values=body.values,
            effective_on=body.effective_on,
            source=body.source.strip(),
            article=body.article.strip(),
            note=body.note.strip(),
            by=request.actor,
            at=now(),
        ),
    )
