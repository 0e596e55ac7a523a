"""Ranks, echelons and position classes, with the codes of SIASN."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.editions import NATIONAL, Law
from sinambung.pure.rulebook.nip import EmployeeKind

_SPLIT = re.compile(r"([IVX]+)[ ./-]*([A-E])?")


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank; `siasn_id` is empty for PPPK, whose codes SIASN's copy does not hold."""

    code: str
    name: str
    kind: EmployeeKind
    siasn_id: str
    order: int

    def __str__(self) -> str:
        return f"{self.name}, {self.code}" if self.name else self.code


@dataclass(frozen=True, slots=True)
class RankTable:
    ranks: tuple[Rank, ...]
    by_code: Mapping[str, Rank]
    by_siasn_id: Mapping[str, Rank]
    basis: tuple[Citation, ...]

    def find(self, text: str) -> Rank | None:
        """Find a rank by code or SIASN id as exports write it: `III/c`, `iii.c`, `33`, `IX`."""
        word = text.strip().lstrip("'")
        if word in self.by_siasn_id:
            return self.by_siasn_id[word]
        match = _SPLIT.fullmatch(word.upper())
        if match is None:
            return None
        code = f"{match[1]}/{match[2].lower()}" if match[2] else match[1]
        return self.by_code.get(code)


@dataclass(frozen=True, slots=True)
class PositionClass:
    """A level of positions (jenjang); managerial ones lead a unit."""

    code: str
    name: str
    is_managerial: bool
    order: int


@dataclass(frozen=True, slots=True)
class PositionTable:
    """Position classes and the SIASN codes that lead to them."""

    classes: Mapping[str, PositionClass]
    by_echelon: Mapping[str, str]
    by_functional_level: Mapping[str, str]
    echelon_names: Mapping[str, str]
    basis: tuple[Citation, ...]

    def class_of(
        self, *, position_kind: str, echelon: str = "", functional_level: str = ""
    ) -> PositionClass | None:
        """Derive the class: structural (1, 3) by echelon, functional (2) by level, 4 executor."""
        if position_kind == "4":
            return self.classes["PELAKSANA"]
        codes = self.by_functional_level if position_kind == "2" else self.by_echelon
        key = functional_level if position_kind == "2" else echelon
        return self.classes.get(codes.get(key, ""))


Rows = list[Mapping[str, object]]


@lru_cache(maxsize=16)
def rank_table(*, on: date, law: Law = NATIONAL) -> RankTable:
    """Return the ranks of PNS and PPPK on a day, lowest first within each kind."""
    edition = law.in_force("workforce/ranks", on=on)
    ranks = tuple(
        Rank(
            code=str(row["code"]),
            name=str(row.get("name", "")),
            kind=EmployeeKind(str(row["kind"])),
            siasn_id=str(row.get("siasn_id", "")),
            order=order,
        )
        for order, row in enumerate(cast(Rows, edition.values["rows"]), start=1)
    )
    return RankTable(
        ranks=ranks,
        by_code={rank.code: rank for rank in ranks},
        by_siasn_id={rank.siasn_id: rank for rank in ranks if rank.siasn_id},
        basis=(edition.citation,),
    )


@lru_cache(maxsize=16)
def position_table(*, on: date, law: Law = NATIONAL) -> PositionTable:
    """Return the position classes of a day and how SIASN's codes lead to them."""
    edition = law.in_force("workforce/positions", on=on)
    values = edition.values
    classes = {
        str(row["code"]): PositionClass(
            code=str(row["code"]),
            name=str(row["name"]),
            is_managerial=row["managerial"] is True,
            order=order,
        )
        for order, row in enumerate(cast(Rows, values["classes"]), start=1)
    }
    echelons = cast(Rows, values["echelons"])
    levels = cast(Rows, values["functional_levels"])
    return PositionTable(
        classes=classes,
        by_echelon={str(row["id"]): str(row["class"]) for row in echelons if row.get("class")},
        by_functional_level={str(row["id"]): str(row["class"]) for row in levels},
        echelon_names={str(row["id"]): str(row["name"]) for row in echelons},
        basis=(edition.citation,),
    )


@lru_cache(maxsize=64)
def code_list(name: str, *, on: date, law: Law = NATIONAL) -> Mapping[str, str]:
    """Return a plain list of codes, such as `workforce/education-levels`: id to name."""
    edition = law.in_force(name, on=on)
    return {str(row["id"]): str(row["name"]) for row in cast(Rows, edition.values["rows"])}
