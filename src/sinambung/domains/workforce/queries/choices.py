"""What the forms of workforce offer to choose from."""

from __future__ import annotations

import datetime as dt

from sinambung.domains.workforce.models import Employment, PositionClass
from sinambung.domains.workforce.queries.details import EmployeePage
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.models import Unit
from sinambung.pure.rulebook.ranks import position_table


def employment_choices() -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in Employment]


def class_choices() -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in PositionClass]


def echelon_choices(*, on: dt.date) -> list[tuple[str, str]]:
    """Return the echelons by name, and none for positions without."""
    names = {name for name in position_table(on=on).echelon_names.values() if "." in name}
    return [("", "–"), *((name, name) for name in sorted(names))]


def unit_choices(actor: Actor) -> list[tuple[str, str]]:
    """Return the units in force to which the actor may move somebody: id and full name."""
    paths = actor.paths(Capability.MANAGE_EMPLOYEES)
    rows = list(Unit.objects.filter(until=None).order_by("path").values_list("id", "name", "path"))
    depth = {path: path.count("/") for _id, _name, path in rows}
    return [
        (id, f"{'— ' * (depth[path] - 1)}{name}")
        for id, name, path in rows
        if paths is None or path.startswith(paths or ("\0",))
    ]


def editable_details(page: EmployeePage) -> dict[str, str]:
    """Return the fields of the correction form as they stand."""
    return {
        "name": page.card.name,
        "title_before": page.title_before,
        "title_after": page.title_after,
        "birth_place": page.card.birth_place,
        "employment": page.card.employment,
        "legal_status": page.legal_status,
        "email": page.card.email,
        "phone": page.card.phone,
    }
