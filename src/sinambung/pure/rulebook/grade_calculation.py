"""One participant's grade, computed exactly.

A value is a decimal numerator over a whole number (of raters), so that nothing is rounded before
it is compared with a band. Use inside a decimal context of `EXACT`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from math import lcm
from typing import NamedTuple

from sinambung.pure.rulebook.bands import band_of
from sinambung.pure.rulebook.grade_plan import Node, RaterPlan
from sinambung.pure.rulebook.grades import FinalGrade, Step
from sinambung.pure.rulebook.marks import (
    BandsMissing,
    GradeWithheld,
    Item,
    MarkMissing,
    MarkRefused,
    RatersTooFarApart,
    WeightMissing,
    comma,
)
from sinambung.pure.rulebook.programmes.kinds import ComponentKind
from sinambung.pure.rulebook.programmes.values import AssessmentScheme, RaterShare

EXACT = Context(prec=200, traps=[Inexact])
DIVIDING = Context(prec=28)
PERCENT = Decimal("0.01")
ZERO = Decimal(0)

Marks = Sequence[tuple[str, Decimal]]


class Value(NamedTuple):
    """An exact number: a decimal over a whole number."""

    numerator: Decimal
    denominator: int = 1

    def rounded(self) -> Decimal:
        """Return the number itself, or its first 28 digits where it never ends."""
        if self.denominator == 1:
            return self.numerator
        return DIVIDING.divide(self.numerator, Decimal(self.denominator))


def mean(marks: Sequence[Decimal]) -> Value:
    """Return the exact mean of the marks that one role gave."""
    return Value(marks[0]) if len(marks) == 1 else Value(sum(marks, ZERO), len(marks))


def weighted_sum(parts: Sequence[tuple[Decimal, Value]]) -> Value:
    """Return the exact sum of values, each taken at its percentage."""
    total = ZERO
    for weight, (numerator, denominator) in parts:
        if denominator != 1:
            return _over_common(parts)
        total += weight * numerator
    return Value(total * PERCENT)


def _over_common(parts: Sequence[tuple[Decimal, Value]]) -> Value:
    common = lcm(*[value.denominator for _, value in parts])
    total = ZERO
    for weight, (numerator, denominator) in parts:
        total += weight * numerator * (common // denominator)
    return Value(total * PERCENT, common)


class Calculation:
    """The state of grading one participant; `result` may be asked for once."""

    def __init__(
        self, scheme: AssessmentScheme, marks: Mapping[tuple[str, str, str], Marks]
    ) -> None:
        self.scheme = scheme
        self.marks = marks
        self.working: list[Step] = []
        self.withheld: list[GradeWithheld] = []
        self.failed: list[str] = []
        self.components: dict[str, Decimal] = {}
        self.points: dict[str, Decimal] = {}
        self.deducted = ZERO

    def result(self, nodes: Sequence[Node], *, verified: bool) -> FinalGrade:
        """Return the grade, or a withheld one with every reason."""
        weighted = [(node, self._component(node)) for node in nodes]
        value = self._final(weighted) if self.scheme.is_graded else None
        band = None if value is None else band_of(self.scheme.bands, value)
        if band is not None and value is not None:
            note = _band_note(band.name, band.threshold, band.inclusive)
            self.working.append(Step("Predikat", (), value, note))
        return FinalGrade(
            value=value,
            distinction=band.name if band else "",
            passes=not self.withheld and not self.failed and (band is None or band.passes),
            components=self.components,
            points=self.points,
            failed=tuple(self.failed),
            working=tuple(self.working),
            basis=self.scheme.basis,
            verified=verified,
            withheld=tuple(sorted(self.withheld, key=_is_about_a_mark)),
        )

    def _final(self, nodes: Sequence[tuple[Node, Value | None]]) -> Decimal | None:
        if not self.scheme.bands:
            self.withheld.append(BandsMissing(self.scheme.bands_document))
        parts: list[tuple[Decimal, Value]] = []
        terms = []
        for node, value in nodes:
            if node.kind is not ComponentKind.WEIGHTED:
                continue
            if node.weight is None:
                self._weight_missing(node.item, f"Bobot {node.name}", node.document)
            elif value is not None:
                parts.append((node.weight, value))
                code = node.item.component
                self.points[code] = weighted_sum([parts[-1]]).rounded()
                terms.append((node.weight, node.name, self.components[code]))
        if self.withheld:
            return None
        total = weighted_sum(parts)
        less = Value(total.numerator - self.deducted * total.denominator, total.denominator)
        final = max(less.rounded(), self.scheme.mark_lowest)
        note = f" setelah dikurangi {comma(self.deducted)}" if self.deducted else ""
        self.working.append(Step("Nilai akhir", tuple(terms), final, note))
        return final

    def _component(self, node: Node) -> Value | None:
        if node.kind is ComponentKind.DEDUCTION:
            self._deduct(node)
            return None
        value = self._value(node)
        if value is not None:
            self.components[node.item.component] = value.rounded()
            if node.kind is ComponentKind.PREREQUISITE:
                self._require(node, value)
        return value

    def _deduct(self, node: Node) -> None:
        points = sum((mark for _, mark in self.marks.get(node.item, ())), ZERO)
        if node.maximum is not None:
            points = min(points, node.maximum)
        self.components[node.item.component] = points
        self.deducted += points
        if points:
            self.working.append(Step(f"Pengurangan karena {node.name}", (), points))

    def _require(self, node: Node, value: Value) -> None:
        minimum = node.minimum or ZERO
        fulfilled = value.numerator >= minimum * value.denominator
        if not fulfilled:
            self.failed.append(node.name)
        note = (
            f": prasyarat paling sedikit {comma(minimum)} terpenuhi"
            if fulfilled
            else f": prasyarat paling sedikit {comma(minimum)} tidak terpenuhi"
        )
        self.working.append(Step(node.name, (), value.rounded(), note))

    def _value(self, node: Node) -> Value | None:
        if not node.parts:
            return self._marked(node)
        known: list[tuple[Decimal, Value]] = []
        terms = []
        for part in node.parts:
            value = self._value(part)
            if part.weight is None:
                what = f"Bobot {part.name} pada {node.name}"
                self._weight_missing(part.item, what, part.document)
            elif value is not None:
                known.append((part.weight, value))
                terms.append((part.weight, part.name, value.rounded()))
        if len(known) < len(node.parts):
            return None
        result = weighted_sum(known)
        self.working.append(Step(node.name, tuple(terms), result.rounded()))
        return result

    def _marked(self, leaf: Node) -> Value | None:
        marks = self.marks.get(leaf.item, ())
        if len(marks) > 1 and self._too_far_apart(leaf, marks):
            return None
        if leaf.raters:
            return self._shared(leaf, marks)
        if not marks:
            self.withheld.append(MarkMissing(leaf.item, name=leaf.name, role="", role_name=""))
            return None
        value = mean([mark for _, mark in marks])
        if len(marks) > 1:
            self.working.append(_mean_step(leaf.name, [mark for _, mark in marks], value))
        return value

    def _too_far_apart(self, leaf: Node, marks: Marks) -> bool:
        limit = self.scheme.maximum_spread
        values = [mark for _, mark in marks]
        difference = max(values) - min(values)
        if limit is None or difference <= limit:
            return False
        self.withheld.append(
            RatersTooFarApart(leaf.item, name=leaf.name, difference=difference, limit=limit)
        )
        return True

    def _shared(self, leaf: Node, marks: Marks) -> Value | None:
        roles: dict[str, list[Decimal]] = {}
        for role, mark in marks:
            if role not in leaf.roles:
                raise MarkRefused(f"{leaf.name} tidak dinilai oleh peran “{role}”.")
            roles.setdefault(role, []).append(mark)
        known: list[tuple[Decimal, Value]] = []
        terms = []
        for plan in leaf.raters:
            rater = self._rater(leaf, plan, roles)
            if rater is None:
                continue
            if rater.share is None:
                what = f"Bobot peran “{rater.name}” pada {leaf.name}"
                self._weight_missing(leaf.item, what, leaf.document)
                continue
            value = mean(roles[rater.role])
            known.append((rater.share, value))
            terms.append((rater.share, rater.name, value.rounded()))
        if len(known) < len(leaf.raters):
            return None
        result = weighted_sum(known)
        self.working.append(Step(leaf.name, tuple(terms), result.rounded()))
        return result

    def _rater(
        self, leaf: Node, plan: RaterPlan, roles: Mapping[str, Sequence[Decimal]]
    ) -> RaterShare | None:
        present = [rater for rater in (plan.role, *plan.substitutes) if rater.role in roles]
        if len(present) > 1:
            names = " dan ".join(rater.name for rater in present)
            raise MarkRefused(f"{leaf.name} dinilai oleh {names}; hapus salah satu.")
        if not present:
            role = plan.role
            self.withheld.append(
                MarkMissing(leaf.item, name=leaf.name, role=role.role, role_name=role.name)
            )
            return None
        return present[0]

    def _weight_missing(self, item: Item, what: str, document: str) -> None:
        self.withheld.append(WeightMissing(item, what=what, document=document))


def _mean_step(name: str, marks: Sequence[Decimal], value: Value) -> Step:
    return Step(f"{name}, rata-rata {len(marks)} penilai", (), value.rounded())


@lru_cache(maxsize=256)
def _band_note(name: str, threshold: Decimal, inclusive: bool) -> str:
    if inclusive:
        return f": {name} (paling sedikit {comma(threshold)})"
    return f": {name} (di atas {comma(threshold)})"


def _is_about_a_mark(reason: GradeWithheld) -> bool:
    return isinstance(reason, MarkMissing | RatersTooFarApart)
