"""Importing a sheet: bring it, look, apply, take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinambung.platform.exchange import access, queries, services
from sinambung.platform.exchange.kinds import Verdict, kind_named
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(Capability.USE)
@require_safe
def import_list(request: Request) -> HttpResponse:
    found = queries.page_of_imports(
        access.imports_visible_to(request.actor),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "found": found,
        "lines": queries.lines_of(found.rows),
        "kinds": access.kinds_open_to(request.actor),
    }
    return render(request, "exchange/import_list.html", context)


@page(Capability.USE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: Request) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    open_kinds = access.kinds_open_to(request.actor)
    names = [kind.name for kind in open_kinds]
    kind = asked.get("kind", "")
    if not names or (kind and kind not in names):
        raise NotFound
    kind = kind or names[0]
    options = {name: asked.get(name, "")[:100] for name in kind_named(kind).options}
    error, status = "", 200
    if request.method == "POST":
        try:
            row = services.upload(
                kind=kind,
                file_name=_posted_file(request).name or "",
                pieces=_posted_file(request).chunks(),
                options=options,
                by=request.actor,
            )
            return HttpResponseRedirect(f"/impor/{row.pk}/")
        except NotFound:
            raise
        except Refused as refusal:
            error, status = refusal.sentence, refusal.status
    context = {
        "kinds": [one for one in open_kinds if not one.options or one.name == kind],
        "kind": kind_named(kind),
        "target": kind_named(kind).target(options) if all(options.values()) else "",
        "options": options,
        "columns": queries.columns_for(kind, options) if all(options.values()) else [],
        "error": error,
    }
    return render(request, "exchange/new_import.html", context, status=status)


@page(Capability.USE)
@require_safe
def sample_sheet(request: Request, kind: str) -> HttpResponse:
    if kind not in [one.name for one in access.kinds_open_to(request.actor)]:
        raise NotFound
    options = {name: request.GET.get(name, "")[:100] for name in kind_named(kind).options}
    kind_named(kind).authorise(request.actor, options)
    return _file(queries.sample_sheet(kind, options), f"contoh-{kind}.xlsx")


@page(Capability.USE)
@require_safe
def review(request: Request, import_id: Ulid) -> HttpResponse:
    row = access.import_for(request.actor, import_id)
    return render(request, "exchange/import.html", {"page": queries.import_page(row)})


@page(Capability.USE)
@require_POST
def apply(request: Request, import_id: Ulid) -> HttpResponse:
    row = access.import_for(request.actor, import_id)
    chosen = [
        Verdict(name) for name in request.POST.getlist("verdict") if name in ("new", "changed")
    ]
    try:
        services.apply(
            import_id=import_id,
            version=posted_version(request),
            by=request.actor,
            verdicts=chosen,
            reason=posted_text(request, "reason"),
        )
    except Invalid as error:
        context = {"page": queries.import_page(row), "error": error.sentence}
        return render(request, "exchange/import.html", context, status=error.status)
    return HttpResponseRedirect(f"/impor/{import_id}/")


@page(Capability.USE)
@require_POST
def resume(request: Request, import_id: Ulid) -> HttpResponse:
    access.import_for(request.actor, import_id)
    services.resume(import_id=import_id, version=posted_version(request), by=request.actor)
    return HttpResponseRedirect(f"/impor/{import_id}/")


@page(Capability.USE)
@require_POST
def undo(request: Request, import_id: Ulid) -> HttpResponse:
    access.import_for(request.actor, import_id)
    services.undo(
        import_id=import_id,
        version=posted_version(request),
        by=request.actor,
        reason=posted_text(request, "reason"),
    )
    return HttpResponseRedirect(f"/impor/{import_id}/")


@page(Capability.USE)
@require_POST
def discard(request: Request, import_id: Ulid) -> HttpResponse:
    access.import_for(request.actor, import_id)
    services.discard(import_id=import_id, version=posted_version(request), by=request.actor)
    messages.success(request, _("Impor ditutup tanpa diterapkan."))
    return HttpResponseRedirect("/impor/")


def _posted_file(request: HttpRequest) -> UploadedFile[Any]:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Invalid(_("Pilih berkas XLSX atau CSV lebih dahulu."), field="file")
    return file


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
