"""What the confirmed local values would change in the scheme of a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sinambung.domains.training.models import Batch
from sinambung.domains.training.queries.schemes import scheme_of
from sinambung.platform.regulation import queries as regulation
from sinambung.pure.rulebook.programmes.labels import LABELS

QUIET = ("verified", "basis", "bands_verified", "attendance_verified")


@dataclass(frozen=True, slots=True)
class SchemeChange:
    """One value of the scheme as it is and as it would become; empty text where unknown."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LocalValuesPage:
    """`missing` says what the scheme still lacks before, `changes` what adopting would do."""

    batch: Batch
    missing: tuple[str, ...]
    changes: tuple[SchemeChange, ...]
    confirms: bool
    may_adopt: bool


def adoptable_scheme(batch: Batch, *, on: dt.date) -> dict[str, Any]:
    """Return the batch's scheme with the local values that are in force for it on a day."""
    return regulation.completed_scheme(
        edition_key=batch.edition.key, mapping=batch.scheme, on=min(on, batch.ends_on)
    )


def local_values_page(batch: Batch, *, on: dt.date) -> LocalValuesPage:
    """Return what adopting the local values would change, to be looked at first."""
    after = adoptable_scheme(batch, on=on)
    return LocalValuesPage(
        batch=batch,
        missing=scheme_of(batch).missing,
        changes=tuple(scheme_changes(batch.scheme, after)),
        confirms=after != batch.scheme,
        may_adopt=batch.marks_closed_at is None,
    )


def scheme_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[SchemeChange]:
    """Yield every value that differs, named by the path an official reads."""
    old, new = dict(_flat(before, ())), dict(_flat(after, ()))
    for path in {**old, **new}:
        if old.get(path, "") != new.get(path, ""):
            yield SchemeChange(" › ".join(path), old.get(path, ""), new.get(path, ""))


def _flat(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in QUIET:
                yield from _flat(inner, (*path, str(LABELS.get(key, key))))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, inner in enumerate(value, start=1):
            name = inner.get("name", number) if isinstance(inner, Mapping) else number
            yield from _flat(inner, (*path[:-1], str(name)))
    elif value is not None and value != "":
        yield path, str(value)
