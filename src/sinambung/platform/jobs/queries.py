"""Reads about background work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.paging import Page, page_by_key
from sinambung.platform.foundation.recorded import in_reader_language
from sinambung.platform.jobs.kinds import openable
from sinambung.platform.jobs.models import FINISHED, Job, State


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. `remaining_seconds` is unknown (`None`) before it has shown its pace."""

    id: str
    version: int
    title: str
    state: str
    state_name: str
    done: int
    total: int
    percent: int
    remaining_seconds: int | None
    is_finished: bool
    is_stopping: bool
    requested_by_name: str
    queued_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    attempt: int
    result_href: str
    sentence: str

    @property
    def may_retry(self) -> bool:
        return self.state in (State.FAILED, State.CANCELLED)


def progress(job: Job, *, at: dt.datetime) -> Progress:
    """Return how far a job is at a moment."""
    return Progress(
        id=job.pk,
        version=job.version,
        title=in_reader_language(job.title),
        state=job.state,
        state_name=str(State(job.state).label),
        done=job.done,
        total=job.total,
        percent=_percent(job),
        remaining_seconds=_remaining(job, at),
        is_finished=job.is_finished,
        is_stopping=job.cancel_requested and not job.is_finished,
        requested_by_name=job.requested_by_name,
        queued_at=job.queued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        attempt=job.attempt,
        result_href=job.result_href,
        sentence=in_reader_language(job.sentence),
    )


def page_of_jobs(
    jobs: QuerySet[Job],
    *,
    at: dt.datetime,
    reader: Actor | None = None,
    state: str = "",
    after: str = "",
    before: str = "",
) -> Page[Progress]:
    """Return one page of jobs, newest first; with a `reader` only results it may open are named."""
    if state in State.values:
        jobs = jobs.filter(state=state)
    page = page_by_key(jobs, order=["-id"], after=after, before=before)
    rows = [progress(job, at=at) for job in page.rows]
    if reader is not None:
        shut = _shut(page.rows, reader)
        rows = [replace(row, result_href="") if row.id in shut else row for row in rows]
    return Page(rows=rows, after=page.after, before=page.before)


def progress_for(reader: Actor, job: Job, *, at: dt.datetime) -> Progress:
    """Return how far a job is; its result is named only to who may open it."""
    found = progress(job, at=at)
    return replace(found, result_href="") if _shut([job], reader) else found


def _shut(jobs: Sequence[Job], reader: Actor) -> set[str]:
    """Return the jobs of other people whose results the reader may not open."""
    others = [job for job in jobs if job.result_href and job.requested_by != reader.id]
    opened = {
        kind: set(openable(kind, reader, {job.result_href for job in others if job.kind == kind}))
        for kind in {job.kind for job in others}
    }
    return {job.pk for job in others if job.result_href not in opened[job.kind]}


def states() -> Sequence[tuple[str, str]]:
    return [(state.value, str(state.label)) for state in State]


def latest_progress(id: str, *, at: dt.datetime) -> Progress | None:
    """Return how far a job is, for apps that show their own job; `None` when it was pruned."""
    job = Job.objects.filter(pk=id).first()
    return progress(job, at=at) if job else None


def latest_finished(kind: str) -> Progress | None:
    """Return the newest job of a kind that was done, whoever asked for it."""
    job = Job.objects.filter(kind=kind, state=State.DONE).order_by("-id").first()
    return progress(job, at=job.queued_at) if job else None


def unfinished_count() -> int:
    return Job.objects.exclude(state__in=FINISHED).count()


def _percent(job: Job) -> int:
    if job.state == State.DONE:
        return 100
    return min(99, job.done * 100 // job.total) if job.total else 0


def _remaining(job: Job, at: dt.datetime) -> int | None:
    if job.state != State.RUNNING or not job.started_at or job.done <= job.done_before:
        return None
    spent = (at - job.started_at).total_seconds()
    return max(1, round(spent * (job.total - job.done) / (job.done - job.done_before)))
