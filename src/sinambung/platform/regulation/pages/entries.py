"""One subject of an edition: see it, enter it, confirm it, return it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.regulation import access, queries, services
from sinambung.platform.regulation.pages import forms


@page(Capability.VIEW_PROGRAMMES)
@require_GET
def show_subject(request: Request, edition_key: str, subject_key: str) -> HttpResponse:
    context = queries.subject_page(
        edition_key=edition_key, subject_key=subject_key, actor=request.actor, on=today()
    )
    return render(request, "regulation/subject.html", {"page": context})


@page(Capability.ENTER_REGULATION)
@require_http_methods(["GET", "POST"])
def enter_local_values(request: Request, edition_key: str, subject_key: str) -> HttpResponse:
    context = queries.subject_page(
        edition_key=edition_key, subject_key=subject_key, actor=request.actor, on=today()
    )
    form = forms.Entry(
        context.subject,
        request.POST or None,
        request.FILES or None,
        initial={"effective_on": today()},
    )
    if request.method == "POST" and form.is_valid() and _entered(request, context, form):
        return HttpResponseRedirect(f"/regulasi/{edition_key}/{subject_key}/")
    status = 422 if form.errors else 200
    body = {"page": context, "form": form}
    return render(request, "regulation/enter.html", body, status=status)


def _entered(request: Request, context: queries.SubjectPage, form: forms.Entry) -> bool:
    try:
        services.enter_local_values(
            edition_key=context.edition_key,
            subject_key=context.subject.key,
            values=form.values,
            effective_on=form.effective_day,
            source=form.cleaned_data["source"],
            article=form.cleaned_data["article"],
            note=form.cleaned_data["note"],
            file=form.upload(),
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.refuse(refusal.sentence, getattr(refusal, "field", ""))
        return False
    return True


@page(Capability.CONFIRM_REGULATION)
@require_POST
def confirm_local_values(request: Request, entry_id: str) -> HttpResponse:
    access.entry_for(request.actor, entry_id, Capability.CONFIRM_REGULATION)
    entry = services.confirm_local_values(
        id=entry_id, version=posted_version(request), by=request.actor, at=now()
    )
    return HttpResponseRedirect(f"/regulasi/{entry.edition_key}/{entry.subject}/")


@page(Capability.CONFIRM_REGULATION)
@require_POST
def return_local_values(request: Request, entry_id: str) -> HttpResponse:
    access.entry_for(request.actor, entry_id, Capability.CONFIRM_REGULATION)
    entry = services.return_local_values(
        id=entry_id,
        version=posted_version(request),
        reason=posted_text(request, "reason"),
        by=request.actor,
        at=now(),
    )
    return HttpResponseRedirect(f"/regulasi/{entry.edition_key}/{entry.subject}/")


@page(Capability.ENTER_REGULATION)
@require_POST
def withdraw_local_values(request: Request, entry_id: str) -> HttpResponse:
    access.entry_for(request.actor, entry_id, Capability.ENTER_REGULATION)
    entry = services.withdraw_local_values(
        id=entry_id, version=posted_version(request), by=request.actor, at=now()
    )
    return HttpResponseRedirect(f"/regulasi/{entry.edition_key}/{entry.subject}/")
