"""The outbox, for administrators: what waits, what failed and why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.notices import access, queries, services


@page(Capability.VIEW_OUTBOX)
@require_safe
def outbox(request: Request) -> HttpResponse:
    access.require_outbox(request.actor)
    found = queries.outbox_page(
        state=request.GET.get("keadaan", ""),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(request, "notices/outbox.html", {"found": found})


@page(Capability.VIEW_OUTBOX)
@require_POST
def retry_mail(request: Request, mail_id: Ulid) -> HttpResponse:
    access.require_outbox(request.actor)
    services.retry_mail(
        mail_id=mail_id, version=posted_version(request), at=clock.now(), by=request.actor
    )
    messages.success(request, _("Surel akan dikirim lagi."))
    return HttpResponseRedirect("/pengaturan/surel/")


@page(Capability.VIEW_OUTBOX)
@require_POST
def drop_mail(request: Request, mail_id: Ulid) -> HttpResponse:
    access.require_outbox(request.actor)
    services.drop_mail(mail_id=mail_id, version=posted_version(request), by=request.actor)
    messages.success(request, _("Surel dibatalkan."))
    return HttpResponseRedirect("/pengaturan/surel/")
