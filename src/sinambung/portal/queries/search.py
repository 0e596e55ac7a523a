"""One search over everything the actor may see."""

from __future__ import annotations

from dataclasses import dataclass

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Hit
from sinambung.platform.identity.capabilities import Capability
from sinambung.portal.queries import sources

SHORTEST = 2
LONGEST = 100
NIP_LIKE = 6


@dataclass(frozen=True, slots=True)
class HitGroup:
    title: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`is_short` when the text is too short to look for."""

    text: str
    groups: tuple[HitGroup, ...]
    is_short: bool

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)

    @property
    def only(self) -> Hit | None:
        """The single find, if there is just one."""
        hits = [hit for group in self.groups for hit in group.hits]
        return hits[0] if len(hits) == 1 else None


def search_page(actor: Actor, text: str, *, limit: int = 10) -> SearchPage:
    """Return what a text finds, grouped by kind.

    Digits that may be the beginning of a NIP find nothing for people who may not see employees:
    otherwise numbers could be tried out one by one.
    """
    words = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    if len(words) < SHORTEST:
        return SearchPage(words, (), is_short=True)
    if _tries_numbers(words) and not actor.may(Capability.VIEW_EMPLOYEES):
        return SearchPage(words, (), is_short=False)
    found: dict[str, list[Hit]] = {}
    seen: set[str] = set()
    for source in sources.SEARCHES:
        for hit in source(actor, words, limit=limit):
            if hit.href not in seen:
                found.setdefault(hit.kind, []).append(hit)
            seen.add(hit.href)
    groups = tuple(HitGroup(kind, tuple(hits)) for kind, hits in found.items())
    return SearchPage(words, groups, is_short=False)


def _tries_numbers(words: str) -> bool:
    digits = words.replace(" ", "")
    return digits.isdecimal() and len(digits) >= NIP_LIKE
