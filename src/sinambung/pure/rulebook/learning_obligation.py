"""The yearly duty to develop competence, in lesson hours (JP).

Source: PP 11/2017 Pasal 203 (PNS, at least 20 JP); Peraturan LAN 15/2020 (PPPK, at most 24 JP).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.editions import NATIONAL, Law
from sinambung.pure.rulebook.nip import EmployeeKind

ZERO = Decimal(0)
FULL_BAND = 20


@dataclass(frozen=True, slots=True)
class YearlyObligation:
    """A year's hours against the duty; `missing` counts towards the minimum."""

    counted: Decimal
    minimum: Decimal | None
    maximum: Decimal | None
    missing: Decimal
    above_maximum: Decimal
    fulfils: bool
    band: str
    basis: tuple[Citation, ...]
    verified: bool


def yearly_obligation(
    *, hours: Decimal, kind: EmployeeKind, on: date, law: Law = NATIONAL
) -> YearlyObligation:
    """Compare the hours of one calendar year with the duty of PNS or the ceiling of PPPK."""
    edition = law.in_force("learning/obligations", on=on)
    rows = cast(Sequence[Mapping[str, object]], edition.values["rows"])
    row = next(row for row in rows if row["status"] == kind.value)
    minimum, maximum = _number(row.get("minimum")), _number(row.get("maximum"))
    counted = hours if maximum is None else min(hours, maximum)
    missing = max(ZERO, (minimum or ZERO) - hours)
    citation = law.cite(
        str(row["source"]), article=str(row["article"]), verified=row["verified"] is True
    )
    return YearlyObligation(
        counted=counted,
        minimum=minimum,
        maximum=maximum,
        missing=missing,
        above_maximum=hours - counted,
        fulfils=missing == 0,
        band=_band(hours),
        basis=(citation,),
        verified=citation.verified,
    )


def _band(hours: Decimal) -> str:
    if hours == 0:
        return "0 JP"
    return "di atas 0 dan di bawah 20 JP" if hours < FULL_BAND else "20 JP atau lebih"


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
