"""What a calculation is: a rule with its input described, so that anybody can compute it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import cast

from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.editions import NATIONAL, Edition, Law
from sinambung.pure.rulebook.mapping_reader import MappingReader
from sinambung.pure.rulebook.refusals import RuleRefused

Schema = Mapping[str, object]


class InputRefused(RuleRefused):
    """The input does not fit the calculation; `problems` says why, one sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(f"Masukan belum dapat dihitung. {problems[0]}")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result anybody can check; `value` is JSON-safe, exact numbers are texts."""

    value: object
    working: tuple[str, ...]
    basis: tuple[Citation, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Calculation:
    """A public rule by name; `sources` are keys of the law, `input` is a JSON Schema.

    `tables` names the tables that it reads, or the folder of them.

    `work` names `module.function` in this package, imported when first computed: listing the
    rules must stay quick.
    """

    name: str
    title: str
    sources: tuple[str, ...]
    input: Schema
    work: str
    tables: tuple[str, ...] = ()

    def basis(self, law: Law = NATIONAL) -> tuple[Citation, ...]:
        """Cite what the rule rests on in general; an outcome cites what it used."""
        return tuple(law.cite(key) for key in self.sources)

    def editions(self, *, on: date, law: Law = NATIONAL) -> tuple[Edition, ...]:
        """Return the editions of the tables it reads that are in force on a day."""
        read = [law.table(name) for name in law.table_names() if name.startswith(self.tables)]
        found = (table.edition_on(on) for table in read)
        return tuple(edition for edition in found if edition is not None)

    def compute(self, mapping: Mapping[str, object], *, on: date, law: Law = NATIONAL) -> Outcome:
        """Compute from a JSON object; raise InputRefused or another RuleRefused."""
        properties = self.input["properties"]
        assert isinstance(properties, Mapping)
        labels = {key: str(part["title"]) for key, part in _parts(properties)}
        reader = MappingReader(mapping, labels=labels, problems=[])
        for key in properties:
            reader.get(key)
        reader.refuse_the_rest()
        outcome = self._function()(reader, on, law)
        accept(reader)
        return outcome

    def _function(self) -> Work:
        module, name = self.work.split(".")
        imported = import_module(f"sinambung.pure.rulebook.calculations.{module}")
        return cast(Work, getattr(imported, name))


Work = Callable[[MappingReader, date, Law], Outcome]


def accept(reader: MappingReader) -> None:
    """Raise InputRefused when reading has found problems."""
    if reader.problems:
        raise InputRefused(tuple(reader.problems))


def _parts(properties: Mapping[str, object]) -> list[tuple[str, Mapping[str, object]]]:
    found: list[tuple[str, Mapping[str, object]]] = []
    for key, part in properties.items():
        assert isinstance(part, Mapping)
        found.append((key, part))
        deeper = part.get("items", part)
        if isinstance(deeper, Mapping) and isinstance(deeper.get("properties"), Mapping):
            found += _parts(deeper["properties"])
    return found


def schema(*, required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """Write the JSON Schema of an object."""
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": properties,
    }


def field(title: str, kind: str | list[str] = "string", **more: object) -> Schema:
    """Write the JSON Schema of one value, with its Indonesian title."""
    return {"title": title, "type": kind, **more}


def number(title: str) -> Schema:
    """Describe an exact number: a JSON number or a text such as "87.5"."""
    return field(title, ["number", "string"])


def objects(title: str, *, required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """Describe a list of objects."""
    return {"title": title, "type": "array", "items": schema(required=required, **properties)}
