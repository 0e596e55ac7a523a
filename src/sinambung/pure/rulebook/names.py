"""Names of people with titles before and after, as Indonesian documents write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TITLE = re.compile(
    r"(?:[A-Z][A-Za-z]{0,6}\.(?:[A-Za-z]{1,7}\.)*[A-Za-z]{0,7}|[A-Z]{2,5}|[SM][A-Z][a-z]{1,4}|Ners|Apt|Ak)\.?"
    r"(?:\([A-Za-z. ]+\))?"
)
_BEFORE = re.compile(r"(?:(?:Prof|Dr|dr|drg|drh|Drs|Dra|Ir|H|Hj|apt|Apt|Ns|KH|Pdt|R)\.\s*)+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name without titles, and the titles in front of and behind it."""

    name: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return full_name(name=self.name, before=self.before, after=self.after)


def full_name(*, name: str, before: str = "", after: str = "") -> str:
    """Join titles and name: `Dr. Siti Aminah, S.H., M.Si.`; empty titles leave no trace."""
    front = " ".join(f"{before} {name}".split())
    behind = " ".join(after.strip().strip(",").split())
    return f"{front}, {behind}" if behind else front


def split_name(text: str) -> PersonName:
    """Take titles off a full name; a lone first letter such as `M.` stays part of the name."""
    words = " ".join(text.split())
    front, _, behind = words.partition(",")
    match = _BEFORE.match(front)
    before = match[0].strip() if match and match.end() < len(front) else ""
    name = front[len(match[0]) :] if match and before else front
    titles = [title.strip() for title in behind.split(",") if title.strip()]
    if not all(_TITLE.fullmatch(title) for title in titles):
        return PersonName(words)
    return PersonName(name.strip(), before, ", ".join(titles))
