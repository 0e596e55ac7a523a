"""Employees as training sees them: the snapshot that a participant keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from sinambung.domains.workforce import queries as workforce
from sinambung.domains.workforce.access import employees_visible_to
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import system
from sinambung.platform.identity.models import Unit, User
from sinambung.pure.rulebook.ranks import rank_table


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What papers print of a person, as the personnel data say today: `unit_name` is the agency
    (perangkat daerah) above the person's unit, `sending_agency` the government above all."""

    employee_id: str
    account_id: str
    nip: str
    name: str
    display_name: str
    rank: str
    position: str
    unit_name: str
    unit_path: str
    sending_agency: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    is_agency: bool


def snapshots(nips: Collection[str]) -> dict[str, Snapshot]:
    """Return the present snapshot of every known NIP, in two queries."""
    found = list(workforce.employees_by_nip(nips).values())
    codes = {code for employee in found for code in employee.unit.path.split("/")[:-1]}
    places = _places(codes)
    return {employee.nip: _snapshot(employee, places) for employee in found}


def rank_with_name(code: str) -> str:
    """Write III/c as `Penata (III/c)`; a PPPK's grade stays as it is."""
    rank = rank_table(on=clock.today()).by_code.get(code)
    return f"{rank.name} ({code})" if rank and rank.name else code


def name_of_account(account_id: str) -> str | None:
    """Return how papers print the owner of an active account; nothing for any other id."""
    user = User.objects.filter(pk=account_id, is_active=True).first()
    if user is None:
        return None
    employee = workforce.employee_of_account(account_id)
    return str(employee.display_name) if employee else user.name


def _snapshot(employee: Any, places: Mapping[str, Place]) -> Snapshot:
    codes = employee.unit.path.split("/")[:-1]
    line = [places[code] for code in codes if code in places]
    agencies = [place.name for place in line if place.is_agency]
    return Snapshot(
        employee_id=employee.pk,
        account_id=employee.account_id or "",
        nip=employee.nip,
        name=employee.name,
        display_name=employee.display_name,
        rank=rank_with_name(employee.rank_code),
        position=employee.position_name,
        unit_name=agencies[-1] if agencies else employee.unit.name,
        unit_path=employee.unit.path,
        sending_agency=line[0].name if line else employee.unit.name,
        is_active=employee.is_active,
    )


def _places(codes: Collection[str]) -> dict[str, Place]:
    rows = Unit.objects.filter(code__in=list(codes)).order_by("path")
    return {
        code: Place(name, kind == Unit.Kind.AGENCY)
        for code, name, kind in rows.values_list("code", "name", "kind")
    }


def nips_by_name(names: Collection[str]) -> dict[str, list[str]]:
    """Return the NIPs of employees with exactly these names, by name in small letters."""
    if not names:
        return {}
    condition = Q()
    for name in list(names)[:100]:
        condition |= Q(name__iexact=name)
    found: dict[str, list[str]] = {}
    rows = employees_visible_to(system("training")).filter(condition).order_by("nip")
    for name, nip in rows.values_list("name", "nip"):
        found.setdefault(name.lower(), []).append(nip)
    return found
