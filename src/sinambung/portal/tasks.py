"""Background work of the portal."""

from __future__ import annotations

from sinambung.platform.jobs.kinds import JobHandle, JobKind, Payload
from sinambung.portal import services
from sinambung.portal.trail import CHECK


def check_trail(job: JobHandle, payload: Payload) -> None:
    services.run_check(job)


CHECK_TRAIL = JobKind(CHECK, check_trail)
