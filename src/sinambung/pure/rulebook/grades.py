"""The result of grading one participant, with its working."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.marks import GradeWithheld, comma

DISPLAY = Context(prec=60, rounding=ROUND_HALF_UP)
TWO_DECIMALS = Decimal("0.01")


class Step(NamedTuple):
    """One line of the working; `parts` are (weight in percent or None, what, mark)."""

    name: str
    parts: tuple[tuple[Decimal | None, str, Decimal], ...]
    value: Decimal
    note: str = ""

    @property
    def text(self) -> str:
        """Write the line as an official would: `Jurnal = 60% × 87 (Isi) + ... = 87,6`."""
        terms = " + ".join(
            f"{comma(mark)} ({what})"
            if weight is None
            else f"{comma(weight)}% × {comma(mark)} ({what})"
            for weight, what, mark in self.parts
        )
        middle = f" = {terms}" if terms else ""
        return f"{self.name}{middle} = {comma(self.value)}{self.note}"


@dataclass(frozen=True, slots=True)
class FinalGrade:
    """The result of one participant; `value` is unrounded and None when withheld or not graded.

    `components` holds the mark of each component by code, `points` what each weighted one gave;
    `failed` names the prerequisites that are not met.
    """

    value: Decimal | None
    distinction: str
    passes: bool
    components: Mapping[str, Decimal]
    points: Mapping[str, Decimal]
    failed: tuple[str, ...]
    working: tuple[Step, ...]
    basis: tuple[Citation, ...]
    verified: bool
    withheld: tuple[GradeWithheld, ...] = ()

    @property
    def shown(self) -> Decimal | None:
        """Round half up to two decimals, for display only; nothing is decided by it."""
        return None if self.value is None else self.value.quantize(TWO_DECIMALS, context=DISPLAY)
