"""The certificates of one source: progress, list, archive and print copy."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinambung.domains.credentials import access, queries, services
from sinambung.platform.documents import queries as documents
from sinambung.platform.documents.web import stream
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.jobs import queries as jobs


@page(Capability.VIEW_CERTIFICATES)
@require_GET
def show_source(request: Request, source_id: Ulid) -> HttpResponse:
    source = access.source_for(request.actor, source_id, Capability.VIEW_CERTIFICATES)
    crumbs = [(_("Sertifikat"), "/sertifikat/"), (source.name, "")]
    if source.href:
        crumbs = [(source.name, source.href), (_("Sertifikat"), "")]
    body = {
        "source": source,
        "rows": queries.source_rows(source_id),
        "summary": queries.source_summary(source_id),
        "job": jobs.latest_progress(source.job_id, at=now()) if source.job_id else None,
        "bundle_job": (
            jobs.latest_progress(source.bundle_job_id, at=now()) if source.bundle_job_id else None
        ),
        "bundle": queries.bundle_state(source),
        "may_issue": access.may_issue(request.actor, source),
        "crumbs": crumbs,
    }
    return render(request, "credentials/source.html", body)


@page(Capability.ISSUE_CERTIFICATES)
@require_POST
def request_bundle(request: Request, source_id: Ulid) -> HttpResponse:
    access.source_for(request.actor, source_id, Capability.ISSUE_CERTIFICATES)
    services.request_bundle(source_id=source_id, by=request.actor)
    return HttpResponseRedirect(f"/sertifikat/sumber/{source_id}/")


@page(Capability.ISSUE_CERTIFICATES)
@require_POST
def resume_issuing(request: Request, source_id: Ulid) -> HttpResponse:
    access.source_for(request.actor, source_id, Capability.ISSUE_CERTIFICATES)
    services.resume_issuing(source_id=source_id, by=request.actor)
    return HttpResponseRedirect(f"/sertifikat/sumber/{source_id}/")


@page(Capability.VIEW_CERTIFICATES)
@require_GET
def archive(request: Request, source_id: Ulid) -> FileResponse:
    source = access.source_for(request.actor, source_id, Capability.VIEW_CERTIFICATES)
    return _bundle_file(source.archive_file)


@page(Capability.VIEW_CERTIFICATES)
@require_GET
def print_copy(request: Request, source_id: Ulid) -> FileResponse:
    source = access.source_for(request.actor, source_id, Capability.VIEW_CERTIFICATES)
    return _bundle_file(source.print_file)


def _bundle_file(file_id: str) -> FileResponse:
    if not file_id:
        raise NotFound
    return stream(documents.open_file(file_id))
