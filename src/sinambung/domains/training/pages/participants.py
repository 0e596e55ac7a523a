"""The roster of a batch, one participant, and what an organiser does with several at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.frames import batch_frame, posted_rows
from sinambung.domains.training.queries import participant_page as page_queries
from sinambung.domains.training.queries import participants as queries
from sinambung.domains.training.services import groups as group_services
from sinambung.domains.training.services import participants as services
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.VIEW_BATCHES)
@require_GET
def list_participants(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    return _roster(request, batch, state=request.GET.get("status", ""))


@page(Capability.MANAGE_BATCHES)
@require_POST
def accept_participants(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    try:
        rows = services.accept_participants(
            batch_id=batch_id,
            participant_ids=posted_rows(request),
            by=request.actor,
            reason=posted_text(request, "reason"),
        )
    except (Invalid, services.RequirementsMissing) as refusal:
        return _roster(request, batch, refusal=refusal)
    messages.success(request, _("%(count)s peserta ditetapkan.") % {"count": len(rows)})
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/peserta/")


@page(Capability.MANAGE_BATCHES)
@require_POST
def reject_participants(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    try:
        rows = services.reject_participants(
            batch_id=batch_id,
            participant_ids=posted_rows(request),
            reason=posted_text(request, "reason"),
            by=request.actor,
        )
    except Invalid as refusal:
        return _roster(request, batch, refusal=refusal)
    messages.success(request, _("%(count)s usulan ditolak.") % {"count": len(rows)})
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/peserta/")


def _roster(
    request: Request, batch: Any, *, state: str = "", refusal: Refused | None = None
) -> HttpResponse:
    """Show the roster; after a refusal with its sentence, the ticks and the reason as posted."""
    body = {
        "roster": queries.roster_page(batch, state=state),
        "batch": batch,
        "refusal": refusal,
        "ticked": set(posted_rows(request)) if refusal else set(),
        "reason": request.POST.get("reason", ""),
        **batch_frame(batch, actor=request.actor, current="peserta/", title=_("Peserta")),
    }
    status = refusal.status if refusal else 200
    return render(request, "training/participant_list.html", body, status=status)


@page(Capability.VIEW_BATCHES)
@require_GET
def list_groups(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    body = {
        "page": page_queries.group_page(batch),
        **batch_frame(batch, actor=request.actor, current="kelompok/", title=_("Kelompok")),
    }
    return render(request, "training/participant_groups.html", body)


@page(Capability.MANAGE_BATCHES)
@require_POST
def form_groups(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    text = posted_text(request, "count", limit=3)
    if not (text.isascii() and text.isdigit()):
        raise Invalid(_("Isi jumlah kelompok dengan angka."), field="count")
    group_services.form_groups(
        batch_id=batch_id, count=int(text), version=posted_version(request), by=request.actor
    )
    messages.success(request, _("Peserta dibagi menjadi %(count)s kelompok.") % {"count": text})
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/kelompok/")


@page(Capability.MANAGE_BATCHES)
@require_POST
def move_to_group(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    rows = posted_rows(request)
    group_services.move_to_group(
        batch_id=batch_id,
        participant_ids=rows,
        group_id=posted_text(request, "group", limit=26),
        by=request.actor,
    )
    messages.success(request, _("%(count)s peserta dipindahkan.") % {"count": len(rows)})
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/kelompok/")


@page(Capability.VIEW_BATCHES)
@require_GET
def show_participant(request: Request, participant_id: Ulid) -> HttpResponse:
    row = access.participant_for(request.actor, participant_id, Capability.VIEW_BATCHES)
    body = {
        "page": page_queries.participant_page(row),
        **batch_frame(row.batch, actor=request.actor, current="peserta/", title=row.display_name),
    }
    return render(request, "training/participant.html", body)


@page(Capability.MANAGE_BATCHES)
@require_POST
def record_leaving(request: Request, participant_id: Ulid) -> HttpResponse:
    access.participant_for(request.actor, participant_id, Capability.MANAGE_BATCHES)
    row = services.record_leaving(
        participant_id=participant_id,
        version=posted_version(request),
        state=posted_text(request, "state", limit=12),
        reason=posted_text(request, "reason"),
        by=request.actor,
    )
    messages.success(request, _("Status %(name)s disimpan.") % {"name": row.display_name})
    return HttpResponseRedirect(f"/pelatihan/peserta/{participant_id}/")


@page(Capability.MANAGE_BATCHES)
@require_POST
def remove_nomination(request: Request, participant_id: Ulid) -> HttpResponse:
    row = access.participant_for(request.actor, participant_id, Capability.MANAGE_BATCHES)
    services.remove_nomination(
        participant_id=participant_id,
        version=posted_version(request),
        reason=posted_text(request, "reason"),
        by=request.actor,
    )
    messages.success(request, _("%(name)s dihapus dari daftar.") % {"name": row.display_name})
    return HttpResponseRedirect(f"/pelatihan/angkatan/{row.batch_id}/peserta/")
