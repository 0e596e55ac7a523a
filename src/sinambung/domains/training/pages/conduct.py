"""Notes on conduct as organisers write and withdraw them."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.frames import batch_frame
from sinambung.domains.training.queries import conduct as queries
from sinambung.domains.training.services import conduct as services
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import Forbidden, Invalid, NotFound, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.VIEW_BATCHES)
@require_http_methods(["GET", "POST"])
def list_notes(request: Request, participant_id: Ulid) -> HttpResponse:
    capability = Capability.GRADE if request.method == "POST" else Capability.VIEW_BATCHES
    if not request.actor.may(capability):
        raise Forbidden
    person = access.participant_for(request.actor, participant_id, capability)
    problem, field = "", ""
    if request.method == "POST":
        try:
            services.note_conduct(
                participant_id=participant_id,
                kind=posted_text(request, "kind", limit=20),
                text=posted_text(request, "text"),
                noted_on=posted_day(request, "noted_on"),
                component=posted_text(request, "component", limit=40),
                deduction=posted_text(request, "deduction", limit=12),
                by=request.actor,
                at=now(),
            )
        except NotFound:
            raise
        except Refused as refusal:
            problem = refusal.sentence
            field = refusal.field if isinstance(refusal, Invalid) else ""
        else:
            messages.success(request, _("Catatan sikap tersimpan; peserta dapat menanggapinya."))
            return HttpResponseRedirect(request.path)
    frame = batch_frame(
        person.batch, actor=request.actor, current="peserta/", title=person.display_name
    )
    body = {
        "page": queries.conduct_page(person),
        "typed": request.POST,
        "problem": problem,
        "field": field,
        "today": today(),
        "may_grade": request.actor.may(Capability.GRADE),
        **frame,
    }
    return render(request, "training/conduct.html", body, status=422 if problem else 200)


@page(Capability.GRADE)
@require_POST
def withdraw_note(request: Request, note_id: Ulid) -> HttpResponse:
    note = access.conduct_note_for(request.actor, note_id, Capability.GRADE)
    services.withdraw_note(
        note_id=note_id,
        version=posted_version(request),
        reason=posted_text(request, "reason"),
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Catatan dicabut."))
    return HttpResponseRedirect(f"/pelatihan/peserta/{note.participant_id}/sikap/")


def posted_day(request: Request, name: str) -> dt.date:
    """Return a posted day; refuse anything that is none."""
    try:
        return dt.date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise Invalid(_("Isi tanggal dengan lengkap."), field=name) from None
