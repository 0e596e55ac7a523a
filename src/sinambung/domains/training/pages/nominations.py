"""Nomination by agencies: open batches, who was proposed, proposing by NIP."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinambung.domains.training import access
from sinambung.domains.training.queries import nominations as queries
from sinambung.domains.training.services import participants as services
from sinambung.platform.foundation.errors import Invalid
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.NOMINATE)
@require_GET
def list_open_batches(request: Request) -> HttpResponse:
    rows = queries.open_batches(access.batches_open_for_nomination(request.actor))
    return render(request, "training/batch_nominations.html", {"rows": rows})


@page(Capability.NOMINATE)
@require_http_methods(["GET", "POST"])
def nominate(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.nomination_batch_for(request.actor, batch_id)
    nips, note, error = "", "", ""
    if request.method == "POST":
        nips = posted_text(request, "nips", limit=20_000)
        note = posted_text(request, "note")
        try:
            access.refuse_people_out_of_reach(request.actor, queries.nips_in(nips))
            rows = services.nominate(
                batch_id=batch_id, nips=queries.nips_in(nips), by=request.actor, note=note
            )
        except Invalid as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("%(count)s orang diusulkan.") % {"count": len(rows)})
            return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/usulkan/")
    body = {
        "page": queries.nomination_page(
            batch, access.participants_proposed_by(request.actor, batch_id)
        ),
        "nips": nips,
        "note": note,
        "error": error,
    }
    return render(request, "training/participant_nominate.html", body, status=422 if error else 200)
