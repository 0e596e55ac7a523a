"""The list of employees: filtered, by page, as plain rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from sinambung.domains.workforce.access import employees_visible_to
from sinambung.domains.workforce.models import Employee, PositionClass, with_titles
from sinambung.domains.workforce.queries.codes import rank_choices
from sinambung.domains.workforce.queries.doors import matching
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.paging import Page, counted, page_by_key
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.models import Unit
from sinambung.platform.identity.queries import unit_ids_under
from sinambung.platform.ui.templatetags.ui import nip as grouped_nip

ROW = (
    *("id", "nip", "name", "title_before", "title_after", "rank_code", "position_name"),
    *("position_class", "unit__name", "unit__path", "is_active"),
)


@dataclass(frozen=True, slots=True)
class EmployeeFilter:
    """What the address asks for; empty means any."""

    text: str = ""
    agency: str = ""
    position_class: str = ""
    rank: str = ""
    standing: str = "active"
    after: str = ""
    before: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.text or self.agency or self.position_class or self.rank)


@dataclass(frozen=True, slots=True)
class EmployeeList:
    """The context of the list page."""

    page: Page[Any]
    asked: EmployeeFilter
    total: int | None
    agencies: Sequence[tuple[str, str]]
    classes: Sequence[tuple[str, str]]
    ranks: Sequence[tuple[str, str]]
    may_manage: bool
    agency_by_code: dict[str, str] = field(default_factory=dict)

    @property
    def rank_options(self) -> list[tuple[str, str]]:
        return [(code, code) for code, _name in self.ranks]

    def rows(self) -> Iterator[tuple[str, str, str, str, str, str, str, bool]]:
        """Yield id, full name, NIP, position, rank, unit, agency where it differs, activity."""
        for row in self.page.rows:
            above = (self.agency_by_code.get(code, "") for code in row.unit__path.split("/"))
            agency = next(filter(None, above), "")
            yield (
                row.id,
                with_titles(row.title_before, row.name, row.title_after),
                grouped_nip(row.nip),
                row.position_name,
                row.rank_code,
                row.unit__name,
                agency if agency != row.unit__name else "",
                row.is_active,
            )


def employee_list(actor: Actor, asked: EmployeeFilter) -> EmployeeList:
    """Return one page of the employees in the actor's reach, in the order of names."""
    employees = filtered(actor, asked)
    agencies = agencies_of(actor)
    page = page_by_key(
        employees.values_list(*ROW, named=True),
        order=["name", "id"],
        after=asked.after,
        before=asked.before,
        is_narrow=actor.paths(Capability.VIEW_EMPLOYEES) is not None,
    )
    return EmployeeList(
        page=page,
        asked=asked,
        total=_total(employees, asked, page),
        agencies=[(id, name) for id, name, _code in agencies],
        classes=[(choice.value, str(choice.label)) for choice in PositionClass],
        ranks=rank_choices(on=clock.today()),
        may_manage=actor.may(Capability.MANAGE_EMPLOYEES),
        agency_by_code={code: name for _id, name, code in agencies},
    )


def _total(employees: QuerySet[Employee], asked: EmployeeFilter, page: Page[Any]) -> int | None:
    """Count where an index answers; of a search only what the first page holds, if it is all."""
    if not asked.text.strip():
        return counted(employees)
    is_whole = not (asked.after or asked.before or page.after)
    return len(page.rows) if is_whole else None


def filtered(actor: Actor, asked: EmployeeFilter) -> QuerySet[Employee]:
    """Return the employees that the filter leaves, within the actor's reach."""
    employees = employees_visible_to(actor)
    if asked.agency:
        path = Unit.objects.filter(pk=asked.agency).values_list("path", flat=True).first()
        employees = employees.filter(unit_id__in=unit_ids_under((path,)) if path else [])
    if asked.position_class in PositionClass.values:
        employees = employees.filter(position_class=asked.position_class)
    if asked.rank:
        employees = employees.filter(rank_code=asked.rank)
    if asked.standing in ("active", "ended"):
        employees = employees.filter(is_active=asked.standing == "active")
    return matching(employees, asked.text) if asked.text.strip() else employees


def agencies_of(actor: Actor) -> list[tuple[str, str, str]]:
    """Return the agencies that the actor can choose from: id, name and code."""
    agencies = Unit.objects.filter(kind=Unit.Kind.AGENCY, until=None).order_by("name", "id")
    paths = actor.paths(Capability.VIEW_EMPLOYEES)
    rows = agencies.values_list("id", "name", "code", "path")
    return [
        (id, name, code)
        for id, name, code, path in rows
        if paths is None or path.startswith(paths or ("\0",))
    ]
