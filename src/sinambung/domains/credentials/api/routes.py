"""The API of certificates, and the public check that needs no account."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Router, Status, UploadedFile

from sinambung.domains.credentials import access, queries, services
from sinambung.domains.credentials.api import schemas
from sinambung.domains.credentials.services.checking import Result
from sinambung.platform.documents import queries as documents
from sinambung.platform.documents import services as papers
from sinambung.platform.documents.web import stream
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import Invalid, NotFound
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import client_address, public_page, route
from sinambung.platform.identity.capabilities import Capability

router = Router(tags=["certificates"])
MAX_BYTES = 10_000_000


@router.get("", response=schemas.CertificatePage)
@route(Capability.VIEW_CERTIFICATES)
def list_certificates(
    request: Request, text: str = "", state: str = "", after: str = "", before: str = ""
) -> Any:
    """List the certificates that the actor's units issued, by name of holder."""
    found = queries.certificate_list(
        request.actor, text=text[:100], state=state, after=after, before=before
    ).page
    return {"items": found.rows, "after": found.after, "before": found.before}


@router.get("/own", response=list[schemas.CertificateOut])
@route(Capability.USE)
def own_certificates(request: Request) -> Any:
    """List the certificates that the actor holds."""
    return queries.own(request.actor)


@router.get("/check/{code}", response=schemas.CheckOut, auth=None)
@public_page
def check_code(request: HttpRequest, code: str) -> Any:
    """Say what the register knows of a code or number."""
    services.count_code(address=client_address(request))
    return _checked(services.check_code(code[:120]))


@router.get("/trusted.pem", auth=None)
@public_page
def trusted_certificates(request: HttpRequest) -> HttpResponse:
    """Return the certificates with which `sinambung verify --trust` checks offline, as PEM."""
    content = papers.trusted_certificates()
    if not content:
        raise NotFound
    return HttpResponse(content, content_type="application/x-pem-file")


