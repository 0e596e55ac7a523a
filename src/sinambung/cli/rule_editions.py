"""The codes that a file of marks may use: component, sub-component, aspect and role by edition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sinambung.cli.errors import CommandRefused
from sinambung.pure.rulebook.dates import date_text
from sinambung.pure.rulebook.editions import Law
from sinambung.pure.rulebook.grade_plan import Node, plan_of
from sinambung.pure.rulebook.marks import comma
from sinambung.pure.rulebook.programmes.shipped import (
    NoSuchEdition,
    edition_in_force,
    programme_codes,
    programme_edition,
    programme_editions,
    sample_editions,
)
from sinambung.pure.rulebook.programmes.values import ProgrammeEdition


def edition_named(name: str, *, on: date, law: Law) -> ProgrammeEdition:
    """Return an edition by programme code or key; raise CommandRefused naming all of them."""
    if name.upper() in programme_codes(law):
        return edition_in_force(name.upper(), on=on, law=law)
    try:
        return programme_edition(name, law, on=on)
    except NoSuchEdition:
        known = ", ".join(edition.key for edition in _editions(law))
        raise CommandRefused(
            f"“{name}” bukan nama aturan (lihat sinambung rule list) "
            f"dan bukan kunci edisi: {known}."
        ) from None


def edition_lines(edition: ProgrammeEdition) -> Iterator[str]:
    """Yield an edition with every code as the input of a rule writes it."""
    until = f" sampai sebelum {date_text(edition.until)}" if edition.until else ""
    yield f"{edition.name}, {edition.label} ({edition.key})"
    yield f"Berlaku sejak {date_text(edition.since)}{until}."
    yield "Kode untuk “marks” pada berkas masukan:"
    for code in codes_of(edition):
        named = ", ".join(f"{key} {code[key]}" for key in KEYS if key in code)
        yield f"  {named}: {code['name']}"


def summary_lines(law: Law) -> Iterator[str]:
    """Yield one line an edition: its key and the codes of its components and their parts."""
    yield "Kode komponen (subkomponen) tiap edisi, lengkapnya dengan --edition KUNCI:"
    for edition in _editions(law):
        nodes = [plan_of(component) for component in edition.assessment.components]
        yield f"  {edition.key}: {', '.join(_short(node) for node in nodes) or '-'}"


KEYS = ("component", "sub_component", "aspect", "role")


def codes_of(edition: ProgrammeEdition) -> list[dict[str, str]]:
    """List what may be marked: the keys as the input file writes them, and `name`."""
    nodes = [plan_of(component) for component in edition.assessment.components]
    return [code for node in nodes for code in _codes(node, (node.name,))]


def _codes(node: Node, path: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for part in node.parts:
        yield from _codes(part, (*path, part.name))
    if node.parts:
        return
    item = {key: text for key, text in node.item._asdict().items() if text}
    weight = "" if node.weight is None else f" ({comma(node.weight)}%)"
    name = f"{' › '.join(path)}{weight}"
    raters = [rater for plan in node.raters for rater in (plan.role, *plan.substitutes)]
    for rater in raters:
        yield {**item, "role": rater.role, "name": f"{name}, {rater.name}"}
    if not raters:
        yield {**item, "name": name}


def _short(node: Node) -> str:
    parts = [part.item.aspect or part.item.sub_component for part in node.parts]
    return f"{node.item.component} ({', '.join(parts)})" if parts else node.item.component


def _editions(law: Law) -> tuple[ProgrammeEdition, ...]:
    return (*programme_editions(law), *sample_editions())
