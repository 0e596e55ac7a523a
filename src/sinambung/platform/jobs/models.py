"""Background work as people see it: what, for whom, how far."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.aggregates import Aggregate


class State(models.TextChoices):
    QUEUED = "queued", _("Menunggu")
    RUNNING = "running", _("Berjalan")
    DONE = "done", _("Selesai")
    FAILED = "failed", _("Gagal")
    CANCELLED = "cancelled", _("Dihentikan")


FINISHED = (State.DONE.value, State.FAILED.value, State.CANCELLED.value)


class Job(Aggregate):
    """One piece of work. `worker` names host, process and its start, so that a killed one is told
    from a slow one. `task_id` is the row of the queue that carries it. `done_before` is how far
    earlier attempts came, so that the remaining time is told from the pace of this one."""

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    done_before = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    requested_by = models.CharField(max_length=26, blank=True)
    requested_by_name = models.CharField(max_length=200)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    task_id = models.CharField(max_length=36, blank=True)
    cancel_requested = models.BooleanField(default=False)
    result_href = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "id"], name="jobs_state"),
            models.Index(fields=["requested_by", "id"], name="jobs_requested_by"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED
