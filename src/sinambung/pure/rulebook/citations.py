"""Where a value of the law comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """A document that states law or practice; `checked_on` is the day somebody last read it."""

    key: str
    title: str
    about: str
    where: str
    checked_on: date
    verified: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in a source; `str()` is what the screen shows after "Dasar:"."""

    source: str
    title: str
    article: str = ""
    verified: bool = False

    def __str__(self) -> str:
        return f"{self.title}, {self.article}" if self.article else self.title

    def to_mapping(self) -> dict[str, object]:
        """Return JSON-safe values that `citation_from` reads back."""
        return {
            "source": self.source,
            "title": self.title,
            "article": self.article,
            "verified": self.verified,
        }


def citation_from(mapping: Mapping[str, object]) -> Citation:
    """Read a citation that `Citation.to_mapping` wrote."""
    return Citation(
        source=str(mapping.get("source", "")),
        title=str(mapping["title"]),
        article=str(mapping.get("article", "")),
        verified=mapping.get("verified") is True,
    )
