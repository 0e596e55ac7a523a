"""Marks of the sample batches: believable, the same every time, with the cases that matter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

_HALF = Decimal("0.5")


def sample_mark(*, level: float, chance: Random) -> Decimal:
    """Return a mark in halves at most 2 away from a level."""
    value = min(98.0, max(55.0, level + chance.uniform(-2.0, 2.0)))
    return Decimal(round(value * 2)) * _HALF


def sample_abilities(count: int, *, seed: int) -> list[float]:
    """Return the abilities of a batch: most good, some excellent, one weak."""
    chance = Random(seed)  # noqa: S311
    abilities = [min(95.0, max(78.0, chance.gauss(86.5, 3.6))) for _ in range(count)]
    if count > 5:
        abilities[chance.randrange(count)] = 94.6
        abilities[chance.randrange(count)] = 73.0
    return abilities


def sample_marks(
    *, cells: Sequence[str], abilities: Sequence[float], seed: int
) -> list[dict[str, Decimal]]:
    """Return one mapping from cell to mark per ability; raters of one item stay close together."""
    chance = Random(seed)  # noqa: S311
    rows = []
    for ability in abilities:
        seen: dict[str, float] = {}
        row = {}
        for cell in cells:
            item = cell.partition("@")[0]
            level = seen.setdefault(item, min(97.0, max(60.0, chance.gauss(ability, 2.4))))
            row[cell] = sample_mark(level=level, chance=chance)
        rows.append(row)
    return rows
