"""Kelengkapan regulasi: every regulatory value that is missing or that nobody has verified."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sinambung.platform.foundation.clock import today
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.regulation import queries


@page(Capability.VIEW_PROGRAMMES)
@require_GET
def show_completeness(request: Request) -> HttpResponse:
    """Show what is lacking, or with `?tampil=semua` everything."""
    everything = request.GET.get("tampil") == "semua"
    context = queries.completeness_page(request.actor, on=today(), everything=everything)
    return render(request, "regulation/completeness.html", {"page": context})
