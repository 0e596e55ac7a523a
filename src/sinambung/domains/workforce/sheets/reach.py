"""Whose rows the importer may still change at the time of applying."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sinambung.domains.workforce import queries
from sinambung.domains.workforce.queries import UnitIndex
from sinambung.domains.workforce.queries.units import UnitRow
from sinambung.platform.exchange.kinds import ReadyRow, SheetContext
from sinambung.platform.identity.capabilities import Capability

BEYOND = _(
    "Unit kerja ini tidak lagi dalam wewenang Anda. "
    "Minta pengelola kepegawaian unit itu yang mengimpornya."
)
_UNIT = queries.FIELDS.index("unit_id")
Paths = tuple[str, ...] | None


def within(unit: UnitRow | None, paths: Paths) -> bool:
    """Whether a unit lies in these subtrees (`None`: everywhere)."""
    if paths is None:
        return True
    return unit is not None and unit.path.startswith(paths or ("\0",))


def beyond_reach(rows: Sequence[ReadyRow], context: SheetContext) -> set[int]:
    """Return the numbers of the rows with a unit, former or new, where the role does not hold."""
    paths = context.by.paths(Capability.MANAGE_EMPLOYEES)
    if paths is None:
        return set()
    if "reach" not in context.memory:
        context.memory["reach"] = queries.unit_index(on=context.on)
    units: UnitIndex = context.memory["reach"]
    stored = queries.stored_by_nip(row.key for row in rows)
    beyond = set()
    for row in rows:
        known = stored.get(row.key)
        former = [units.by_id.get(known.unit_id)] if known else []
        if not all(within(unit, paths) for unit in (*former, *_named(row, units))):
            beyond.add(row.number)
    return beyond


def _named(row: ReadyRow, units: UnitIndex) -> list[UnitRow | None]:
    """Return the unit that a row puts somebody into, or the agency of one to be created."""
    if place := row.values.get("place"):
        return [units.agencies.get(queries.Place(*place).agency.lower())]
    stated = row.values.get("new")
    id = stated[_UNIT] if stated else row.values.get("fields", {}).get("unit_id")
    return [units.by_id.get(id)] if id else []
