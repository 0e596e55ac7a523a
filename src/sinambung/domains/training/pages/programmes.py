"""Programmes and editions: list, one edition, copying, editing, comparing, putting in force."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.edition_forms import posted_content, section_form
from sinambung.domains.training.pages.edition_sections import BY_WORD, SECTIONS
from sinambung.domains.training.queries import editions as queries
from sinambung.domains.training.services import programmes as services
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.errors import Invalid, NotFound
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.VIEW_PROGRAMMES)
@require_GET
def list_programmes(request: Request) -> HttpResponse:
    may_manage = request.actor.may(Capability.MANAGE_PROGRAMMES)
    body = {
        "programmes": queries.programme_list(with_drafts=may_manage),
        "may_manage": may_manage,
    }
    return render(request, "training/programme_list.html", body)


@page(Capability.MANAGE_PROGRAMMES)
@require_POST
def install_editions(request: Request) -> HttpResponse:
    count = services.install_national_editions(by=request.actor, at=now())
    messages.success(request, _("%(count)s edisi dipasang atau diperbarui.") % {"count": count})
    return HttpResponseRedirect("/pelatihan/program/")


@page(Capability.VIEW_PROGRAMMES)
@require_GET
def show_edition(request: Request, edition_id: Ulid) -> HttpResponse:
    row = access.edition_for(request.actor, edition_id, Capability.VIEW_PROGRAMMES)
    body = {
        "page": queries.edition_page(row),
        "may_manage": request.actor.may(Capability.MANAGE_PROGRAMMES),
    }
    return render(request, "training/programme_edition.html", body)


@page(Capability.VIEW_PROGRAMMES)
@require_GET
def compare_editions(request: Request, edition_id: Ulid) -> HttpResponse:
    row = access.edition_for(request.actor, edition_id, Capability.VIEW_PROGRAMMES)
    other = request.GET.get("dengan", "").replace("\x00", "")[:26]
    before = access.edition_for(request.actor, other, Capability.VIEW_PROGRAMMES)
    body = {"page": queries.difference_page(before=before, after=row)}
    return render(request, "training/programme_difference.html", body)


@page(Capability.MANAGE_PROGRAMMES)
@require_POST
def copy_edition(request: Request, edition_id: Ulid) -> HttpResponse:
    access.edition_for(request.actor, edition_id, Capability.MANAGE_PROGRAMMES)
    copy = services.copy_edition(
        edition_id=edition_id, label=posted_text(request, "label", limit=120), by=request.actor
    )
    messages.success(request, _("Konsep %(label)s dibuat.") % {"label": copy.label})
    return HttpResponseRedirect(f"/pelatihan/program/edisi/{copy.pk}/")


@page(Capability.MANAGE_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def change_edition(request: Request, edition_id: Ulid, word: str) -> HttpResponse:
    row = access.edition_for(request.actor, edition_id, Capability.MANAGE_PROGRAMMES)
    section = BY_WORD.get(word)
    if section is None or row.state != "draft":
        raise NotFound
    content = row.content
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        content = posted_content(section, content, request.POST.dict())
        try:
            services.change_edition(
                edition_id=edition_id,
                version=posted_version(request),
                content=content,
                by=request.actor,
            )
        except services.EditionHasProblems as refusal:
            problems = refusal.problems
        except Invalid as refusal:
            problems = (refusal.sentence,)
        else:
            messages.success(request, _("%(section)s disimpan.") % {"section": section.title})
            return HttpResponseRedirect(f"/pelatihan/program/edisi/{edition_id}/")
    body = {
        "form": section_form(section, content, problems),
        "row": row,
        "version": request.POST.get("version") or row.version,
        "sections": [
            (one.title, f"/pelatihan/program/edisi/{edition_id}/ubah/{one.word}/")
            for one in SECTIONS
        ],
        "current": f"/pelatihan/program/edisi/{edition_id}/ubah/{word}/",
    }
    return render(request, "training/programme_edit.html", body, status=422 if problems else 200)


@page(Capability.MANAGE_PROGRAMMES)
@require_POST
def publish_edition(request: Request, edition_id: Ulid) -> HttpResponse:
    access.edition_for(request.actor, edition_id, Capability.MANAGE_PROGRAMMES)
    row = services.publish_edition(
        edition_id=edition_id, version=posted_version(request), by=request.actor, at=now()
    )
    messages.success(request, _("%(label)s berlaku.") % {"label": row.label})
    return HttpResponseRedirect(f"/pelatihan/program/edisi/{edition_id}/")


@page(Capability.MANAGE_PROGRAMMES)
@require_POST
def withdraw_edition(request: Request, edition_id: Ulid) -> HttpResponse:
    access.edition_for(request.actor, edition_id, Capability.MANAGE_PROGRAMMES)
    row = services.withdraw_edition(
        edition_id=edition_id,
        version=posted_version(request),
        reason=posted_text(request, "reason"),
        by=request.actor,
    )
    messages.success(request, _("%(label)s ditarik.") % {"label": row.label})
    return HttpResponseRedirect(f"/pelatihan/program/edisi/{edition_id}/")
