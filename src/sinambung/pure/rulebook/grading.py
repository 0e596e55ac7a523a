"""The final grade of a participant: weighted marks, deductions, prerequisites and the band.

Source: the assessment scheme of the programme edition that the batch is pinned to (for PKP the
annex of Keputusan Kepala LAN 2/K.1/PDP.07/2023).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext

from sinambung.pure.rulebook.grade_calculation import EXACT, Calculation
from sinambung.pure.rulebook.grade_plan import plan_of
from sinambung.pure.rulebook.grades import FinalGrade, Step
from sinambung.pure.rulebook.marks import (
    BandsMissing,
    GradeWithheld,
    Item,
    MarkKey,
    MarkMissing,
    MarkRefused,
    RatersTooFarApart,
    WeightMissing,
    comma,
)
from sinambung.pure.rulebook.programmes.values import AssessmentScheme

__all__ = [
    "BandsMissing",
    "FinalGrade",
    "GradeWithheld",
    "Grader",
    "Item",
    "MarkKey",
    "MarkMissing",
    "MarkRefused",
    "RatersTooFarApart",
    "Step",
    "WeightMissing",
    "final_grade",
]


def final_grade(scheme: AssessmentScheme, marks: Mapping[MarkKey, Decimal]) -> FinalGrade:
    """Return the final grade of one participant.

    The scheme is the one that the batch is pinned to, so no day is asked for. Raises
    WeightMissing, BandsMissing, MarkMissing or RatersTooFarApart while the grade must be
    withheld, MarkRefused for a mark that is no part of the scheme.
    """
    grade = Grader(scheme).grade(marks)
    if grade.withheld:
        raise grade.withheld[0]
    return grade


class Grader:
    """A scheme prepared once, to grade many participants quickly."""

    def __init__(self, scheme: AssessmentScheme) -> None:
        self.scheme = scheme
        self.nodes = tuple(plan_of(component) for component in scheme.components)
        self.items = tuple(leaf.item for node in self.nodes for leaf in node.leaves())
        self.verified = (scheme.bands_verified or not scheme.is_graded) and all(
            node.verified for node in self.nodes
        )
        self._known = frozenset(self.items)

    def grade(self, marks: Mapping[MarkKey, Decimal]) -> FinalGrade:
        """Return the final grade, or one that is withheld with every reason.

        Raises MarkRefused for a mark that is no part of the scheme or out of range.
        """
        with localcontext(EXACT):
            calculation = Calculation(self.scheme, self._by_item(marks))
            return calculation.result(self.nodes, verified=self.verified)

    def _by_item(
        self, marks: Mapping[MarkKey, Decimal]
    ) -> dict[tuple[str, str, str], list[tuple[str, Decimal]]]:
        lowest, highest = self.scheme.mark_lowest, self.scheme.mark_highest
        found: dict[tuple[str, str, str], list[tuple[str, Decimal]]] = {}
        for (component, part, aspect, role, _), mark in marks.items():
            item = (component, part, aspect)
            if item not in self._known:
                name = " › ".join(filter(None, item))
                raise MarkRefused(f"Skema penilaian ini tidak memuat “{name}”.")
            if not lowest <= mark <= highest:
                limits = f"{comma(lowest)} sampai {comma(highest)}"
                raise MarkRefused(f"Nilai {comma(mark)} di luar batas {limits}.")
            found.setdefault(item, []).append((role, mark))
        return found
