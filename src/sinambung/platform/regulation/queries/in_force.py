"""The law as it holds here: confirmed local values over the national editions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.regulation import editions
from sinambung.platform.regulation.completing import LocalTable, completed
from sinambung.platform.regulation.models import LocalEdition, LocalState
from sinambung.platform.regulation.queries import local_law_files
from sinambung.pure.rulebook.editions import NATIONAL, Law


def edition_for(edition_key: str) -> editions.EditionFacts:
    """Return an edition by its key."""
    for facts in editions.all_editions():
        if facts.key == edition_key:
            return facts
    raise NotFound


def completed_scheme(
    *, edition_key: str, mapping: Mapping[str, Any], on: dt.date
) -> dict[str, Any]:
    """Return an edition's mapping, or its assessment scheme alone, with confirmed local values.

    Each value brings its document into `basis` and counts as verified. The mapping given is not
    changed: a batch that froze an earlier one keeps it.
    """
    return completed(mapping, confirmed_tables(edition_key=edition_key, on=on))


def confirmed_tables(*, edition_key: str, on: dt.date) -> tuple[LocalTable, ...]:
    """Return the confirmed values of an edition in force on a day, one table a subject."""
    return tuple(tables_by_edition(on, edition_key)[edition_key])


def local_value(*, edition_key: str, subject: str, cell: str, on: dt.date) -> str | None:
    """Return one confirmed local value, such as the number of best participants (`best`)."""
    for table in confirmed_tables(edition_key=edition_key, on=on):
        if table.subject == subject and table.values.get(cell):
            return table.values[cell]
    return None


def local_law(*, on: dt.date) -> Law:
    """Return the national law with the confirmed local values of a day layered over it."""
    entries = _confirmed(effective_on__lte=on)
    tables, sources = local_law_files.layers(entries)
    return NATIONAL.layered(tables, sources=sources) if tables else NATIONAL


def law_archive() -> bytes:
    """Return a ZIP of all confirmed local values as TOML, laid out for `rule compute --law`."""
    return local_law_files.archive(_confirmed())


def tables_by_edition(on: dt.date, edition_key: str = "") -> dict[str, list[LocalTable]]:
    """For each edition the latest confirmed table of each subject that has begun by the day."""
    conditions = {"edition_key": edition_key} if edition_key else {}
    latest: dict[tuple[str, str], LocalTable] = {}
    for entry in _confirmed(effective_on__lte=on, **conditions):
        latest[(entry.edition_key, entry.subject)] = local_law_files.table_of(entry)
    found: dict[str, list[LocalTable]] = defaultdict(list)
    for (key, _subject), table in latest.items():
        found[key].append(table)
    return found


def _confirmed(**conditions: Any) -> list[LocalEdition]:
    found = LocalEdition.objects.filter(state=LocalState.CONFIRMED, **conditions)
    return list(found.order_by("edition_key", "effective_on", "id"))
