"""Background work for machines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Router, Schema

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.access import route
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.jobs import access, queries, services

router = Router(tags=["jobs"])


class JobOut(Schema):
    id: str
    title: str
    state: str
    done: int
    total: int
    percent: int
    remaining_seconds: int | None
    requested_by_name: str
    queued_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    result_href: str
    sentence: str


class JobsOut(Schema):
    rows: list[JobOut]
    after: str | None
    before: str | None


@router.get("", response=JobsOut)
@route(Capability.USE)
def list_jobs(request: Request, state: str = "", after: str = "", before: str = "") -> Any:
    """The actor's own jobs, or all of them for who watches over background work."""
    jobs = access.jobs_visible_to(request.actor)
    return queries.page_of_jobs(
        jobs, at=clock.now(), reader=request.actor, state=state, after=after, before=before
    )


@router.get("/{job_id}", response=JobOut)
@route(Capability.USE)
def job(request: Request, job_id: str) -> Any:
    """How far one job is, and what came of it."""
    return queries.progress_for(
        request.actor, access.job_for(request.actor, job_id), at=clock.now()
    )


@router.post("/{job_id}/cancel", response=JobOut)
@route(Capability.USE)
def cancel(request: Request, job_id: str) -> Any:
    """Ask a job to stop at its next step."""
    access.job_for(request.actor, job_id)
    return queries.progress_for(
        request.actor, services.cancel(job_id=job_id, by=request.actor), at=clock.now()
    )


@router.post("/{job_id}/retry", response=JobOut)
@route(Capability.USE)
def retry(request: Request, job_id: str) -> Any:
    """Run a failed or stopped job again."""
    access.job_for(request.actor, job_id)
    return queries.progress_for(
        request.actor, services.retry(job_id=job_id, by=request.actor), at=clock.now()
    )
