"""What other apps ask about employees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from sinambung.domains.workforce.access import employees_visible_to
from sinambung.domains.workforce.models import Employee, PositionClass, with_titles
from sinambung.domains.workforce.queries.codes import codes
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Hit
from sinambung.platform.foundation.errors import NotFound
from sinambung.pure.rulebook.nip import normalise_nip

_OF_ACCOUNT = "SELECT id FROM workforce_employee WHERE account_id = %s"


@dataclass(frozen=True, slots=True)
class EmployeeCard:
    """An employee as other pages and papers name one."""

    id: str
    nip: str
    name: str
    display_name: str
    birth_place: str
    birth_date: dt.date
    sex: str
    employment: str
    rank_code: str
    rank_name: str
    position_name: str
    position_class: str
    position_class_name: str
    echelon: str
    unit_id: str
    unit_name: str
    unit_path: str
    email: str
    phone: str
    account_id: str | None
    is_active: bool


def employee_of_account(user_id: str) -> Employee | None:
    """Return the employee who owns an account, or nothing for other people."""
    if not user_id:
        return None
    return Employee.objects.select_related("unit").filter(account_id=user_id).first()


def employee_id_of_account(user_id: str) -> str:
    """Return the id of the employee who owns an account, empty for other people.

    Plain SQL, because each part of the home page asks it: the ORM takes ten times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_ACCOUNT, [user_id or "-"])
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def employees_by_nip(nips: Iterable[str]) -> dict[str, Employee]:
    """Return the employees with these numbers, by number."""
    found = Employee.objects.select_related("unit").filter(nip__in=list(nips)).order_by("id")
    return {employee.nip: employee for employee in found}


def employee_card(id: str, *, on: dt.date) -> EmployeeCard:
    """Return an employee for showing; raise `NotFound` for an unknown id."""
    employee = Employee.objects.select_related("unit").filter(pk=id).first()
    if employee is None:
        raise NotFound
    return EmployeeCard(
        id=employee.pk,
        nip=employee.nip,
        name=employee.name,
        display_name=employee.display_name,
        birth_place=employee.birth_place,
        birth_date=employee.birth_date,
        sex=employee.sex,
        employment=employee.employment,
        rank_code=employee.rank_code,
        rank_name=codes(on=on).rank_name(employee.rank_code),
        position_name=employee.position_name,
        position_class=employee.position_class,
        position_class_name=class_name(employee.position_class),
        echelon=employee.echelon,
        unit_id=employee.unit_id,
        unit_name=employee.unit.name,
        unit_path=employee.unit.path,
        email=employee.email,
        phone=employee.phone,
        account_id=employee.account_id,
        is_active=employee.is_active,
    )


def search(actor: Actor, text: str, *, limit: int = 10) -> list[Hit]:
    """Find employees in the actor's reach by the beginning of a NIP or a part of the name."""
    rows = matching(employees_visible_to(actor), text).values_list(
        "id", "nip", "name", "title_before", "title_after", "position_name", named=True
    )
    return [
        Hit(
            kind="Pegawai",
            title=with_titles(row.title_before, row.name, row.title_after),
            href=f"/pegawai/{row.id}/",
            detail=" · ".join(part for part in (row.nip, row.position_name) if part),
        )
        for row in rows[:limit]
    ]


def matching(employees: QuerySet[Employee], text: str) -> QuerySet[Employee]:
    """Narrow to a NIP that begins so, or names that contain every word."""
    digits = normalise_nip(text)
    if digits.isdecimal() and len(digits) >= 4:
        return _with_nip(employees, digits[:18])
    condition = Q()
    for word in text.split()[:6]:
        condition &= Q(name__icontains=word)
    return employees.filter(condition) if text.strip() else employees.none()


def _with_nip(employees: QuerySet[Employee], digits: str) -> QuerySet[Employee]:
    """Narrow to numbers that begin so, through the index on numbers.

    From the birth date on there are few: they are looked up first, because a database that sorts
    by name would else walk through all names.
    """
    first, last = digits.ljust(18, "0"), digits.ljust(18, "9")
    if len(digits) < 8:
        return employees.filter(nip__gte=first, nip__lte=last)
    found = Employee.objects.filter(nip__gte=first, nip__lte=last).order_by("nip")
    return employees.filter(pk__in=list(found.values_list("pk", flat=True)))


def class_name(position_class: str) -> str:
    return str(PositionClass(position_class).label) if position_class else ""
