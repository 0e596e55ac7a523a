"""The bridge between official terms and identifiers; `python -m` it to write docs/glossary.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from sinambung.pure.rulebook.editions import LAW_FOLDER, read_toml

HEADING = """# Daftar istilah

Satu istilah resmi, satu kata Inggris di dalam kode. Dibuat dari
`src/sinambung/pure/rulebook/law/glossary.toml` dengan
`python -m sinambung.pure.rulebook.glossary > docs/glossary.md`; jangan diubah di sini.

| istilah resmi | dalam kode | jangan | arti |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Term:
    """An official term, the English identifier for it, and words that identifiers avoid."""

    official: str
    identifier: str
    avoid: tuple[str, ...]
    meaning: str

    @property
    def words(self) -> tuple[str, ...]:
        """Return the single terms of an entry that explains several."""
        return tuple(word.strip() for word in self.official.split(","))


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Return every term in the order of the file."""
    rows = cast(Sequence[Mapping[str, object]], read_toml(LAW_FOLDER / "glossary.toml")["term"])
    return tuple(
        Term(
            official=str(row["official"]),
            identifier=str(row["identifier"]),
            avoid=tuple(cast(Sequence[str], row["avoid"])),
            meaning=str(row["meaning"]),
        )
        for row in rows
    )


def meaning_of(word: str) -> str | None:
    """Return what an official term means, or None when it is not in the glossary."""
    wanted = word.strip().casefold()
    for term in terms():
        for known in term.words:
            name, _, short = known.partition(" (")
            if wanted in (known.casefold(), name.casefold(), short.rstrip(")").casefold()):
                return term.meaning
    return None


def render() -> str:
    """Return the page docs/glossary.md."""
    rows = (
        f"| {term.official} | {_code(term.identifier.split(', '))} | {_code(term.avoid)} "
        f"| {term.meaning} |"
        for term in terms()
    )
    return HEADING + "\n".join(rows) + "\n"


def _code(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


if __name__ == "__main__":
    print(render(), end="")
