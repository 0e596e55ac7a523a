"""Half-open bands: each has a lower threshold, and no value falls between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Band:
    """A named range that begins at `threshold` (`inclusive`) or just above it."""

    name: str
    threshold: Decimal
    inclusive: bool
    passes: bool = True

    def admits(self, value: Decimal) -> bool:
        """Say whether an unrounded value lies at or above the beginning of this band."""
        return value >= self.threshold if self.inclusive else value > self.threshold

    @property
    def beginning(self) -> tuple[Decimal, bool]:
        """Order bands by where they begin: just above 90 is higher than at 90."""
        return (self.threshold, not self.inclusive)


def band_of(bands: Sequence[Band], value: Decimal) -> Band:
    """Return the band of an unrounded value; `bands` go from the highest to the lowest."""
    for band in bands[:-1]:
        if band.admits(value):
            return band
    return bands[-1]


def band_problems(bands: Sequence[Band], *, lowest: Decimal) -> list[str]:
    """Say in sentences why the bands would leave a hole, overlap, or pass below a failure."""
    problems = []
    for higher, lower in pairwise(bands):
        if lower.beginning >= higher.beginning:
            problems.append(
                f"Pita “{lower.name}” harus dimulai di bawah pita “{higher.name}”; "
                "urutkan dari yang tertinggi."
            )
        if lower.passes and not higher.passes:
            problems.append(
                f"Pita “{lower.name}” lulus, padahal pita “{higher.name}” di atasnya tidak lulus."
            )
    if bands and (bands[-1].threshold > lowest or not bands[-1].inclusive):
        problems.append(
            f"Pita terendah “{bands[-1].name}” harus dimulai paling sedikit (at_least) dari "
            f"{lowest}, supaya tidak ada nilai tanpa pita."
        )
    return problems
