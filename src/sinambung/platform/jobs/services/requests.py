"""Asking for work, asking it to stop, asking for it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.jobs.kinds import kind_named
from sinambung.platform.jobs.models import Job, State
from sinambung.platform.jobs.services.running import carry_out, run_now
from sinambung.platform.jobs.trail import Trail


class AlreadyFinished(Refused):
    message = _("Pekerjaan ini sudah berakhir, jadi tidak dapat dihentikan lagi.")


class NotFinished(Refused):
    message = _("Pekerjaan ini masih berjalan atau sudah selesai, jadi tidak perlu diulang.")


def start(
    *,
    kind: str,
    title: str,
    payload: Mapping[str, Any],
    by: Actor,
    total: int = 0,
    inline: bool = False,
) -> Job:
    """Put work into the queue, in the caller's transaction; return its job.

    `inline` runs it at once in this process instead (commands, short work); call it outside any
    transaction then, and look at the state of the returned job.
    """
    job = _queued(kind=kind, title=title, payload=payload, by=by, total=total, enqueue=not inline)
    return run_now(job.pk) if inline else job


@transaction.atomic
def cancel(*, job_id: str, by: Actor) -> Job:
    """Ask a job to stop at its next step; one that still waits stops at once."""
    job = Job.objects.locked(job_id)
    if job.is_finished:
        raise AlreadyFinished
    job.cancel_requested = True
    if job.state == State.QUEUED:
        job.state = State.CANCELLED
        job.finished_at = clock.now()
    save_changed(job, ["cancel_requested", "state", "finished_at"])
    audit.record(Trail.JOB_CANCELLED, _subject(job), by=by)
    return job


@transaction.atomic
def retry(*, job_id: str, by: Actor) -> Job:
    """Run a failed or stopped job again; what it had finished stays."""
    job = Job.objects.locked(job_id)
    if job.state not in (State.FAILED, State.CANCELLED):
        raise NotFinished
    requeue(job, at=clock.now())
    job.attempt = 0
    save_changed(job, ["attempt"])
    audit.record(Trail.JOB_RETRIED, _subject(job), by=by)
    return job


def requeue(job: Job, *, at: dt.datetime) -> None:
    """Put a locked job back into the queue."""
    job.state = State.QUEUED
    job.queued_at = at
    job.finished_at = None
    job.cancel_requested = False
    job.sentence = ""
    job.worker = ""
    job.task_id = str(carry_out.enqueue(job_id=job.pk).id)
    save_changed(
        job,
        [
            *("state", "queued_at", "finished_at", "cancel_requested"),
            *("sentence", "worker", "task_id"),
        ],
    )


@transaction.atomic
def _queued(
    *, kind: str, title: str, payload: Mapping[str, Any], by: Actor, total: int, enqueue: bool
) -> Job:
    job = Job(
        kind=kind_named(kind).name,
        title=title[:200],
        payload=dict(payload),
        total=total,
        requested_by=by.id,
        requested_by_name=by.name[:200],
        queued_at=clock.now(),
    )
    if enqueue:
        job.task_id = str(carry_out.enqueue(job_id=job.pk).id)
    job.save(force_insert=True)
    return job


def _subject(job: Job) -> audit.Subject:
    return audit.Subject(kind="job", id=job.pk, name=job.title)
