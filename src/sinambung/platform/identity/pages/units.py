"""The unit tree, and one unit: added, renamed, moved, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity import access, queries, services
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.pages import forms

if TYPE_CHECKING:
    from sinambung.platform.identity.models import Unit

TREE = "/pengaturan/unit/"


@page(Capability.MANAGE_UNITS)
@require_safe
def unit_tree(request: Request) -> HttpResponse:
    tree = queries.unit_tree(request.actor, with_closed=request.GET.get("ditutup") == "1")
    return render(request, "identity/unit_tree.html", {"tree": tree})


@page(Capability.MANAGE_UNITS)
@require_safe
def unit(request: Request, unit_id: Ulid) -> HttpResponse:
    found = access.unit_for(request.actor, unit_id, Capability.MANAGE_UNITS)
    return render(request, "identity/unit.html", {"shown": queries.unit_page(found)})


@page(Capability.USE)
@require_safe
def unit_options(request: Request) -> HttpResponse:
    """Answer a combo box with the units in reach that match what was typed."""
    text = request.GET.get("q", "").strip()[:60].replace("\0", "")
    capability = (
        Capability.MANAGE_UNITS
        if request.GET.get("untuk") == "unit"
        else Capability.MANAGE_ACCOUNTS
    )
    options = queries.matching_units(request.actor, text, capability) if text else []
    return render(request, "identity/unit_options.html", {"options": options})


@page(Capability.MANAGE_UNITS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_unit(request: Request) -> HttpResponse:
    form = forms.NewUnit(forms.posted(request))
    status = 422 if form.is_bound else 200
    parent_id = posted_unit(request) or request.GET.get("induk", "")
    if request.method == "POST" and form.is_valid():
        try:
            parent = access.unit_or_everywhere(request.actor, parent_id, Capability.MANAGE_UNITS)
            made = services.add_unit(
                **form.cleaned_data,
                parent_id=parent.pk if parent else None,
                since=clock.today(),
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            messages.success(request, _("Unit ditambahkan."))
            return HttpResponseRedirect(f"{TREE}{made.pk}/")
    above = (
        access.unit_for(request.actor, parent_id, Capability.MANAGE_UNITS) if parent_id else None
    )
    context = {"form": form, "parent": above}
    return render(request, "identity/add_unit.html", context, status=status)


@page(Capability.MANAGE_UNITS)
@require_http_methods(["GET", "HEAD", "POST"])
def rename_unit(request: Request, unit_id: Ulid) -> HttpResponse:
    found = access.unit_for(request.actor, unit_id, Capability.MANAGE_UNITS)
    initial = {"name": found.name, "short_name": found.short_name, "on": clock.today()}
    form = forms.Rename(forms.posted(request), initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_unit(
                unit_id=unit_id,
                version=posted_version(request),
                **form.cleaned_data,
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            return _done(request, unit_id, _("Nama unit diganti. Nama lama tetap di riwayat."))
    return _change_page(request, "identity/rename_unit.html", form, found, status)


@page(Capability.MANAGE_UNITS)
@require_http_methods(["GET", "HEAD", "POST"])
def move_unit(request: Request, unit_id: Ulid) -> HttpResponse:
    found = access.unit_for(request.actor, unit_id, Capability.MANAGE_UNITS)
    form = forms.Change(forms.posted(request), initial={"on": clock.today()})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            above = access.unit_or_everywhere(
                request.actor, posted_unit(request), Capability.MANAGE_UNITS
            )
            services.move_unit(
                unit_id=unit_id,
                version=posted_version(request),
                parent_id=above.pk if above else None,
                **form.cleaned_data,
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            return _done(request, unit_id, _("Unit dipindahkan beserta semua bagiannya."))
    return _change_page(request, "identity/move_unit.html", form, found, status)


@page(Capability.MANAGE_UNITS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_unit(request: Request, unit_id: Ulid) -> HttpResponse:
    found = access.unit_for(request.actor, unit_id, Capability.MANAGE_UNITS)
    form = forms.Change(forms.posted(request), initial={"on": clock.today()})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.close_unit(
                unit_id=unit_id,
                version=posted_version(request),
                **form.cleaned_data,
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            return _done(request, unit_id, _("Unit ditutup. Riwayatnya tetap tersimpan."))
    return _change_page(request, "identity/close_unit.html", form, found, status)


def posted_unit(request: HttpRequest) -> str:
    """Return the id of the unit chosen in a combo box, or typed as code or full name."""
    text = posted_text(request, "unit_text", limit=200) if request.method == "POST" else ""
    chosen = request.POST.get("unit", "")[:26]
    found = queries.unit_named(text, id=chosen)
    if text and not found:
        raise Invalid(_("Unit ini tidak ditemukan. Pilih dari daftar yang muncul saat mengetik."))
    return found


def _change_page(
    request: Request, template: str, form: forms.Change, unit: Unit, status: int
) -> HttpResponse:
    version: object = request.POST.get("version") or unit.version
    context = {"form": form, "unit": unit, "version": version}
    return render(request, template, context, status=status)


def _done(request: Request, unit_id: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(f"{TREE}{unit_id}/")
