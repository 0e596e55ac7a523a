"""The home page of everybody who is signed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.portal.queries import home


@page(Capability.USE)
@require_GET
def show_home(request: Request) -> HttpResponse:
    context = home.home_page(request.actor, at=now())
    template = "portal/home.html" if context.is_work else "portal/home_participant.html"
    return render(request, template, {"page": context})
