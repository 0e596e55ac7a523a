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
SECONDS_BETWEEN_ROUNDS = 60.0

Act = Callable[[dt.datetime], None]


def work(
    *,
    once: bool = False,
    interval: float = 0.5,
    daily: Act | None = None,
    each_minute: Act | None = None,
) -> None:
    """Run waiting jobs until the process is told to stop, or until none waits (`once`).

    Between jobs `daily` is called at the start and then once a day, `each_minute` as its name
    says; `once` calls only `each_minute`, when nothing waits any more.
    """
    worker = _worker(interval)
    if not once:
        worker.configure_signals()
    rhythms = [_Rhythm(SECONDS_BETWEEN_REAPINGS, _reap)]
    if not once:
        rhythms += [_Rhythm(SECONDS_BETWEEN_ROUNDS, each_minute), _Days(daily)]
    while worker.running:
        for rhythm in rhythms:
            rhythm.beat()
        if DBTaskResult.objects.ready().exists():
            worker.run()
        elif once:
            if each_minute:
                each_minute(clock.now())
            return
        else:
            time.sleep(interval)


class _Rhythm:
    """Calls something when so many seconds have passed since the last time."""

    def __init__(self, seconds: float, act: Act | None) -> None:
        self._seconds = seconds
        self._act = act
        self._done_at = -seconds

    def beat(self) -> None:
        if self._act and time.monotonic() - self._done_at >= self._seconds:
            self._act(clock.now())
            self._done_at = time.monotonic()


class _Days(_Rhythm):
    """Calls something when a new day has begun, at the start too."""

    def __init__(self, act: Act | None) -> None:
        super().__init__(0, act)
        self._done_on: dt.date | None = None

    def beat(self) -> None:
        if self._done_on != clock.today():
            self._done_on = clock.today()
            super().beat()


def reap(*, at: dt.datetime) -> int:
    """Put jobs whose worker was killed back into the queue; return how many.

    On this host the process is looked for; a worker elsewhere is taken for dead after ten minutes
    without a sign. A job that has used up its attempts fails instead.
    """
    lost = [job for job in Job.objects.filter(state=State.RUNNING).order_by("id") if _lost(job, at)]
    for job in lost:
        _recover(job.pk, job.attempt, at)
    return len(lost)


def _reap(at: dt.datetime) -> None:
    reap(at=at)


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
