"""Which jobs an actor may see: the actor's own, or all with the capability."""

from __future__ import annotations

from django.db.models import QuerySet

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.jobs.models import Job


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    """Return the actor's own jobs, or all of them for who watches over background work."""
    if actor.may(Capability.VIEW_JOBS) and actor.paths(Capability.VIEW_JOBS) is None:
        return Job.objects.order_by("-id")
    if not actor.id:
        return Job.objects.none()
    return Job.objects.filter(requested_by=actor.id).order_by("-id")


def job_for(actor: Actor, id: str) -> Job:
    """Return a job that the actor may see and steer."""
    job = jobs_visible_to(actor).filter(pk=id).first()
    if job is None:
        raise NotFound
    return job
