"""The editions that come with the product: national ones, and samples with invented weights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast
from weakref import WeakKeyDictionary

from sinambung.pure.rulebook.editions import NATIONAL, Edition, Law, Table
from sinambung.pure.rulebook.programmes.parsing import parse_edition
from sinambung.pure.rulebook.programmes.values import ProgrammeEdition
from sinambung.pure.rulebook.refusals import RuleRefused

SAMPLES = Law(tables_in="samples")
_parsed: WeakKeyDictionary[Law, dict[tuple[str, date, bool], ProgrammeEdition]] = (
    WeakKeyDictionary()
)


class NoSuchEdition(RuleRefused):
    """Nothing that is shipped has this code or key."""


def programme_codes(law: Law = NATIONAL) -> tuple[str, ...]:
    """List the codes of all programmes of a law, such as `PKP`."""
    return tuple(str(table.heading["code"]) for table in _tables(law))


def programme_editions(law: Law = NATIONAL) -> tuple[ProgrammeEdition, ...]:
    """List every edition of every programme of a law, oldest first within a programme."""
    return tuple(
        _parse(law, table, edition) for table in _tables(law) for edition in table.editions
    )


def sample_editions() -> tuple[ProgrammeEdition, ...]:
    """List the editions for demonstrations; their numbers are invented and say so."""
    return programme_editions(SAMPLES)


def sample_edition(code: str) -> ProgrammeEdition:
    """Return the sample of one programme, such as `PKP`."""
    return programme_edition(f"{code}-contoh")


def programme_edition(key: str, law: Law = NATIONAL, *, on: date | None = None) -> ProgrammeEdition:
    """Return an edition by its key, such as `pkp-2019`; samples end in `-contoh`.

    Where local values complete it, the newest of them that had begun on the day goes first.
    """
    wanted = key.lower().replace(" ", "-")
    found = [
        edition
        for edition in (*programme_editions(law), *sample_editions())
        if edition.key == wanted
    ]
    if not found:
        raise NoSuchEdition(f"Edisi program “{key}” tidak ada.")
    begun = [edition for edition in found if on is None or edition.since <= on]
    return begun[-1] if begun else found[0]


def edition_in_force(code: str, *, on: date, law: Law = NATIONAL) -> ProgrammeEdition:
    """Return the edition of a programme on a day; raise NotInForce when there was none."""
    for table in _tables(law):
        if table.heading["code"] == code:
            return _parse(law, table, table.in_force(on=on))
    raise NoSuchEdition(f"Program “{code}” tidak ada.")


def _tables(law: Law) -> tuple[Table, ...]:
    return tuple(law.table(name) for name in law.table_names() if name.startswith("programmes/"))


def _parse(law: Law, table: Table, edition: Edition) -> ProgrammeEdition:
    known = _parsed.setdefault(law, {})
    key = (table.name, edition.since, edition.is_local)
    if key not in known:
        known[key] = parse_edition(_mapping(law, table, edition))
    return known[key]


def _mapping(law: Law, table: Table, edition: Edition) -> dict[str, object]:
    values = dict(edition.values)
    others = cast(list[Mapping[str, object]], values.pop("also", []))
    basis = [edition.citation.to_mapping()]
    for other in others:
        cited = law.cite(
            str(other["source"]),
            article=str(other.get("article", "")),
            verified=cast(bool | None, other.get("verified")),
        )
        basis.append(cited.to_mapping())
    return {
        **values,
        "code": table.heading["code"],
        "name": table.heading["name"],
        "since": edition.since,
        "until": edition.until,
        "basis": basis,
    }
