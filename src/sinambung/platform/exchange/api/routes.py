"""Imports for machines: bring a sheet, look, apply, take back."""

from __future__ import annotations

from typing import Any

from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from sinambung.platform.exchange import access, queries, services
from sinambung.platform.exchange.api import schemas
from sinambung.platform.exchange.kinds import Verdict, kind_named
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["imports"])


@router.get("", response=schemas.ImportsOut)
@route(Capability.USE)
def list_imports(request: Request, after: str = "", before: str = "") -> Any:
    """Imports of the kinds that the actor may import, newest first."""
    imports = access.imports_visible_to(request.actor)
    return queries.page_of_imports(imports, after=after, before=before)


@router.post("", response={201: schemas.ImportOut})
@route(Capability.USE)
def upload(
    request: Request, kind: Form[str], file: File[UploadedFile], batch: Form[str] = ""
) -> Any:
    """Upload a sheet; it is checked at once or in the background, nothing is applied."""
    given = {"batch": batch[:100]}
    options = {name: given.get(name, "") for name in kind_named(kind).options}
    row = services.upload(
        kind=kind,
        file_name=file.name or "",
        pieces=file.chunks(),
        options=options,
        by=request.actor,
    )
    return Status(201, queries.summary_of(row))


@router.get("/{import_id}", response=schemas.ReviewOut)
@route(Capability.USE)
def review(request: Request, import_id: str) -> Any:
    """What an import would do, and what is wrong with it."""
    return queries.import_page(access.import_for(request.actor, import_id))


@router.get("/{import_id}/rows", response=schemas.RowsOut)
@route(Capability.USE)
def list_rows(
    request: Request, import_id: str, verdict: str = "", after: str = "", before: str = ""
) -> Any:
    """The rows of an import, all or of one verdict (new, changed, same, problem, left_out), or
    those with warnings (warned)."""
    row = access.import_for(request.actor, import_id)
    return queries.page_of_rows(row, verdict=verdict, after=after, before=before)


@router.post("/{import_id}/rows/choose", response=schemas.ImportOut)
@route(Capability.USE)
def choose(request: Request, import_id: str, body: schemas.ImportChosenIn) -> Any:
    """Of the listed rows take in the chosen ones and leave the others out."""
    access.import_for(request.actor, import_id)
    services.choose(import_id=import_id, **body.dict(), by=request.actor)
    return queries.import_summary(import_id)


@router.post("/{import_id}/rows/{number}", response=schemas.ImportOut)
@route(Capability.USE)
def correct_row(request: Request, import_id: str, number: int, body: schemas.CellsIn) -> Any:
    """Put other texts into the cells of a row with problems."""
    access.import_for(request.actor, import_id)
    services.correct_row(import_id=import_id, number=number, **body.dict(), by=request.actor)
    return queries.import_summary(import_id)


@router.post("/{import_id}/rows/{number}/leave-out", response=schemas.ImportOut)
@route(Capability.USE)
def leave_out(request: Request, import_id: str, number: int, body: schemas.LeaveOutIn) -> Any:
    """Leave a row with problems out, or count it among them again."""
    access.import_for(request.actor, import_id)
    services.leave_out(import_id=import_id, number=number, **body.dict(), by=request.actor)
    return queries.import_summary(import_id)


@router.post("/{import_id}/apply", response=schemas.ImportOut)
@route(Capability.USE)
def apply(request: Request, import_id: str, body: schemas.ApplyIn) -> Any:
    """Have the chosen rows applied; a reason is needed above the threshold."""
    access.import_for(request.actor, import_id)
    verdicts = [Verdict(name) for name in body.verdicts if name in ("new", "changed")]
    row = services.apply(
        import_id=import_id,
        version=body.version,
        by=request.actor,
        verdicts=verdicts,
        reason=body.reason,
    )
    return queries.summary_of(row)


@router.post("/{import_id}/resume", response=schemas.ImportOut)
@route(Capability.USE)
def resume(request: Request, import_id: str, body: schemas.ImportVersionIn) -> Any:
    """Go on with an import that was interrupted."""
    access.import_for(request.actor, import_id)
    row = services.resume(import_id=import_id, version=body.version, by=request.actor)
    return queries.summary_of(row)


@router.post("/{import_id}/undo", response=schemas.ImportOut)
@route(Capability.USE)
def undo(request: Request, import_id: str, body: schemas.ImportReasonIn) -> Any:
    """Have what an import applied taken back."""
    access.import_for(request.actor, import_id)
    row = services.undo(import_id=import_id, **body.dict(), by=request.actor)
    return queries.summary_of(row)


@router.post("/{import_id}/discard", response=schemas.ImportOut)
@route(Capability.USE)
def discard(request: Request, import_id: str, body: schemas.ImportVersionIn) -> Any:
    """Close an import that nobody will apply."""
    access.import_for(request.actor, import_id)
    row = services.discard(import_id=import_id, version=body.version, by=request.actor)
    return queries.summary_of(row)
