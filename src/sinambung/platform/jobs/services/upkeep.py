"""The worker's loop, the reaper for work whose worker was killed, and pruning."""

from __future__ import annotations

import datetime as dt
import socket
import time
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.jobs.kinds import kind_named
from sinambung.platform.jobs.models import FINISHED, Job, State
from sinambung.platform.jobs.services.requests import requeue
from sinambung.platform.jobs.services.running import process_started, worker_name

SILENCE = dt.timedelta(minutes=10)
KEPT = dt.timedelta(days=60)
SECONDS_BETWEEN_REAPINGS = 5.0


def work(
    *,
    once: bool = False,
    interval: float = 0.5,
    daily: Callable[[dt.datetime], None] | None = None,
) -> None:
    """Run waiting jobs until the process is told to stop, or until none waits (`once`).

    `daily` is called when the worker starts and then once a day, between jobs.
    """
    worker = _worker(interval)
    if not once:
        worker.configure_signals()
    reaped_at, daily_on = 0.0, None
    while worker.running:
        if time.monotonic() - reaped_at > SECONDS_BETWEEN_REAPINGS:
            reap(at=clock.now())
            reaped_at = time.monotonic()
        if daily and not once and daily_on != clock.today():
            daily_on = clock.today()
            daily(clock.now())
        if DBTaskResult.objects.ready().exists():
            worker.run()
        elif once:
            return
        else:
            time.sleep(interval)


def reap(*, at: dt.datetime) -> int:
    """Put jobs whose worker was killed back into the queue; return how many.

    On this host the process is looked for; a worker elsewhere is taken for dead after ten minutes
    without a sign. A job that has used up its attempts fails instead.
    """
    lost = [job for job in Job.objects.filter(state=State.RUNNING).order_by("id") if _lost(job, at)]
    for job in lost:
        _recover(job.pk, job.attempt, at)
    return len(lost)


@transaction.atomic
def prune(*, at: dt.datetime, keep: dt.timedelta = KEPT) -> int:
    """Delete finished jobs and queue rows that are older than `keep`."""
    before = at - keep
    DBTaskResult.objects.filter(finished_at__lt=before).delete()
    number, _details = Job.objects.filter(state__in=FINISHED, finished_at__lt=before).delete()
    return number


@transaction.atomic
def _recover(job_id: str, attempt: int, at: dt.datetime) -> None:
    job = Job.objects.locked(job_id)
    if job.state != State.RUNNING or job.attempt != attempt:
        return
    if job.task_id:
        DBTaskResult.objects.filter(pk=job.task_id, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED, finished_at=at
        )
    if job.cancel_requested:
        _give_up(job, State.CANCELLED, _("Dihentikan atas permintaan."), at)
    elif job.attempt >= kind_named(job.kind).attempts:
        _give_up(job, State.FAILED, _("Pekerjaan berulang kali terhenti di tengah jalan."), at)
    else:
        requeue(job, at=at)


def _give_up(job: Job, state: State, sentence: str, at: dt.datetime) -> None:
    job.state = state
    job.sentence = sentence
    job.finished_at = at
    save_changed(job, ["state", "sentence", "finished_at"])


def _lost(job: Job, at: dt.datetime) -> bool:
    host, _separator, process = job.worker.rpartition(":")[0].rpartition(":")
    if host == socket.gethostname()[:60] and process.isdecimal():
        started = job.worker.rpartition(":")[2]
        return job.worker != worker_name() and process_started(int(process)) != started
    return job.heartbeat_at is None or at - job.heartbeat_at > SILENCE


def _worker(interval: float) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=interval,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_name()[:64],
        excluded_queue_names=[],
    )
