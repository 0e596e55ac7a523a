"""The law as dated tables: which edition was in force on a day, and where it comes from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

from sinambung.pure.rulebook.citations import Citation, Source
from sinambung.pure.rulebook.dates import date_text
from sinambung.pure.rulebook.refusals import RuleRefused

LAW_FOLDER = Path(__file__).parent / "law"
OWN_KEYS = frozenset({"from", "until", "source", "article", "verified"})


class NotInForce(RuleRefused):
    """No edition of the table was in force on the day."""

    def __init__(self, title: str, on: date) -> None:
        super().__init__(f"Belum ada edisi “{title}” yang berlaku pada {date_text(on)}.")


class LawInvalid(RuleRefused):
    """A file of the law, national or local, breaks the rules of this format."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated edition of a table; `until` is exclusive and None while it is open."""

    table: str
    since: date
    until: date | None
    values: Mapping[str, object]
    citation: Citation
    is_local: bool

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Table:
    """All editions of one subject, oldest first; `heading` holds the keys above the editions."""

    name: str
    title: str
    heading: Mapping[str, object]
    editions: tuple[Edition, ...]

    def in_force(self, *, on: date) -> Edition:
        """Return the edition of that day; a local one goes before the national one."""
        edition = self.edition_on(on)
        if edition is None:
            raise NotInForce(self.title, on)
        return edition

    def edition_on(self, day: date) -> Edition | None:
        """Return the edition of a day like `in_force`, or None when there was none."""
        found = [edition for edition in self.editions if edition.covers(day)]
        return next((edition for edition in found if edition.is_local), found[0] if found else None)


class Law:
    """National tables, read when first asked for, with local tables layered over them."""

    def __init__(
        self,
        folder: Path = LAW_FOLDER,
        *,
        tables_in: str = "tables",
        local_tables: Mapping[str, Mapping[str, object]] | None = None,
        local_sources: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        self.folder = folder
        self.tables_in = tables_in
        self.local_tables = dict(local_tables or {})
        self.local_sources = dict(local_sources or {})
        self._tables: dict[str, Table] = {}
        self._sources: dict[str, Source] = {}

    def layered(
        self,
        local_tables: Mapping[str, Mapping[str, object]],
        *,
        sources: Mapping[str, Mapping[str, object]] | None = None,
    ) -> Law:
        """Return this law with local tables (same shape as the TOML files) over it."""
        return Law(
            self.folder,
            tables_in=self.tables_in,
            local_tables={**self.local_tables, **local_tables},
            local_sources={**self.local_sources, **(sources or {})},
        )

    def layered_from(self, folder: Path) -> Law:
        """Layer the tables and sources of a folder that is laid out like `law/`."""
        if not folder.is_dir():
            raise LawInvalid(f"Folder aturan setempat {folder} tidak ada.")
        return self.layered(
            dict(_files_below(folder / "tables")), sources=dict(_files_below(folder / "sources"))
        )

    def table_names(self) -> tuple[str, ...]:
        """List every table, national and local."""
        below = self.folder / self.tables_in
        national = {
            path.relative_to(below).with_suffix("").as_posix() for path in below.rglob("*.toml")
        }
        return tuple(sorted(national | set(self.local_tables)))

    def source(self, key: str) -> Source:
        """Return a source by its key; raise LawInvalid when there is none."""
        if key not in self._sources:
            mapping = self.local_sources.get(key)
            path = self.folder / "sources" / f"{key}.toml"
            if mapping is None and not path.is_file():
                raise LawInvalid(f"Sumber “{key}” tidak dikenal.")
            self._sources[key] = _source_from(key, mapping or read_toml(path))
        return self._sources[key]

    def cite(self, key: str, *, article: str = "", verified: bool | None = None) -> Citation:
        """Cite a place in a source; without a flag of its own it is as verified as the source."""
        source = self.source(key)
        return Citation(
            key, source.title, article, source.verified if verified is None else verified
        )

    def table(self, name: str) -> Table:
        """Return a table by its path below `tables/` without the suffix."""
        if name not in self._tables:
            self._tables[name] = self._read_table(name)
        return self._tables[name]

    def in_force(self, name: str, *, on: date) -> Edition:
        """Return the edition of a table on a day; raise NotInForce when there was none."""
        return self.table(name).in_force(on=on)

    def _read_table(self, name: str) -> Table:
        path = self.folder / self.tables_in / f"{name}.toml"
        local = self.local_tables.get(name)
        national = read_toml(path) if path.is_file() else None
        heading = national or local
        if heading is None:
            raise LawInvalid(f"Tabel “{name}” tidak dikenal.")
        editions = (
            *self._editions(name, national or {}, is_local=False),
            *self._editions(name, local or {}, is_local=True),
        )
        title = str(heading.get("title", name))
        kept = {key: value for key, value in heading.items() if key not in ("title", "edition")}
        return Table(name, title, kept, editions)

    def _editions(
        self, name: str, mapping: Mapping[str, object], *, is_local: bool
    ) -> Iterator[Edition]:
        rows = mapping.get("edition", [])
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise LawInvalid(f"Tabel {name}: “edition” harus daftar edisi.")
        previous_end: date | None = date.min
        for row, following in zip_longest(rows, rows[1:]):
            since = _day(name, row, "from")
            until = _day(name, row, "until") if "until" in row else None
            if until is None and following is not None:
                until = _day(name, following, "from")
            if previous_end is None or since < previous_end or (until and until <= since):
                raise LawInvalid(f"Tabel {name}: edisi sejak {since} tumpang tindih atau terbalik.")
            previous_end = until
            yield Edition(name, since, until, _values(row), self._cited(name, row), is_local)

    def _cited(self, name: str, row: Mapping[str, object]) -> Citation:
        if not isinstance(row.get("source"), str) or not isinstance(row.get("verified"), bool):
            raise LawInvalid(f"Tabel {name}: setiap edisi menyebut source dan verified.")
        return self.cite(
            str(row["source"]),
            article=str(row.get("article", "")),
            verified=row["verified"] is True,
        )


def read_toml(path: Path) -> dict[str, object]:
    """Read a TOML file with exact decimals; raise LawInvalid with one sentence."""
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LawInvalid(f"Berkas aturan {path.name} tidak dapat dibaca: {error}.") from None


def _files_below(folder: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for path in sorted(folder.rglob("*.toml")):
        yield path.relative_to(folder).with_suffix("").as_posix(), read_toml(path)


def _values(row: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key not in OWN_KEYS}


def _day(name: str, row: Mapping[str, object], key: str) -> date:
    value = row.get(key)
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise LawInvalid(f"Tabel {name}: “{key}” harus tanggal, misalnya 2023-01-01.") from None


def _source_from(key: str, mapping: Mapping[str, object]) -> Source:
    missing = [name for name in ("title", "about", "where") if not mapping.get(name)]
    if missing or not isinstance(mapping.get("verified"), bool):
        raise LawInvalid(
            f"Sumber “{key}” belum lengkap: isi title, about, where, checked_on, dan verified."
        )
    return Source(
        key=key,
        title=str(mapping["title"]),
        about=str(mapping["about"]),
        where=str(mapping["where"]),
        checked_on=_day(key, mapping, "checked_on"),
        verified=mapping["verified"] is True,
    )


NATIONAL = Law()
