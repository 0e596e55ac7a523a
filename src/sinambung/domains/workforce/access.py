"""Which employees an actor may see or change: the actor's own record, or those of its units."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sinambung.domains.workforce.models import Employee
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.queries import unit_scope


def employees_visible_to(
    actor: Actor, capability: Capability = Capability.VIEW_EMPLOYEES
) -> QuerySet[Employee]:
    """Return the employees in the units where the capability holds, in the order of names."""
    return employees_in(unit_scope(actor, capability))


def employees_in(units: list[str] | None) -> QuerySet[Employee]:
    """Return the employees of units, all without them, in the order of names."""
    employees = Employee.objects.order_by("name", "id")
    return employees if units is None else employees.filter(unit_id__in=units)


def employee_for(actor: Actor, id: str, capability: Capability) -> Employee:
    """Return an employee that the actor may use for this; everybody may view the own record.

    Raises `NotFound` for an unknown one and for one out of reach alike.
    """
    condition = Q(pk=id)
    employee = Employee.objects.select_related("unit").filter(condition).first()
    if employee is None:
        raise NotFound
    if employee.account_id and employee.account_id == actor.id and capability in _OWN:
        return employee
    paths = actor.paths(capability)
    if paths is not None and not employee.unit.path.startswith(paths or ("\0",)):
        raise NotFound
    return employee


_OWN = frozenset({Capability.USE, Capability.VIEW_EMPLOYEES})
