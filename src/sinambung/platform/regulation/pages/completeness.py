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
    context = queries.completeness_page(request.actor, on=today())
    return render(request, "regulation/completeness.html", {"page": context})


@page(Capability.VIEW_PROGRAMMES)
@require_GET
def show_edition(request: Request, edition_key: str) -> HttpResponse:
    """Show what an edition lacks, or with `?tampil=semua` everything."""
    everything = request.GET.get("tampil") == "semua"
    context = queries.edition_page(edition_key=edition_key, on=today(), everything=everything)
    return render(request, "regulation/edition.html", {"page": context})
