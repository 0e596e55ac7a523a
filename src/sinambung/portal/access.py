"""Which entries of the trail an actor may read.

A holder of VIEW_TRAIL everywhere reads all; within units, what concerns the batches hosted there,
the people and the units there. Everybody reads what was done to their own data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from sinambung.domains.training import access as training
from sinambung.domains.workforce import access as workforce
from sinambung.domains.workforce import queries as employees
from sinambung.platform.audit import queries as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity import queries as identity
from sinambung.platform.identity.capabilities import Capability

if TYPE_CHECKING:
    from sinambung.platform.audit.models import Entry

DECIDED = ("decided", "finished")
SECRET_UNTIL_DECIDED = (
    "training.mark_",
    "training.remark_",
    "training.grades_",
    "training.decision_",
)


def entries_visible_to(actor: Actor) -> QuerySet[Entry]:
    """Return the entries in the reach of VIEW_TRAIL, newest first."""
    entries = audit.entries_about()
    if not actor.may(Capability.VIEW_TRAIL):
        return entries.none()
    units = identity.unit_scope(actor, Capability.VIEW_TRAIL)
    if units is None:
        return entries
    batches = training.batches_visible_to(actor, Capability.VIEW_TRAIL).order_by().values("pk")
    people = workforce.employees_in(units).order_by().values("pk")
    return entries.filter(
        Q(context_id__in=batches)
        | Q(person_id__in=people)
        | Q(subject_id__in=units)
        | Q(actor_id=actor.id)
    )


def own_entries(actor: Actor) -> QuerySet[Entry]:
    """Return what was done to the actor's account and employee record.

    Marks and proposed decisions of a batch stay hidden until its graduation is decided.
    """
    if not actor.id:
        raise NotFound
    mine = Q(subject_id=actor.id)
    employee_id = own_employee_id(actor)
    if employee_id:
        mine |= Q(person_id=employee_id)
    return audit.entries_about().filter(mine).exclude(_still_secret(actor))


def person_entries(actor: Actor, employee_id: str) -> QuerySet[Entry]:
    """Return the trail of a person in reach, or the actor's own."""
    if employee_id == own_employee_id(actor):
        return own_entries(actor)
    workforce.employee_for(actor, employee_id, Capability.VIEW_TRAIL)
    return audit.entries_about(person_id=employee_id)


def batch_entries(actor: Actor, batch_id: str) -> QuerySet[Entry]:
    """Return the trail of a batch in reach."""
    training.batch_for(actor, batch_id, Capability.VIEW_TRAIL)
    return audit.entries_about(context_id=batch_id)


def object_entries(actor: Actor, subject_id: str) -> QuerySet[Entry]:
    """Return the trail of any object in reach."""
    return _known(entries_visible_to(actor).filter(subject_id=subject_id))


def _still_secret(actor: Actor) -> Q:
    undecided = training.own_participations(actor).exclude(batch__state__in=DECIDED)
    secret = Q()
    for beginning in SECRET_UNTIL_DECIDED:
        secret |= Q(action__startswith=beginning)
    return secret & Q(context_id__in=undecided.order_by().values("batch_id"))


def own_employee_id(actor: Actor) -> str:
    """Return the employee record of the account, empty when there is none."""
    return employees.employee_id_of_account(actor.id) if actor.id else ""


def _known(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Without any entry in reach an object is unknown: forbidden and missing look the same."""
    if not entries.exists():
        raise NotFound
    return entries
