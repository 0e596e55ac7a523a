"""The page of one employee: the present, and who held what when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from sinambung.domains.workforce.models import Employee, Period, Sex
from sinambung.domains.workforce.queries.codes import codes
from sinambung.domains.workforce.queries.doors import EmployeeCard, employee_card
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.models import Unit
from sinambung.pure.rulebook.nip import spaced_nip


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One period; `until` is exclusive and empty while it lasts."""

    since: dt.date
    until: dt.date | None
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class EmployeePage:
    """The context of the page of an employee."""

    card: EmployeeCard
    version: int
    spaced_nip: str
    siasn_id: str
    sex_name: str
    legal_status: str
    title_before: str
    title_after: str
    rank_since: dt.date | None
    position_since: dt.date | None
    agency_name: str
    positions: Sequence[HistoryLine]
    ranks: Sequence[HistoryLine]
    units: Sequence[HistoryLine]
    educations: Sequence[tuple[str, str, int | None]]
    may_manage: bool
    may_see_trail: bool
    is_own: bool


def employee_page(employee: Employee, *, actor: Actor, on: dt.date) -> EmployeePage:
    """Return what the page of an employee shows to an actor."""
    card = employee_card(employee.pk, on=on)
    names = codes(on=on)
    return EmployeePage(
        card=card,
        version=employee.version,
        spaced_nip=spaced_nip(employee.nip),
        siasn_id=employee.siasn_id,
        sex_name=str(Sex(employee.sex).label),
        legal_status=employee.legal_status,
        title_before=employee.title_before,
        title_after=employee.title_after,
        rank_since=employee.rank_since,
        position_since=employee.position_since,
        agency_name=_agency_name(card.unit_path),
        positions=[
            HistoryLine(row.since, row.until, row.name, _position_note(row))
            for row in _lasting(employee.positionheld_set)
        ],
        ranks=[
            HistoryLine(row.since, row.until, names.rank_name(row.rank_code), row.decree)
            for row in _lasting(employee.rankheld_set)
        ],
        units=[
            HistoryLine(row.since, row.until, row.unit.name)
            for row in _lasting(employee.unitmembership_set.select_related("unit"))
        ],
        educations=[
            (
                row.level_name,
                " · ".join(part for part in (row.field, row.school) if part),
                row.graduated_in,
            )
            for row in employee.education_set.all()
        ],
        may_manage=_may_manage(actor, card.unit_path),
        may_see_trail=actor.may(Capability.VIEW_TRAIL),
        is_own=bool(actor.id) and employee.account_id == actor.id,
    )


def _lasting(periods: object) -> list:  # type: ignore[type-arg]
    """Leave out periods that were replaced on their first day."""
    return list(periods.filter(Q(until=None) | Q(until__gt=F("since"))))  # type: ignore[attr-defined]


def _position_note(row: Period) -> str:
    return ", ".join(part for part in (row.echelon, row.unit_name, row.decree) if part)  # type: ignore[attr-defined]


def _agency_name(path: str) -> str:
    codes_above = path.rstrip("/").split("/")
    found = Unit.objects.filter(code__in=codes_above, kind=Unit.Kind.AGENCY).order_by("-path")
    return found.values_list("name", flat=True).first() or ""


def _may_manage(actor: Actor, path: str) -> bool:
    paths = actor.paths(Capability.MANAGE_EMPLOYEES)
    return paths is None or path.startswith(paths or ("\0",))
