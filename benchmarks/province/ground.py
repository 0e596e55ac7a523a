"""Units, staff, accounts and employees with their histories and trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from sinambung.demo.people import Person, sample_people
from sinambung.demo.units import TRAINING_AGENCY, sample_units
from sinambung.domains.workforce.models import Employee, PositionHeld, RankHeld, UnitMembership
from sinambung.domains.workforce.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.bulk import insert_rows
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import RoleAssignment, Unit, User

AGENCY = "Dinas Kesehatan"
SINCE = dt.date(2015, 1, 1)
_CLASSES = {"21": "jpt_pratama", "31": "administrator", "41": "pengawas"}
_ECHELONS = {"21": "II.a", "31": "III.a", "41": "IV.a"}


@dataclass(frozen=True, slots=True)
class Units:
    """Ids of divisions by code, of agencies by name, and the paths of both by id."""

    divisions: dict[str, str]
    agencies: dict[str, str]

    @property
    def training_agency(self) -> str:
        return self.agencies[TRAINING_AGENCY]


@dataclass(frozen=True, slots=True)
class Staff:
    """Ids of accounts by what they are; those that begin with `agency_` hold in one agency."""

    accounts: dict[str, str]

    def actor(self, name: str) -> Actor:
        return Actor(id=self.accounts[name], name=name)


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    id: str
    account_id: str
    person: Person

    @property
    def display_name(self) -> str:
        name = self.person.name
        front = f"{name.title_before} {name.name}" if name.title_before else name.name
        return f"{front}, {name.title_after}" if name.title_after else front


@transaction.atomic
def add_units() -> Units:
    governments: dict[str, str] = {}
    agencies: dict[str, str] = {}
    divisions: dict[str, str] = {}
    rows: list[tuple[Any, ...]] = []
    for unit in sample_units():
        agency_code = unit.code.rsplit("-", 1)[0]
        root = f"G{len(governments)}" if unit.government not in governments else ""
        if root:
            governments[unit.government] = new_ulid()
            rows.append(
                _unit(governments[unit.government], root, unit.government, "government", None, "")
            )
        parent = governments[unit.government]
        base = f"G{list(governments).index(unit.government)}/"
        if unit.agency not in agencies:
            agencies[unit.agency] = new_ulid()
            rows.append(
                _unit(agencies[unit.agency], agency_code, unit.agency, "agency", parent, base)
            )
        divisions[unit.code] = new_ulid()
        path = f"{base}{agency_code}/"
        rows.append(
            _unit(
                divisions[unit.code], unit.code, unit.name, "division", agencies[unit.agency], path
            )
        )
    columns = ("id", "version", "code", "name", "short_name", "kind", "parent", "path")
    insert_rows(Unit, [*columns, "siasn_id", "time_zone", "since"], rows)
    return Units(divisions, agencies)


def _unit(
    id: str, code: str, name: str, kind: str, parent: str | None, above: str
) -> tuple[Any, ...]:
    path = f"{above}{code}/"
    return (id, 1, code, name, "", kind, parent, path, f"UNOR-{code}", "Asia/Jakarta", SINCE)


def add_staff(units: Units) -> Staff:
    """Add one account for each role in the whole province, and for some in one agency."""
    agency = units.agencies[AGENCY]
    places = [(role.value, role, None) for role in Role]
    places += [
        (f"agency_{role.value}", role, agency)
        for role in (Role.AGENCY_HR, Role.ADMINISTRATOR, Role.ORGANISER)
    ]
    accounts = {}
    for name, role, unit_id in places:
        user = User.objects.create(
            username=name, name=f"Contoh {name}", created_at=now(), activated_at=now()
        )
        RoleAssignment.objects.create(user=user, role=role, unit_id=unit_id, since=SINCE)
        accounts[name] = user.pk
    return Staff(accounts)


def add_people(units: Units, staff: Staff, *, people: int) -> list[EmployeeRow]:
    """Add employees with accounts, one position, rank and unit each, and one entry on the trail."""
    rows = [
        EmployeeRow(new_ulid(), new_ulid(), person)
        for person in sample_people(seed=1, people=people)
    ]
    for start in range(0, len(rows), 5000):
        with transaction.atomic():
            _insert(rows[start : start + 5000], units, staff)
    return rows


def _insert(rows: list[EmployeeRow], units: Units, staff: Staff) -> None:
    columns = ("id", "version", "username", "name", "title", "email", "unit", "is_active")
    insert_rows(User, [*columns, "created_at", "password"], _accounts(rows, units))
    columns = ("id", "version", "nip", "siasn_id", "name", "title_before", "title_after")
    columns += ("birth_place", "birth_date", "sex", "employment", "legal_status", "is_active")
    columns += ("rank_code", "rank_since", "position_name", "position_class", "echelon")
    columns += ("position_since", "unit", "account", "email", "phone")
    insert_rows(Employee, columns, [_employee(row, units) for row in rows])
    insert_rows(
        PositionHeld,
        [
            "employee",
            "since",
            "source_id",
            "name",
            "position_class",
            "echelon",
            "unit_name",
            "decree",
        ],
        [_position(row) for row in rows],
    )
    insert_rows(
        RankHeld,
        ["employee", "since", "source_id", "rank_code", "decree"],
        [(row.id, row.person.rank_since, "", row.person.rank, "") for row in rows],
    )
    insert_rows(
        UnitMembership,
        ["employee", "since", "source_id", "unit"],
        [(row.id, SINCE, "", units.divisions[row.person.unit.code]) for row in rows],
    )
    drafts = [
        audit.Draft(
            audit.Subject("employee", row.id, row.display_name, person_id=row.id),
            {"file": "data-pegawai-siasn.xlsx"},
        )
        for row in rows
    ]
    audit.record_all(Trail.EMPLOYEE_IMPORTED, drafts, by=staff.actor("organiser"))


def _accounts(rows: list[EmployeeRow], units: Units) -> Iterator[tuple[Any, ...]]:
    at = now()
    for row in rows:
        person = row.person
        unit = units.divisions[person.unit.code]
        name = row.display_name
        yield (row.account_id, 1, person.nip, name, "", person.email, unit, True, at, "!")


def _employee(row: EmployeeRow, units: Units) -> tuple[Any, ...]:
    person, name = row.person, row.person.name
    return (
        *(row.id, 1, person.nip, "", name.name, name.title_before, name.title_after),
        *(person.birth_place, person.born_on, "P" if person.is_female else "L", "PNS"),
        *("Aktif", True, person.rank, person.rank_since, person.position),
        *(_class(person), _ECHELONS.get(person.post.echelon, ""), person.position_since),
        *(units.divisions[person.unit.code], row.account_id, person.email, ""),
    )


def _position(row: EmployeeRow) -> tuple[Any, ...]:
    person = row.person
    echelon = _ECHELONS.get(person.post.echelon, "")
    return (
        *(row.id, person.position_since, "", person.position, _class(person), echelon),
        *(person.unit.name, ""),
    )


def _class(person: Person) -> str:
    other = "fungsional" if person.post.kind == "2" else "pelaksana"
    return _CLASSES.get(person.post.echelon, other)


def analyse() -> None:
    """Let the database count what is there, as after an import."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
