"""The portrait of a participant: shown, and taken from an organiser or from its owner."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.services import documents as services
from sinambung.platform.documents.queries import file_content
from sinambung.platform.documents.web import download
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.errors import Invalid, NotFound
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.USE)
@require_http_methods(["GET", "POST"])
def portrait(request: Request, participant_id: Ulid) -> HttpResponse:
    """Give the portrait to whoever may see the person; take a new one from an organiser."""
    if request.method == "GET":
        row = access.portrait_reader(request.actor, participant_id)
        if not row.portrait:
            raise NotFound
        return download(file_content(row.portrait))
    access.participant_for(request.actor, participant_id, Capability.MANAGE_BATCHES)
    _take(request, participant_id)
    return HttpResponseRedirect(f"/pelatihan/peserta/{participant_id}/")


@page(Capability.USE)
@require_POST
def set_own_portrait(request: Request, participant_id: Ulid) -> HttpResponse:
    access.own_participation(request.actor, participant_id)
    _take(request, participant_id)
    return HttpResponseRedirect(f"/pelatihan/saya/{participant_id}/berkas/")


def _take(request: Request, participant_id: Ulid) -> None:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(_("Pilih berkas pas foto."), field="file")
    services.set_portrait(
        participant_id=participant_id,
        content=file.read(),
        name=file.name or "",
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Pas foto disimpan."))
