"""Examining files of participants, and confirming requirements that need none."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.frames import batch_frame, posted_rows
from sinambung.domains.training.queries import participant_page as queries
from sinambung.domains.training.services import documents as services
from sinambung.platform.documents.queries import file_content
from sinambung.platform.documents.web import download
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.VERIFY_DOCUMENTS)
@require_GET
def list_documents(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VERIFY_DOCUMENTS)
    body = {
        "page": queries.document_page(batch),
        **batch_frame(batch, actor=request.actor, current="berkas/", title=_("Berkas")),
    }
    return render(request, "training/document_list.html", body)


@page(Capability.VERIFY_DOCUMENTS)
@require_POST
def accept_documents(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.VERIFY_DOCUMENTS)
    count = services.accept_documents(
        batch_id=batch_id, document_ids=posted_rows(request), by=request.actor, at=now()
    )
    messages.success(request, _("%(count)s berkas diterima.") % {"count": count})
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/berkas/")


@page(Capability.VERIFY_DOCUMENTS)
@require_POST
def confirm_item(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.VERIFY_DOCUMENTS)
    done = services.confirm_item(
        batch_id=batch_id,
        participant_ids=posted_rows(request),
        item=posted_text(request, "item", limit=40),
        by=request.actor,
        confirmed=request.POST.get("confirmed", "ya") == "ya",
        reason=posted_text(request, "reason"),
    )
    messages.success(request, _said(done))
    one = posted_text(request, "back", limit=26)
    if one:
        return HttpResponseRedirect(f"/pelatihan/peserta/{one}/")
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/berkas/")


@page(Capability.VERIFY_DOCUMENTS)
@require_POST
def accept_document(request: Request, document_id: Ulid) -> HttpResponse:
    row = access.document_for(request.actor, document_id, Capability.VERIFY_DOCUMENTS)
    services.accept_document(
        document_id=document_id, version=posted_version(request), by=request.actor, at=now()
    )
    messages.success(request, _("Berkas diterima."))
    return HttpResponseRedirect(f"/pelatihan/peserta/{row.participant_id}/")


@page(Capability.VERIFY_DOCUMENTS)
@require_POST
def return_document(request: Request, document_id: Ulid) -> HttpResponse:
    row = access.document_for(request.actor, document_id, Capability.VERIFY_DOCUMENTS)
    services.return_document(
        document_id=document_id,
        version=posted_version(request),
        note=posted_text(request, "note"),
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Berkas dikembalikan dengan catatan."))
    return HttpResponseRedirect(f"/pelatihan/peserta/{row.participant_id}/")


@page(Capability.USE)
@require_GET
def download_document(request: Request, document_id: Ulid) -> HttpResponse:
    """Give a file to its participant and to those who examine it."""
    row = access.document_reader(request.actor, document_id)
    return download(file_content(row.file_id))


def _said(done: services.Confirmed) -> str:
    """Say how many were confirmed, and who was left out and why."""
    saved = _("Persyaratan %(count)s peserta disimpan.") % {"count": len(done.rows)}
    if not done.left_out:
        return saved
    names = "; ".join(f"{one.name} ({one.passed})" for one in done.left_out)
    sentence = _(
        "Tidak dinyatakan karena sistem mencatat sudah lulus: %(names)s. "
        "Nyatakan satu per satu dengan alasan pada halaman pesertanya."
    )
    return f"{saved} {sentence % {'names': names}}"
