"""The programme editions whose values are asked for: the national ones, and those of upper apps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sinambung.pure.rulebook.programmes import programme_editions, to_mapping


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """One edition: its key, what people call it, and the mapping that `parse_edition` reads."""

    key: str
    title: str
    mapping: Mapping[str, Any]


Reader = Callable[[], Iterable[EditionFacts]]
_readers: list[Reader] = []


def read_with(reader: Reader) -> None:
    """Let an upper app add the editions that an organiser copied (from its `ready`)."""
    if reader not in _readers:
        _readers.append(reader)


def all_editions() -> tuple[EditionFacts, ...]:
    """Return every edition once, the national ones first."""
    found = {facts.key: facts for facts in national()}
    for reader in _readers:
        for facts in reader():
            found.setdefault(facts.key, facts)
    return tuple(found.values())


@lru_cache(maxsize=1)
def national() -> tuple[EditionFacts, ...]:
    """Return the editions that come with the product."""
    return tuple(
        EditionFacts(edition.key, edition.title, to_mapping(edition))
        for edition in programme_editions()
    )
