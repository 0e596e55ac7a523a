"""Employees from a sheet: a chunk at a time, as plain rows, with histories, accounts and trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sinambung.domains.workforce.models import Employee
from sinambung.domains.workforce.queries import DAYS, StoredEmployee, stored_by_nip
from sinambung.domains.workforce.services.adding import add_employees
from sinambung.domains.workforce.services.amending import Amendment, amend_employees
from sinambung.domains.workforce.services.histories import NewPeriods
from sinambung.domains.workforce.services.places import Places
from sinambung.platform.exchange.kinds import Outcome, ReadyRow, Sentence, SheetContext, Verdict

_TAKEN = _("NIP ini sudah dicatat sejak berkas diperiksa. Unggah berkasnya lagi.")
_CHANGED = _("Data pegawai ini berubah sejak berkas diperiksa. Unggah berkasnya lagi.")


def import_employees(*, rows: Sequence[ReadyRow], context: SheetContext) -> list[Outcome]:
    """Record or change the employees of a chunk, inside the caller's transaction.

    A row whose employee was added or changed since the check is refused.
    """
    stored = stored_by_nip((row.key for row in rows), lock=True)
    places = _places(context)
    outcomes: dict[int, Outcome] = {}
    new: list[tuple[ReadyRow, str]] = []
    changed: list[Amendment] = []
    for row in rows:
        known = stored.get(row.key)
        if refusal := _refusal(row, known):
            outcomes[row.number] = Outcome(refusal=refusal)
        elif known is None:
            new.append((row, _unit_id(row, places)))
        else:
            changed.append(_amendment(row, known, places))
    periods = NewPeriods(context.import_id)
    outcomes |= add_employees(rows=new, periods=periods, context=context)
    outcomes |= amend_employees(amendments=changed, periods=periods, context=context)
    periods.write()
    return [outcomes[row.number] for row in rows]


def add_missing_units(*, rows: Sequence[ReadyRow], context: SheetContext) -> None:
    """Create the units that these rows name and that do not exist, each in its own transaction."""
    places = _places(context)
    for row in rows:
        _unit_id(row, places)


def refresh_statistics() -> None:
    """Let the database learn the new distribution of employees, for its plans."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {connection.ops.quote_name(Employee._meta.db_table)}")


def _places(context: SheetContext) -> Places:
    if "places" not in context.memory:
        context.memory["places"] = Places(on=context.on, by=context.by, import_id=context.import_id)
    places: Places = context.memory["places"]
    return places


def _refusal(row: ReadyRow, known: StoredEmployee | None) -> Sentence:
    if row.verdict is Verdict.NEW:
        return _TAKEN if known else ""
    if known is None or known.version != row.values["version"]:
        return _CHANGED
    return ""


def _unit_id(row: ReadyRow, places: Places) -> str:
    """Return the id of the unit made for this row, empty where it existed before."""
    place = row.values.get("place")
    return places.unit_id(tuple(place)) if place else ""


def _amendment(row: ReadyRow, known: StoredEmployee, places: Places) -> Amendment:
    fields: dict[str, Any] = {
        name: dt.date.fromisoformat(value) if value and name in DAYS else value
        for name, value in row.values["fields"].items()
    }
    if unit_id := _unit_id(row, places):
        fields["unit_id"] = unit_id
    return Amendment(row, known, fields, known._replace(**fields, version=known.version + 1))
