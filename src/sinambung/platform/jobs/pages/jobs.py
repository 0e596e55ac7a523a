"""Background work: the list, one job, its progress."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.jobs import access, queries, services


@page(Capability.USE)
@require_safe
def job_list(request: Request) -> HttpResponse:
    state = request.GET.get("keadaan", "")
    found = queries.page_of_jobs(
        access.jobs_visible_to(request.actor),
        at=clock.now(),
        reader=request.actor,
        state=state,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"found": found, "state": state, "states": queries.states()}
    return render(request, "jobs/job_list.html", context)


@page(Capability.USE)
@require_safe
def job(request: Request, job_id: Ulid) -> HttpResponse:
    row = access.job_for(request.actor, job_id)
    return render(
        request, "jobs/job.html", {"job": queries.progress_for(request.actor, row, at=clock.now())}
    )


@page(Capability.USE)
@require_safe
def progress(request: Request, job_id: Ulid) -> HttpResponse:
    row = access.job_for(request.actor, job_id)
    context = {"job": queries.progress_for(request.actor, row, at=clock.now())}
    return render(request, "jobs/job.html#progress", context)


@page(Capability.USE)
@require_POST
def cancel(request: Request, job_id: Ulid) -> HttpResponse:
    access.job_for(request.actor, job_id)
    services.cancel(job_id=job_id, by=request.actor)
    return HttpResponseRedirect(f"/pekerjaan/{job_id}/")


@page(Capability.USE)
@require_POST
def retry(request: Request, job_id: Ulid) -> HttpResponse:
    access.job_for(request.actor, job_id)
    services.retry(job_id=job_id, by=request.actor)
    return HttpResponseRedirect(f"/pekerjaan/{job_id}/")
