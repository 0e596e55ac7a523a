"""Batches: the list, one batch, creating, changing, starting, finishing, cancelling."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.batch_forms import BatchForm, fresh_values, values_of
from sinambung.domains.training.pages.frames import batch_frame
from sinambung.domains.training.queries import batch_list as queries
from sinambung.domains.training.queries import batch_page as page_queries
from sinambung.domains.training.queries import editions as edition_queries
from sinambung.domains.training.queries.batch_list import BatchFilter
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.queries.readiness import readiness
from sinambung.domains.training.services import batches as services
from sinambung.platform.foundation.clock import today
from sinambung.platform.foundation.errors import Invalid
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page, unit_for
from sinambung.platform.identity.capabilities import Capability

LONGEST_SEARCH = 80
GRADED = ("running", "marks_closed")


@page(Capability.VIEW_BATCHES)
@require_GET
def list_batches(request: Request) -> HttpResponse:
    year = request.GET.get("tahun", "")
    asked = BatchFilter(
        text=request.GET.get("cari", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        programme=request.GET.get("program", "").replace("\x00", ""),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        state=request.GET.get("status", ""),
    )
    context = queries.batch_list(
        access.batches_visible_to(request.actor),
        asked=asked,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    kept = request.GET.copy()
    kept.pop("after", None)
    kept.pop("before", None)
    body = {"list": context, "kept": kept.urlencode(), "may_manage": _may_manage(request)}
    return render(request, "training/batch_list.html", body)


@page(Capability.VIEW_BATCHES)
@require_GET
def show_batch(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    body = {
        "page": page_queries.batch_page(batch, on=today()),
        "readiness": readiness(batch_id) if batch.state in GRADED else None,
        **batch_frame(batch, actor=request.actor, current=""),
    }
    return render(request, "training/batch.html", body)


@page(Capability.MANAGE_BATCHES)
@require_http_methods(["GET", "POST"])
def create_batch(request: Request) -> HttpResponse:
    edition_id = request.GET.get("edisi", "").replace("\x00", "")
    edition = edition_queries.published_content(edition_id) if edition_id else None
    if edition is None:
        body = {
            "kinds": edition_queries.edition_choices(on=today()),
            "is_unknown": bool(edition_id),
            "is_unchosen": not edition_id and "lanjut" in request.GET,
        }
        return render(request, "training/batch_new.html", body)
    form = BatchForm(
        request.POST or None,
        hosts=page_queries.host_choices(request.actor),
        stages=edition.curriculum.stages,
        initial=fresh_values(on=today(), quota=edition.curriculum.quota_maximum),
    )
    if request.method == "POST" and form.is_valid():
        try:
            unit_for(request.actor, form.cleaned_data["host"], Capability.MANAGE_BATCHES)
            batch = services.create_batch(
                edition_id=edition_id,
                host_id=form.cleaned_data["host"],
                plan=form.plan(),
                by=request.actor,
            )
        except Invalid as refusal:
            form.refuse(refusal.sentence, refusal.field)
        else:
            messages.success(request, _("%(batch)s dibuat.") % {"batch": batch.name})
            return HttpResponseRedirect(f"/pelatihan/angkatan/{batch.pk}/")
    body = {"form": form, "edition": edition, "is_new": True}
    return render(request, "training/batch_form.html", body, status=422 if form.errors else 200)


@page(Capability.MANAGE_BATCHES)
@require_http_methods(["GET", "POST"])
def change_batch(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    edition = edition_of(batch)
    form = BatchForm(
        request.POST or None, stages=edition.curriculum.stages, initial=values_of(batch)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_batch(
                batch_id=batch_id,
                version=posted_version(request),
                plan=form.plan(),
                by=request.actor,
            )
        except Invalid as refusal:
            form.refuse(refusal.sentence, refusal.field)
        else:
            messages.success(request, _("Perubahan angkatan disimpan."))
            return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/")
    version = request.POST.get("version") or batch.version
    body = {
        "form": form,
        "edition": edition,
        "batch": batch,
        "version": version,
        **batch_frame(batch, actor=request.actor, current="", title=_("Ubah angkatan")),
    }
    return render(request, "training/batch_form.html", body, status=422 if form.errors else 200)


@page(Capability.MANAGE_BATCHES)
@require_POST
def start_batch(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    batch = services.start_batch(
        batch_id=batch_id,
        version=posted_version(request),
        by=request.actor,
        reason=posted_text(request, "reason"),
    )
    messages.success(request, _("%(batch)s dimulai.") % {"batch": batch.name})
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/")


@page(Capability.MANAGE_BATCHES)
@require_POST
def finish_batch(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    batch = services.finish_batch(
        batch_id=batch_id, version=posted_version(request), by=request.actor
    )
    messages.success(request, _("%(batch)s selesai.") % {"batch": batch.name})
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/")


@page(Capability.MANAGE_BATCHES)
@require_POST
def cancel_batch(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.MANAGE_BATCHES)
    batch = services.cancel_batch(
        batch_id=batch_id,
        version=posted_version(request),
        reason=posted_text(request, "reason"),
        by=request.actor,
    )
    messages.success(request, _("%(batch)s dibatalkan.") % {"batch": batch.name})
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/")


def _may_manage(request: Request) -> bool:
    return request.actor.may(Capability.MANAGE_BATCHES)
