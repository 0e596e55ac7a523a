"""The ranking of a batch, with declared tie-breaks and shared ranks.

Source: none of LAN is publicly known; the tie-breaks are those that the scheme states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.grades import FinalGrade
from sinambung.pure.rulebook.programmes.values import TieBreak


@dataclass(frozen=True, slots=True)
class Place:
    """One participant's place; `decided_by` names the tie-break that set it apart, if any."""

    participant: str
    rank: int
    value: Decimal
    shared: bool
    decided_by: str


@dataclass(frozen=True, slots=True)
class Ranking:
    places: tuple[Place, ...]
    basis: tuple[Citation, ...]
    verified: bool


def ranking(grades: Mapping[str, FinalGrade], *, tie_breaks: Sequence[TieBreak] = ()) -> Ranking:
    """Order participants by their unrounded final grade, then by the points of each tie-break.

    Who stays equal after all of them shares the rank, and the next rank is left out (1, 2, 2, 4).
    Participants without a final grade, or who do not pass, have no place.
    """
    keys = {
        participant: _key(grade, tie_breaks)
        for participant, grade in grades.items()
        if grade.value is not None and grade.passes
    }
    ordered = sorted(sorted(keys), key=keys.__getitem__, reverse=True)
    groups = [tuple(group) for _, group in groupby(ordered, key=keys.__getitem__)]
    places: list[Place] = []
    for position, group in enumerate(groups):
        decided = _decided_by(groups, position, keys, tie_breaks)
        rank = len(places) + 1
        places += [
            Place(participant, rank, keys[participant][0], len(group) > 1, decided)
            for participant in group
        ]
    first = next(iter(grades.values()), None)
    return Ranking(
        places=tuple(places),
        basis=first.basis if first else (),
        verified=all(grade.verified for grade in grades.values()),
    )


def _key(grade: FinalGrade, tie_breaks: Sequence[TieBreak]) -> tuple[Decimal, ...]:
    assert grade.value is not None
    return (
        grade.value,
        *(
            sum((grade.points.get(code, Decimal(0)) for code in tie.components), Decimal(0))
            for tie in tie_breaks
        ),
    )


def _decided_by(
    groups: Sequence[Sequence[str]],
    position: int,
    keys: Mapping[str, tuple[Decimal, ...]],
    tie_breaks: Sequence[TieBreak],
) -> str:
    own = keys[groups[position][0]]
    neighbours = [groups[i] for i in (position - 1, position + 1) if 0 <= i < len(groups)]
    depths = [
        next(
            depth
            for depth, pair in enumerate(zip(own, keys[group[0]], strict=True))
            if pair[0] != pair[1]
        )
        for group in neighbours
    ]
    deepest = max(depths, default=0)
    return tie_breaks[deepest - 1].name if deepest else ""