@router.post("/check", response=schemas.CheckOut, auth=None)
@public_page
def check_file(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Say whether a PDF is a certificate of ours, unchanged and in force; it is not kept."""
    services.count_file(address=client_address(request))
    if not file.size or file.size > MAX_BYTES:
        raise Invalid("Kirim berkas PDF, paling besar 10 MB.", field="file")
    return _checked(services.check_file(file.read(), at=now()))


@router.get("/sources/{source_id}", response=schemas.SourceOut)
@route(Capability.VIEW_CERTIFICATES)
def show_source(request: Request, source_id: str) -> Any:
    """Return how far the certificates of a source are."""
    source = access.source_for(request.actor, source_id, Capability.VIEW_CERTIFICATES)
    summary, bundle = queries.source_summary(source_id), queries.bundle_state(source)
    return {
        "id": source.pk,
        "version": source.version,
        "kind": source.kind,
        "key": source.key,
        "name": source.name,
        "total": summary.total,
        "valid": summary.valid,
        "waiting": summary.waiting,
        "job_id": source.job_id,
        "has_bundle": bundle.exists,
        "bundle_is_current": bundle.is_current,
    }


@router.get("/sources/{source_id}/certificates", response=list[schemas.CertificateRow])
@route(Capability.VIEW_CERTIFICATES)
def certificates_of_source(request: Request, source_id: str) -> Any:
    """List the certificates of a source in the order of their numbers."""
    access.source_for(request.actor, source_id, Capability.VIEW_CERTIFICATES)
    return queries.source_rows(source_id)


@router.post("/sources/{source_id}/bundle", response={202: schemas.JobStarted})
@route(Capability.ISSUE_CERTIFICATES)
def request_bundle(request: Request, source_id: str) -> Any:
    """Queue the making of archive and print copy."""
    access.source_for(request.actor, source_id, Capability.ISSUE_CERTIFICATES)
    source = services.request_bundle(source_id=source_id, by=request.actor)
    return Status(202, {"job_id": source.bundle_job_id})


@router.post("/sources/{source_id}/resume", response={202: schemas.JobStarted})
@route(Capability.ISSUE_CERTIFICATES)
def resume_issuing(request: Request, source_id: str) -> Any:
    """Queue the issuing again for what still waits."""
    access.source_for(request.actor, source_id, Capability.ISSUE_CERTIFICATES)
    source = services.resume_issuing(source_id=source_id, by=request.actor)
    return Status(202, {"job_id": source.job_id})


@router.get("/sources/{source_id}/archive")
@route(Capability.VIEW_CERTIFICATES)
def archive(request: Request, source_id: str) -> FileResponse:
    """Give the signed files of a source as one ZIP."""
    source = access.source_for(request.actor, source_id, Capability.VIEW_CERTIFICATES)
    return _file(source.archive_file)


@router.get("/sources/{source_id}/print-copy")
@route(Capability.VIEW_CERTIFICATES)
def print_copy(request: Request, source_id: str) -> FileResponse:
    """Give all certificates of a source as one PDF that says it is not the original."""
    source = access.source_for(request.actor, source_id, Capability.VIEW_CERTIFICATES)
    return _file(source.print_file)


@router.get("/{certificate_id}", response=schemas.CertificateOut)
@route(Capability.USE)
def show_certificate(request: Request, certificate_id: str) -> Any:
    """Return one certificate of the actor's units or the actor's own."""
    return access.certificate_for(request.actor, certificate_id)


@router.get("/{certificate_id}/file")
@route(Capability.USE)
def file(request: Request, certificate_id: str) -> FileResponse:
    """Give the signed PDF."""
    return _file(access.certificate_for(request.actor, certificate_id).file_id)


@router.get("/{certificate_id}/pages/{number}")
@route(Capability.USE)
def page_picture(request: Request, certificate_id: str, number: int) -> HttpResponse:
    """Give a picture of a page as PNG."""
    row = access.certificate_for(request.actor, certificate_id)
    drawn = services.page_picture(certificate=row, number=number)
    return HttpResponse(drawn, content_type="image/png")


@router.post("/{certificate_id}/withdraw", response=schemas.CertificateOut)
@route(Capability.WITHDRAW_CERTIFICATES)
def withdraw_certificate(request: Request, certificate_id: str, body: schemas.WithdrawIn) -> Any:
    """End a certificate for good."""
    access.certificate_for(request.actor, certificate_id, Capability.WITHDRAW_CERTIFICATES)
    return services.withdraw_certificate(
        certificate_id=certificate_id,
        version=body.version,
        reason=body.reason,
        by=request.actor,
        at=now(),
    )


@router.post("/{certificate_id}/reissue", response={202: schemas.CertificateOut})
@route(Capability.ISSUE_CERTIFICATES)
def reissue_certificate(request: Request, certificate_id: str, body: schemas.ReissueIn) -> Any:
    """Ask for a corrected certificate; a job makes it and ends the former."""
    access.certificate_for(request.actor, certificate_id, Capability.ISSUE_CERTIFICATES)
    values = body.dict(exclude={"version", "reason"})
    successor = services.reissue_certificate(
        certificate_id=certificate_id,
        version=body.version,
        correction=services.Correction(**values),
        reason=body.reason,
        by=request.actor,
        on=today(),
    )
    return Status(202, successor)


def _file(file_id: str) -> FileResponse:
    if not file_id:
        raise NotFound
    return stream(documents.open_file(file_id))


def _checked(result: Result) -> dict[str, Any]:
    shown, verdict = result.certificate, result.verdict
    certificate = None
    if shown:
        certificate = {
            **dict(shown.rows),
            "NIP": shown.nip_end,
            "Penanda tangan": shown.signer_name,
            "Ditandatangani": shown.signed_at,
            "Alasan": shown.end_reason,
            "Pengganti": shown.successor_number,
        }
    return {
        "outcome": result.outcome.value,
        "is_valid": result.outcome is services.Outcome.VALID,
        "checks": {check.name: check.passed for check in result.checks},
        "certificate": certificate,
        "changed_pages": list(verdict.changed_pages) if verdict else [],
        "time_attested_by": verdict.stamped_by if verdict else "",
    }
