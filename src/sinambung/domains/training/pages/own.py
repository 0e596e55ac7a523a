"""A participant's own pages: my batch, my documents, my electives. On a phone first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.queries import own_page as queries
from sinambung.domains.training.services import documents as document_services
from sinambung.domains.training.services import participants as services
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import Invalid
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.USE)
@require_GET
def list_own(request: Request) -> HttpResponse:
    rows = queries.own_list(access.own_participations(request.actor))
    return render(request, "training/my_list.html", {"rows": rows})


@page(Capability.USE)
@require_GET
def show_own(request: Request, participant_id: Ulid) -> HttpResponse:
    row = access.own_participation(request.actor, participant_id)
    return render(request, "training/my_batch.html", {"page": queries.own_page(row, on=today())})


@page(Capability.USE)
@require_GET
def own_documents(request: Request, participant_id: Ulid) -> HttpResponse:
    row = access.own_participation(request.actor, participant_id)
    body = {"page": queries.own_page(row, on=today())}
    return render(request, "training/my_documents.html", body)


@page(Capability.USE)
@require_POST
def upload_document(request: Request, participant_id: Ulid) -> HttpResponse:
    access.own_participation(request.actor, participant_id)
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(_("Pilih berkas yang akan diunggah."), field="file")
    document_services.upload_document(
        participant_id=participant_id,
        item=posted_text(request, "item", limit=40),
        content=file.read(),
        name=file.name or "",
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Berkas diunggah dan menunggu diperiksa."))
    return HttpResponseRedirect(f"/pelatihan/saya/{participant_id}/berkas/")


@page(Capability.USE)
@require_POST
def choose_electives(request: Request, participant_id: Ulid) -> HttpResponse:
    access.own_participation(request.actor, participant_id)
    services.choose_electives(
        participant_id=participant_id,
        version=posted_version(request),
        codes=request.POST.getlist("electives")[:50],
        by=request.actor,
    )
    messages.success(request, _("Mata pelatihan pilihan disimpan."))
    return HttpResponseRedirect(f"/pelatihan/saya/{participant_id}/")
