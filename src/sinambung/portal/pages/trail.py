"""The trail: of everything, of one person, batch or object, and of one's own data."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from sinambung.platform.foundation.clock import today
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.portal import services
from sinambung.portal.queries import trail, trail_filters


@page(Capability.VIEW_TRAIL)
@require_GET
def show_trail(request: Request) -> HttpResponse:
    asked = trail_filters.filter_from(request.GET.dict())
    context = trail.trail_page(request.actor, asked, on=today(), **_place(request))
    return render(request, "portal/trail.html", {"page": context})


@page(Capability.USE)
@require_GET
def show_own_trail(request: Request) -> HttpResponse:
    context = trail.own_page(request.actor, on=today(), **_place(request))
    return render(request, "portal/trail_single.html", {"page": context})


@page(Capability.USE)
@require_GET
def show_person_trail(request: Request, employee_id: str) -> HttpResponse:
    context = trail.person_page(request.actor, employee_id, on=today(), **_place(request))
    return render(request, "portal/trail_single.html", {"page": context})


@page(Capability.VIEW_TRAIL)
@require_GET
def show_batch_trail(request: Request, batch_id: str) -> HttpResponse:
    context = trail.batch_page(request.actor, batch_id, on=today(), **_place(request))
    return render(request, "portal/trail_single.html", {"page": context})


@page(Capability.VIEW_TRAIL)
@require_GET
def show_object_trail(request: Request, subject_id: str) -> HttpResponse:
    context = trail.object_page(request.actor, subject_id, on=today(), **_place(request))
    return render(request, "portal/trail_single.html", {"page": context})


@page(Capability.VIEW_TRAIL)
@require_http_methods(["GET", "POST"])
def check_trail(request: Request) -> HttpResponse:
    """Explain the check; posting starts it and leads to its progress."""
    if request.method == "POST":
        return HttpResponseRedirect(services.check_trail(by=request.actor))
    return render(request, "portal/trail_check.html")


def _place(request: Request) -> dict[str, str]:
    return {"after": request.GET.get("sesudah", ""), "before": request.GET.get("sebelum", "")}
