"""Marking by examiners, coaches and mentors, on a tablet or phone; and participants' own marks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.mark_sheets import form_lines, posted_marks, said
from sinambung.domains.training.queries import conduct as conduct_queries
from sinambung.domains.training.queries import grading as queries
from sinambung.domains.training.queries import mark_sheet
from sinambung.domains.training.services import conduct as conduct_services
from sinambung.domains.training.services import marks as services
from sinambung.domains.training.services.marks import MarksNotSaved
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import NotFound, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.USE)
@require_GET
def list_rated(request: Request) -> HttpResponse:
    body = {"batches": queries.rated_batches(request.actor)}
    return render(request, "training/marking_list.html", body)


@page(Capability.USE)
@require_http_methods(["GET", "POST"])
def rate_participant(request: Request, participant_id: Ulid) -> HttpResponse:
    sheet = queries.rater_sheet(request.actor, participant_id)
    problems: dict[str, str] = {}
    refusal_text = ""
    if request.method == "POST":
        try:
            saved = services.save_rated_marks(
                batch_id=sheet.batch.pk,
                changes=posted_marks(request, participant_id),
                by=request.actor,
                at=now(),
                on=today(),
            )
        except MarksNotSaved as refusal:
            problems = {f"mark-{p.cell}": p.sentence for p in refusal.problems}
            refusal_text = refusal.sentence
        except NotFound:
            raise
        except Refused as refusal:
            refusal_text = refusal.sentence
        else:
            messages.success(request, said(saved, name=sheet.participant.display_name))
            goes_on = "next" in request.POST and sheet.next_id
            return HttpResponseRedirect(
                f"/pelatihan/menilai/{sheet.next_id if goes_on else participant_id}/"
            )
    sheet = queries.rater_sheet(request.actor, participant_id)
    body = {
        "sheet": sheet,
        "fields": form_lines(request, sheet.lines, problems),
        "problem": refusal_text,
    }
    return render(request, "training/marking.html", body, status=422 if refusal_text else 200)


@page(Capability.USE)
@require_GET
def show_own_marks(request: Request, participant_id: Ulid) -> HttpResponse:
    person = access.own_participation(request.actor, participant_id)
    body = {
        "page": mark_sheet.own_marks(person),
        "notes": conduct_queries.notes_of(person),
        "person": person,
    }
    return render(request, "training/mark_own.html", body)


@page(Capability.USE)
@require_POST
def answer_note(request: Request, note_id: Ulid) -> HttpResponse:
    note = access.own_conduct_note(request.actor, note_id)
    conduct_services.answer_note(
        note_id=note_id,
        version=posted_version(request),
        reply=posted_text(request, "reply"),
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Tanggapan Anda tersimpan."))
    return HttpResponseRedirect(f"/pelatihan/saya/{note.participant_id}/nilai/")
