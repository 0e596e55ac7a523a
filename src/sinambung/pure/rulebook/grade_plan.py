"""An assessment scheme prepared for grading: a tree of what is marked and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sinambung.pure.rulebook.marks import Item
from sinambung.pure.rulebook.programmes.kinds import ComponentKind
from sinambung.pure.rulebook.programmes.values import Aspect, Component, RaterShare, SubComponent


@dataclass(frozen=True, slots=True)
class RaterPlan:
    """A role that must mark an item, and the roles that may stand in for it."""

    role: RaterShare
    substitutes: tuple[RaterShare, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A component, sub-component or aspect; one without parts carries the marks."""

    item: Item
    name: str
    kind: ComponentKind
    weight: Decimal | None
    document: str
    minimum: Decimal | None
    maximum: Decimal | None
    raters: tuple[RaterPlan, ...]
    parts: tuple[Node, ...]
    verified: bool
    roles: frozenset[str]

    def leaves(self) -> Iterator[Node]:
        """Yield every node that carries marks."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def plan_of(component: Component) -> Node:
    """Return the tree of one component; parts take over its raters and document."""
    item = Item(component.code)
    parts = [_sub_node(component, part) for part in component.sub_components]
    parts += [_aspect_node(component, item, part, component.raters) for part in component.aspects]
    return Node(
        item=item,
        name=component.name,
        kind=component.kind,
        weight=component.weight,
        document=component.document,
        minimum=component.minimum,
        maximum=component.maximum,
        raters=_rater_plans(component.raters),
        parts=tuple(parts),
        verified=component.verified and _all_verified(parts, component.raters),
        roles=frozenset(rater.role for rater in component.raters),
    )


def _sub_node(component: Component, part: SubComponent) -> Node:
    item = Item(component.code, part.code)
    raters = part.raters or component.raters
    parts = tuple(_aspect_node(component, item, aspect, raters) for aspect in part.aspects)
    return Node(
        item=item,
        name=part.name,
        kind=component.kind,
        weight=part.weight,
        document=component.document,
        minimum=None,
        maximum=None,
        raters=_rater_plans(raters),
        parts=parts,
        verified=part.verified and _all_verified(parts, part.raters),
        roles=frozenset(rater.role for rater in raters),
    )


def _aspect_node(
    component: Component, above: Item, aspect: Aspect, raters: tuple[RaterShare, ...]
) -> Node:
    return Node(
        item=above._replace(aspect=aspect.code),
        name=aspect.name,
        kind=component.kind,
        weight=aspect.weight,
        document=component.document,
        minimum=None,
        maximum=None,
        raters=_rater_plans(raters),
        parts=(),
        verified=aspect.verified,
        roles=frozenset(rater.role for rater in raters),
    )


def _rater_plans(raters: tuple[RaterShare, ...]) -> tuple[RaterPlan, ...]:
    return tuple(
        RaterPlan(rater, tuple(other for other in raters if other.replaces == rater.role))
        for rater in raters
        if not rater.replaces
    )


def _all_verified(parts: list[Node] | tuple[Node, ...], raters: tuple[RaterShare, ...]) -> bool:
    return all(part.verified for part in parts) and all(rater.verified for rater in raters)
