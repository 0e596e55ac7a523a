"""Marks of the sample batches: believable, the same every time, with the cases that matter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

_HALF = Decimal("0.5")


def sample_mark(*, ability: float, chance: Random) -> Decimal:
    """Return a mark in halves around an ability (60 to 97), never above 98."""
    value = min(98.0, max(55.0, chance.gauss(ability, 2.4)))
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
    """Return one mapping from cell to mark per ability."""
    chance = Random(seed)  # noqa: S311
    return [
        {cell: sample_mark(ability=ability, chance=chance) for cell in cells}
        for ability in abilities
    ]
