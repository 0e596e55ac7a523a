"""Running one job: claim it, tell its progress, keep what came of it."""

from __future__ import annotations

import logging
import os
import socket
import time
from pathlib import Path

from django.db.models import F
from django.utils.translation import gettext as _
from django_tasks import task

from sinambung.platform.foundation import actors, clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound, Refused
from sinambung.platform.identity import queries as identity
from sinambung.platform.identity.access import user_for
from sinambung.platform.jobs.kinds import Cancelled, kind_named
from sinambung.platform.jobs.models import Job, State

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_NOTES = 0.5


@task()
def carry_out(job_id: str) -> None:
    """Run a queued job; do nothing when it is not waiting any more."""
    run_now(job_id)


def run_now(job_id: str) -> Job:
    """Run a waiting job in this process and return it as it ended."""
    if _claim(job_id):
        _run(Job.objects.get(pk=job_id))
    return Job.objects.get(pk=job_id)


def worker_name() -> str:
    """Return host, process and the moment it started: the same number is no other process."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{process_started(os.getpid())}"


def process_started(pid: int) -> str:
    """Return the start of a process in clock ticks, or nothing where there is no such process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[19]


class Handle:
    """The job as its function sees it (`kinds.JobHandle`)."""

    def __init__(self, job: Job) -> None:
        self.id = job.pk
        self.by = _actor(job)
        self.attempt = job.attempt
        self.href = ""
        self.sentence = ""
        self._told_at = 0.0

    def progress(self, done: int, total: int) -> None:
        moment = time.monotonic()
        if done < total and moment - self._told_at < SECONDS_BETWEEN_NOTES:
            return
        self._told_at = moment
        still_ours = Job.objects.filter(
            pk=self.id, attempt=self.attempt, state=State.RUNNING, cancel_requested=False
        ).update(done=done, total=total, heartbeat_at=clock.now())
        if not still_ours:
            raise Cancelled

    def result(self, *, href: str = "", sentence: str = "") -> None:
        self.href = href
        self.sentence = sentence


def _claim(job_id: str) -> bool:
    moment = clock.now()
    claimed = Job.objects.filter(pk=job_id, state=State.QUEUED).update(
        state=State.RUNNING,
        attempt=F("attempt") + 1,
        done_before=F("done"),
        started_at=moment,
        heartbeat_at=moment,
        worker=worker_name(),
        version=F("version") + 1,
    )
    return bool(claimed)


def _run(job: Job) -> None:
    handle = Handle(job)
    try:
        kind_named(job.kind).run(handle, job.payload)
    except Cancelled:
        _end(handle, State.CANCELLED, _("Dihentikan atas permintaan."))
    except NotFound:
        _end(handle, State.FAILED, _("Yang dikerjakan sudah tidak ada."))
    except Refused as refusal:
        _end(handle, State.FAILED, refusal.sentence)
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _end(
            handle,
            State.FAILED,
            _("Pekerjaan terhenti karena kesalahan program; sudah dicatat. Ulangi pekerjaan ini."),
        )
    else:
        _end(handle, State.DONE, handle.sentence)


def _end(handle: Handle, state: State, sentence: str) -> None:
    """Keep how the job ended, unless another worker has taken it over."""
    Job.objects.filter(pk=handle.id, attempt=handle.attempt, state=State.RUNNING).update(
        state=state,
        sentence=sentence,
        result_href=handle.href,
        finished_at=clock.now(),
        version=F("version") + 1,
    )


def _actor(job: Job) -> Actor:
    if not job.requested_by:
        return actors.system(job.requested_by_name)
    user = user_for(actors.system("jobs"), job.requested_by)
    return identity.actor_of(user, on=clock.today())
