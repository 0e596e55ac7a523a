"""Search by name, NIP, batch or certificate number."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.portal.queries import search


@page(Capability.USE)
@require_GET
def show_search(request: Request) -> HttpResponse:
    """Show results; a complete number that finds one thing leads straight to it."""
    context = search.search_page(request.actor, request.GET.get("q", ""))
    if request.htmx:
        return render(request, "portal/search.html#results", {"page": context})
    if context.only and any(letter.isdigit() for letter in context.text) and len(context.text) > 8:
        return HttpResponseRedirect(context.only.href)
    return render(request, "portal/search.html", {"page": context})
