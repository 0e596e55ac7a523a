"""The list of certificates, one certificate, and each holder's own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinambung.domains.credentials import access, prints, queries, services
from sinambung.domains.credentials.pages.labels import spoken_rows
from sinambung.platform.documents import queries as documents
from sinambung.platform.documents.web import download as send
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.VIEW_CERTIFICATES)
@require_GET
def list_certificates(request: Request) -> HttpResponse:
    found = queries.certificate_list(
        request.actor,
        text=request.GET.get("q", "").strip()[:100],
        state=request.GET.get("status", ""),
        after=request.GET.get("sesudah", ""),
        before=request.GET.get("sebelum", ""),
    )
    return render(request, "credentials/certificate_list.html", {"list": found})


@page(Capability.USE)
@require_GET
def own_certificates(request: Request) -> HttpResponse:
    body = {"certificates": queries.own(request.actor)}
    return render(request, "credentials/own_certificates.html", body)


@page(Capability.USE)
@require_GET
def show_certificate(request: Request, certificate_id: Ulid) -> HttpResponse:
    row = access.certificate_for(request.actor, certificate_id)
    is_organiser = access.may_see_source(request.actor, row.source)
    first = (
        (row.source.name, f"/sertifikat/sumber/{row.source_id}/")
        if is_organiser
        else (_("Sertifikat saya"), "/sertifikat/saya/")
    )
    body = {
        "certificate": row,
        "rows": spoken_rows(prints.content_rows(row), row.content),
        "check_url": prints.check_url(row.code),
        "history": queries.history(row),
        "trail": queries.trail_of(row) if is_organiser else [],
        "successor": queries.successor(row),
        "may_withdraw": access.may_act(request.actor, row, Capability.WITHDRAW_CERTIFICATES),
        "may_reissue": access.may_act(request.actor, row, Capability.ISSUE_CERTIFICATES),
        "pages": range(1, prints.page_count(row) + 1),
        "crumbs": [first, (row.holder_name, "")],
    }
    return render(request, "credentials/certificate.html", body)


@page(Capability.USE)
@require_GET
def download(request: Request, certificate_id: Ulid) -> HttpResponse:
    row = access.certificate_for(request.actor, certificate_id)
    if not row.is_finished:
        raise NotFound
    return send(documents.file_content(row.file_id))


@page(Capability.USE)
@require_GET
def page_picture(request: Request, certificate_id: Ulid, number: int) -> HttpResponse:
    row = access.certificate_for(request.actor, certificate_id)
    etag = f'"{row.sha256[:32]}-{number}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304)
    picture = services.page_picture(certificate=row, number=number)
    response = HttpResponse(picture, content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=86400"
    return response
