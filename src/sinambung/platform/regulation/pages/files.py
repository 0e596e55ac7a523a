"""Files of regulation: the document of an entry, and all local values out and in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.regulation import access, queries, services
from sinambung.platform.regulation.pages import forms


@page(Capability.VIEW_PROGRAMMES)
@require_GET
def export_local_law(request: Request) -> HttpResponse:
    """Give all confirmed local values as TOML in a ZIP."""
    response = HttpResponse(queries.law_archive(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="nilai-setempat.zip"'
    return response


@page(Capability.VIEW_PROGRAMMES)
@require_GET
def source_document(request: Request, entry_id: str) -> HttpResponse:
    """Give the document of an entry to keep, never to run in the browser."""
    file = access.file_for(request.actor, entry_id)
    response = HttpResponse(bytes(file.content), content_type=file.kind)
    name = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in file.name)
    response["Content-Disposition"] = (
        f'attachment; filename="{name.encode("ascii", "ignore").decode()}"'
    )
    return response


@page(Capability.ENTER_REGULATION)
@require_http_methods(["GET", "POST"])
def import_local_law(request: Request) -> HttpResponse:
    """Enter the values of another installation; they wait for confirmation."""
    form = forms.Archive(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            entered = services.import_local_law(
                content=form.cleaned_data["file"].read(), by=request.actor, at=now()
            )
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            count = len(entered)
            text = ngettext(
                "%(count)d isian menunggu konfirmasi.",
                "%(count)d isian menunggu konfirmasi.",
                count,
            )
            messages.info(request, text % {"count": count})
            return HttpResponseRedirect("/regulasi/")
    status = 422 if form.errors else 200
    return render(request, "regulation/import.html", {"form": form}, status=status)
