"""The background work of imports; each makes one service call."""

from __future__ import annotations

from sinambung.platform.exchange import access, services
from sinambung.platform.jobs.kinds import JobHandle, JobKind, Payload


def stage(job: JobHandle, payload: Payload) -> None:
    services.run_stage(str(payload["import_id"]), job=job)


def apply(job: JobHandle, payload: Payload) -> None:
    services.run_apply(str(payload["import_id"]), job=job)


def undo(job: JobHandle, payload: Payload) -> None:
    services.run_undo(str(payload["import_id"]), job=job)


KINDS = (
    JobKind("exchange.stage", stage, opens=access.addresses_open_to),
    JobKind("exchange.apply", apply, opens=access.addresses_open_to),
    JobKind("exchange.undo", undo, opens=access.addresses_open_to),
)
