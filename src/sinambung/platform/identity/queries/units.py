"""The unit tree, and one unit with its history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from sinambung.platform.audit.queries import TrailLine, entries_about, page_of_lines
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.paging import Page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.models import Unit, UnitPeriod, User

_MOST_SHOWN = 120


@dataclass(slots=True)
class TreeNode:
    """A unit as the tree shows it."""

    label: str
    href: str
    note: str
    children: list[TreeNode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UnitTree:
    nodes: list[TreeNode]
    count: int
    closed: int
    with_closed: bool


@dataclass(frozen=True, slots=True)
class PeriodLine:
    name: str
    short_name: str
    parent: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: Unit
    crumbs: list[tuple[str, str]]
    periods: list[PeriodLine]
    children: list[tuple[str, str]]
    people: int
    trail: Page[TrailLine]


def unit_tree(actor: Actor, *, with_closed: bool = False) -> UnitTree:
    """Return the units that the actor manages as a tree, with how many people each holds."""
    reach = _reach(actor, Capability.MANAGE_UNITS)
    shown = reach if with_closed else reach.filter(until=None)
    people = dict(
        User.objects.filter(unit__isnull=False)
        .order_by()
        .values_list("unit_id")
        .annotate(count=Count("id"))
    )
    rows = list(shown.values_list("id", "parent_id", "code", "name", "until"))
    roots: list[TreeNode] = []
    nodes: dict[str, TreeNode] = {}
    words = (_("%(count)d akun"), _("ditutup"))
    for id, parent_id, code, name, until in rows:
        note = _note(code, people.get(id, 0), until, words)
        node = TreeNode(name, f"/pengaturan/unit/{id}/", note)
        nodes[id] = node
        (nodes[parent_id].children if parent_id in nodes else roots).append(node)
    if len(rows) > _MOST_SHOWN:
        _fold(roots)
    closed = reach.exclude(until=None).count()
    return UnitTree(nodes=roots, count=len(rows), closed=closed, with_closed=with_closed)


def unit_page(unit: Unit) -> UnitPage:
    """Return what the page of one unit shows: where it stands, its names over time, its trail."""
    periods = UnitPeriod.objects.filter(unit=unit).select_related("parent").order_by("-since")
    return UnitPage(
        unit=unit,
        crumbs=[(_("Unit"), "/pengaturan/unit/"), (unit.name, "")],
        periods=[
            PeriodLine(
                row.name,
                row.short_name,
                row.parent.name if row.parent else "",
                row.since,
                row.until,
            )
            for row in periods
        ],
        children=list(unit.children.filter(until=None).order_by("path").values_list("id", "name")),
        people=User.objects.filter(unit=unit, is_active=True).count(),
        trail=page_of_lines(entries_about(subject_id=unit.pk), size=30),
    )


def matching_units(actor: Actor, text: str, capability: Capability) -> list[tuple[str, str, str]]:
    """Return up to ten open units (id, name, code) in reach that match what was typed."""
    units = _reach(actor, capability).filter(until=None)
    found = units.filter(
        Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code__istartswith=text)
    )
    return list(found.values_list("id", "name", "code")[:10])


def unit_named(text: str, *, id: str = "") -> str:
    """Return the id of a unit chosen by id, or typed as its code or full name; else empty."""
    if id or not text:
        return id
    found = Unit.objects.filter(Q(code__iexact=text) | Q(name__iexact=text), until=None)
    ids = list(found.values_list("id", flat=True)[:2])
    return ids[0] if len(ids) == 1 else ""


def _reach(actor: Actor, capability: Capability) -> QuerySet[Unit]:
    paths = actor.paths(capability)
    if paths is None:
        return Unit.objects.order_by("path")
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return Unit.objects.filter(condition).order_by("path")


def _fold(roots: list[TreeNode]) -> None:
    """Show two levels of a large tree; what stands below a unit is on the unit's own page."""
    for unit in [unit for root in roots for unit in root.children]:
        if unit.children:
            unit.note += " · " + _("%(count)d bagian") % {"count": len(unit.children)}
            unit.children = []


def _note(code: str, people: int, until: dt.date | None, words: tuple[str, str]) -> str:
    accounts, closed = words
    parts = [code]
    if people:
        parts.append(accounts % {"count": people})
    if until:
        parts.append(closed)
    return " · ".join(parts)
