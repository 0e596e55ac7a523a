"""Notices of the person who is signed in."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.notices import queries, services


@page(Capability.USE)
@require_safe
def notice_list(request: Request) -> HttpResponse:
    found = queries.notice_page(
        user_id=request.actor.id,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(request, "notices/notice_list.html", {"found": found})


@page(Capability.USE)
@require_POST
def open_notice(request: Request, notice_id: Ulid) -> HttpResponse:
    notice = services.mark_read(notice_id=notice_id, user_id=request.actor.id, at=clock.now())
    return HttpResponseRedirect(notice.link or "/pemberitahuan/")


@page(Capability.USE)
@require_POST
def mark_all_read(request: Request) -> HttpResponse:
    services.mark_all_read(user_id=request.actor.id, at=clock.now())
    return HttpResponseRedirect("/pemberitahuan/")
