"""Coaches, mentors and examiners of a batch: who holds whom, assigning several at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.frames import batch_frame, posted_rows
from sinambung.domains.training.queries import assignments as queries
from sinambung.domains.training.services import assignments as services
from sinambung.platform.foundation.clock import today
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability

SHORTEST_SEARCH = 2
REFUSALS = (Invalid, services.LoadExceeded, services.ExaminerNotApart, services.OwnJudge)


@page(Capability.VIEW_BATCHES)
@require_GET
def list_assignments(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    return _assignments(request, batch)


@page(Capability.MANAGE_BATCHES)
@require_POST
def assign(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    try:
        rows = services.assign(
            batch_id=batch_id,
            role=services.role_named(posted_text(request, "role", limit=20)),
            participant_ids=posted_rows(request),
            person_id=_person(request),
            on=today(),
            by=request.actor,
            reason=posted_text(request, "reason"),
        )
    except REFUSALS as refusal:
        return _assignments(request, batch, refusal=refusal)
    messages.success(
        request, _("Penugasan untuk %(count)s peserta disimpan.") % {"count": len(rows)}
    )
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/penugasan/")


def _person(request: Request) -> str:
    person = queries.person_named(
        id=posted_text(request, "person", limit=26),
        text=posted_text(request, "person_text", limit=200),
    )
    if person is None:
        raise Invalid(
            _("Pilih orang dari daftar, atau tulis NIP atau nama akunnya."), field="person"
        )
    return person


def _assignments(request: Request, batch: Any, *, refusal: Refused | None = None) -> HttpResponse:
    """Show who holds whom; after a refusal with its sentence and everything as posted."""
    body = {
        "page": queries.assignment_page(batch),
        "refusal": refusal,
        "ticked": set(posted_rows(request)) if refusal else set(),
        "posted": request.POST,
        **batch_frame(batch, actor=request.actor, current="penugasan/", title=_("Pendamping")),
    }
    status = refusal.status if refusal else 200
    return render(request, "training/assignment_list.html", body, status=status)


@page(Capability.MANAGE_BATCHES)
@require_POST
def end_assignment(request: Request, assignment_id: Ulid) -> HttpResponse:
    row = access.assignment_for(request.actor, assignment_id, Capability.MANAGE_BATCHES)
    services.end_assignment(
        assignment_id=assignment_id,
        version=posted_version(request),
        on=today(),
        reason=posted_text(request, "reason"),
        by=request.actor,
    )
    messages.success(request, _("Penugasan diakhiri."))
    return HttpResponseRedirect(f"/pelatihan/peserta/{row.participant_id}/")


@page(Capability.MANAGE_BATCHES)
@require_GET
def find_person(request: Request) -> HttpResponse:
    """Answer the search box with people who have an active account."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    people = queries.people_like(text) if len(text) >= SHORTEST_SEARCH else []
    return render(request, "training/assignment_people.html", {"people": people})
