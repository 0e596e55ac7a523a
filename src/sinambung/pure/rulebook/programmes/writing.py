"""Write a programme edition as a mapping that JSON can hold, and compare two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal

from sinambung.pure.rulebook.bands import Band
from sinambung.pure.rulebook.programmes.labels import LABELS
from sinambung.pure.rulebook.programmes.values import ProgrammeEdition


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that two editions state differently; None means absent or unknown."""

    path: str
    before: str | None
    after: str | None


def to_mapping(edition: ProgrammeEdition) -> dict[str, object]:
    """Return JSON-safe values (numbers and dates as text) that `parse_edition` reads back."""
    mapping = _plain(edition)
    assert isinstance(mapping, dict)
    assessment = mapping["assessment"]
    assert isinstance(assessment, dict)
    del assessment["basis"]
    return mapping


def _plain(value: object) -> object:
    if isinstance(value, Band):
        start = "at_least" if value.inclusive else "above"
        return {"name": value.name, start: str(value.threshold), "passes": value.passes}
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def differences(before: ProgrammeEdition, after: ProgrammeEdition) -> tuple[Difference, ...]:
    """List what changed, with Indonesian paths; entries of lists are matched by code or name."""
    old = dict(_flat(to_mapping(before), ()))
    new = dict(_flat(to_mapping(after), ()))
    paths = [*old, *(path for path in new if path not in old)]
    return tuple(
        Difference(" › ".join(path), old.get(path), new.get(path))
        for path in paths
        if old.get(path) != new.get(path)
    )


def _flat(
    mapping: Mapping[str, object], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in mapping.items():
        label = LABELS[key]
        if isinstance(value, Mapping):
            yield from _flat(value, (*path, label))
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from _flat_list(value, path, label)
        elif value is not None:
            yield (*path, label), _shown(value)


def _flat_list(
    values: Sequence[object], path: tuple[str, ...], label: str
) -> Iterator[tuple[tuple[str, ...], str]]:
    for number, value in enumerate(values, start=1):
        if isinstance(value, Mapping):
            yield from _flat(value, (*path, f"{label} {_name_of(value)}"))
        else:
            yield (*path, f"{label} {number}"), _shown(value)


def _name_of(value: Mapping[str, object]) -> object:
    keys = ("code", "role", "mode", "name", "title")
    return next(value[key] for key in keys if value.get(key))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return str(value)
