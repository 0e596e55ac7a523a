"""The background work of imports; each makes one service call."""

from __future__ import annotations

from sinambung.platform.exchange import services
from sinambung.platform.jobs.kinds import JobHandle, JobKind, Payload


def stage(job: JobHandle, payload: Payload) -> None:
    services.run_stage(str(payload["import_id"]), job=job)


def apply(job: JobHandle, payload: Payload) -> None:
    services.run_apply(str(payload["import_id"]), job=job)


def undo(job: JobHandle, payload: Payload) -> None:
    services.run_undo(str(payload["import_id"]), job=job)


KINDS = (
    JobKind("exchange.stage", stage),
    JobKind("exchange.apply", apply),
    JobKind("exchange.undo", undo),
)
