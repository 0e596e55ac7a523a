"""The certificates of a batch: who receives one, issuing, and the way to the files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.frames import batch_frame
from sinambung.domains.training.queries import certificates as queries
from sinambung.domains.training.services import issuing
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.jobs import queries as jobs


@page(Capability.VIEW_CERTIFICATES)
@require_GET
def list_certificates(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_CERTIFICATES)
    frame = batch_frame(batch, actor=request.actor, current="sertifikat/", title=_("Sertifikat"))
    found = queries.certificates_page(batch)
    body = {
        "page": found,
        "job": jobs.latest_progress(found.job_id, at=now()) if found.job_id else None,
        "batch": batch,
        "may_issue": request.actor.may(Capability.ISSUE_CERTIFICATES),
        **frame,
    }
    return render(request, "training/issue_certificates.html", body)


@page(Capability.ISSUE_CERTIFICATES)
@require_POST
def issue_certificates(request: Request, batch_id: Ulid) -> HttpResponse:
    access.batch_for(request.actor, batch_id, Capability.ISSUE_CERTIFICATES)
    try:
        issuing.issue_certificates(batch_id=batch_id, by=request.actor, at=now())
    except Refused as refusal:
        messages.info(request, refusal.sentence)
    else:
        messages.success(request, _("Penerbitan sertifikat dimulai."))
    return HttpResponseRedirect(f"/pelatihan/angkatan/{batch_id}/sertifikat/")
