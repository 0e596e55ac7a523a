"""The graduation meeting: preparing, deciding, freezing, and its minutes."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.conduct import posted_day
from sinambung.domains.training.pages.frames import batch_frame
from sinambung.domains.training.prints.minutes import minutes
from sinambung.domains.training.queries import meetings as queries
from sinambung.domains.training.services import freezing
from sinambung.domains.training.services import meetings as services
from sinambung.domains.training.services.meetings import DecisionDraft, MeetingFacts
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.VIEW_BATCHES)
@require_GET
def list_meetings(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    body = {
        "overview": queries.meetings_overview(batch),
        "batch": batch,
        "today": today(),
        **batch_frame(batch, actor=request.actor, current="rapat/", title=_("Rapat kelulusan")),
    }
    return render(request, "training/meeting_list.html", body)


@page(Capability.MANAGE_BATCHES)
@require_POST
def prepare_meeting(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    meeting = services.prepare_meeting(
        batch_id=batch_id,
        version=posted_version(request),
        facts=_posted_facts(request),
        by=request.actor,
    )
    return HttpResponseRedirect(f"/pelatihan/rapat/{meeting.pk}/")


@page(Capability.VIEW_BATCHES)
@require_GET
def show_meeting(request: Request, meeting_id: Ulid) -> HttpResponse:
    meeting = access.meeting_for(request.actor, meeting_id, Capability.VIEW_BATCHES)
    return _meeting(request, meeting)


@page(Capability.MANAGE_BATCHES)
@require_http_methods(["POST"])
def change_meeting(request: Request, meeting_id: Ulid) -> HttpResponse:
    access.meeting_for(request.actor, meeting_id, Capability.MANAGE_BATCHES)
    services.change_meeting(
        meeting_id=meeting_id,
        version=posted_version(request),
        facts=_posted_facts(request),
        by=request.actor,
    )
    messages.success(request, _("Rapat diperbarui."))
    return HttpResponseRedirect(f"/pelatihan/rapat/{meeting_id}/")


@page(Capability.MANAGE_BATCHES)
@require_POST
def decide(request: Request, meeting_id: Ulid) -> HttpResponse:
    meeting = access.meeting_for(request.actor, meeting_id, Capability.MANAGE_BATCHES)
    try:
        services.decide(
            meeting_id=meeting_id,
            version=posted_version(request),
            decisions=_posted_decisions(request),
            by=request.actor,
        )
    except NotFound:
        raise
    except Refused as refusal:
        return _meeting(request, meeting, problem=refusal.sentence)
    messages.success(request, _("Keputusan tersimpan."))
    return HttpResponseRedirect(f"/pelatihan/rapat/{meeting_id}/")


@page(Capability.MANAGE_BATCHES)
@require_POST
def decide_as_proposed(request: Request, meeting_id: Ulid) -> HttpResponse:
    access.meeting_for(request.actor, meeting_id, Capability.MANAGE_BATCHES)
    services.decide_as_proposed(
        meeting_id=meeting_id,
        version=posted_version(request),
        deadline=_posted_deadline(request, "deadline"),
        by=request.actor,
    )
    messages.success(request, _("Usulan dicatat sebagai keputusan."))
    return HttpResponseRedirect(f"/pelatihan/rapat/{meeting_id}/")


@page(Capability.DECIDE_GRADUATION)
@require_POST
def freeze_meeting(request: Request, meeting_id: Ulid) -> HttpResponse:
    access.meeting_for(request.actor, meeting_id, Capability.DECIDE_GRADUATION)
    meeting = freezing.freeze_meeting(
        meeting_id=meeting_id, version=posted_version(request), by=request.actor, at=now()
    )
    messages.success(
        request,
        _("Kelulusan ditetapkan dengan berita acara %(number)s.")
        % {"number": meeting.minutes_number},
    )
    return HttpResponseRedirect(f"/pelatihan/rapat/{meeting_id}/")


@page(Capability.VIEW_BATCHES)
@require_GET
def print_minutes(request: Request, meeting_id: Ulid) -> HttpResponse:
    meeting = access.meeting_for(request.actor, meeting_id, Capability.VIEW_BATCHES)
    content = minutes(queries.meeting_page(meeting), at=now())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="berita-acara-kelulusan.pdf"'
    return answer


def _meeting(request: Request, meeting: object, problem: str = "") -> HttpResponse:
    context = queries.meeting_page(meeting)  # type: ignore[arg-type]
    frame = batch_frame(
        context.batch, actor=request.actor, current="rapat/", title=_("Rapat kelulusan")
    )
    body = {
        "page": context,
        "problem": problem,
        "typed": request.POST if problem else {},
        "outcomes": queries.OUTCOMES,
        "may_freeze": request.actor.may(Capability.DECIDE_GRADUATION),
        "today": today(),
        **frame,
    }
    return render(request, "training/meeting.html", body, status=409 if problem else 200)


def _posted_facts(request: Request) -> MeetingFacts:
    members = posted_text(request, "members", limit=8000)
    return MeetingFacts(
        held_on=posted_day(request, "held_on"),
        place=posted_text(request, "place", limit=200),
        chair=posted_text(request, "chair", limit=260),
        members=tuple(line.strip() for line in members.splitlines() if line.strip()),
        notes=posted_text(request, "notes", limit=5000),
    )


def _posted_decisions(request: Request) -> list[DecisionDraft]:
    """Read `outcome-ID`, `reason-ID`, `missing-ID`, `deadline-ID` of everybody with an outcome."""
    drafts = []
    for name in request.POST:
        outcome = request.POST[name]
        if not name.startswith("outcome-") or not outcome:
            continue
        id = name.removeprefix("outcome-")[:26]
        drafts.append(
            DecisionDraft(
                participant_id=id,
                outcome=outcome[:20],
                reason=posted_text(request, f"reason-{id}"),
                missing=posted_text(request, f"missing-{id}"),
                deadline=_posted_deadline(request, f"deadline-{id}"),
            )
        )
    return drafts


def _posted_deadline(request: Request, name: str) -> dt.date | None:
    if not request.POST.get(name):
        return None
    try:
        return posted_day(request, name)
    except Invalid:
        raise Invalid(_("Isi batas waktu dengan tanggal yang lengkap."), field=name) from None
