"""What applying a row would do: compared with what is stored, chunk by chunk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinambung.domains.workforce import queries
from sinambung.domains.workforce.queries import Codes, Place, StoredEmployee, UnitIndex
from sinambung.domains.workforce.queries.units import Misplaced, UnitRow
from sinambung.domains.workforce.sheets.persons import Person, read_person
from sinambung.domains.workforce.sheets.reach import within
from sinambung.platform.exchange.kinds import (
    Change,
    Checked,
    Problem,
    SheetContext,
    SheetRow,
    Verdict,
)
from sinambung.platform.identity.capabilities import Capability

_COLUMN_OF = {
    "rank_code": "rank",
    "position_name": "position",
    "position_class": "position",
    "unit_id": "unit",
    "is_active": "legal_status",
    "birth_date": "birth_date",
}
_SHOWN_ONCE = {"position_class", "is_active"}


@dataclass(slots=True)
class Lookup:
    """What every chunk of one import needs: codes, units, the reach of who imports."""

    codes: Codes
    units: UnitIndex
    paths: tuple[str, ...] | None
    proposed: set[Place] = field(default_factory=set)


def check(rows: Sequence[SheetRow], context: SheetContext) -> list[Checked]:
    """Say of each row whether it is new, changes something, or has problems."""
    lookup = _lookup(context)
    people = [read_person(row, lookup.codes, context) for row in rows]
    stored = queries.stored_by_nip(person.nip for person in people)
    education = queries.stored_education(
        stored[person.nip].id for person in people if person.education and person.nip in stored
    )
    checked = [
        _judge(row, person, stored.get(person.nip), education, lookup)
        for row, person in zip(rows, people, strict=True)
    ]
    _note_proposals(context, lookup)
    return checked


def _lookup(context: SheetContext) -> Lookup:
    if "lookup" not in context.memory:
        context.memory["lookup"] = Lookup(
            codes=queries.codes(on=context.on),
            units=queries.unit_index(on=context.on),
            paths=context.by.paths(Capability.MANAGE_EMPLOYEES),
        )
    lookup: Lookup = context.memory["lookup"]
    return lookup


def _judge(
    row: SheetRow,
    person: Person,
    stored: StoredEmployee | None,
    education: Mapping[str, set[tuple[str, str]]],
    lookup: Lookup,
) -> Checked:
    place = _place(row, person, stored, lookup)
    fields = person.fields
    if stored:
        _keep_guessed(fields, person, stored)
        changed = {name: value for name, value in fields.items() if getattr(stored, name) != value}
    else:
        changed = fields
        _require(row, person)
    learned = _new_education(person, stored, education)
    verdict = Verdict.NEW
    if stored:
        verdict = Verdict.CHANGED if changed or learned or place else Verdict.SAME
    return Checked(
        key=person.nip,
        name=fields.get("name", "") or row.text("name"),
        verdict=verdict,
        values=_values(verdict, changed, stored, place, learned),
        changes=_changes(changed, stored, place, learned, lookup) if stored else (),
        problems=person.problems,
        warnings=person.warnings,
        deactivates=bool(stored and stored.is_active and changed.get("is_active") is False),
    )


def _values(
    verdict: Verdict,
    changed: Mapping[str, Any],
    stored: StoredEmployee | None,
    place: Place | None,
    learned: tuple[str, str, str, str, int | None] | None,
) -> dict[str, Any]:
    """Return what applying the row needs; of somebody new in the order of the columns."""
    if verdict is Verdict.SAME:
        return {}
    values: dict[str, Any] = {}
    if stored:
        values = {"fields": changed, "version": stored.version}
    else:
        values["new"] = queries.stated_values(changed)
    if place:
        values["place"] = place
    if learned:
        values["education"] = learned
    return values


def _place(
    row: SheetRow, person: Person, stored: StoredEmployee | None, lookup: Lookup
) -> Place | None:
    """Put the unit into the person's fields, or return the place of one to be created."""
    if stored and not within(lookup.units.by_id.get(stored.unit_id), lookup.paths):
        person.problems.append(_out_of_reach())
        return None
    if stored and not row.text("unit") and not row.text("unit_siasn_id"):
        return None
    if stored and _names_stored_unit(row, lookup.units.by_id.get(stored.unit_id), lookup):
        return None
    found = lookup.units.find(
        siasn_id=row.text("unit_siasn_id"),
        name=row.text("unit"),
        agency=row.text("agency"),
        government=row.text("government"),
    )
    if isinstance(found, Misplaced):
        person.problems.append(Problem("unit", found.sentence, found.suggestion))
        return None
    if isinstance(found, UnitRow):
        if within(found, lookup.paths):
            person.fields["unit_id"] = found.id
        else:
            person.problems.append(_out_of_reach())
        return None
    agency = lookup.units.agencies.get(found.agency.lower())
    if not within(agency, lookup.paths):
        person.problems.append(_out_of_reach())
        return None
    lookup.proposed.add(found)
    return found


def _names_stored_unit(row: SheetRow, unit: UnitRow | None, lookup: Lookup) -> bool:
    """Whether a name that several units bear is the one the employee is already in."""
    if unit is None or row.text("unit_siasn_id") not in ("", unit.siasn_id):
        return False
    if row.text("unit").lower() not in (unit.name.lower(), unit.code.lower()):
        return False
    agency = lookup.units.agency_of(unit.path)
    stated = row.text("agency").lower()
    return not stated or (agency is not None and agency.name.lower() == stated)


def _out_of_reach() -> Problem:
    return Problem(
        "unit",
        _("Unit kerja ini di luar wewenang Anda."),
        _("Minta pengelola kepegawaian unit itu yang mengimpornya."),
    )


def _keep_guessed(fields: dict[str, Any], person: Person, stored: StoredEmployee) -> None:
    """A class that only the name told never replaces one that is known for the same position."""
    if not any(warning.column == "position" for warning in person.warnings):
        return
    if stored.position_class and fields.get("position_name") == stored.position_name:
        fields.pop("position_class", None)
        fields.pop("echelon", None)
        person.warnings = [one for one in person.warnings if one.column != "position"]


def _require(row: SheetRow, person: Person) -> None:
    """A new employee needs what an existing one already has."""
    person.fields.setdefault("employment", "PNS")
    faulty = row.is_faulty("rank") or any(one.column == "rank" for one in person.problems)
    if not (row.has("rank") or row.has("rank_id")) and not faulty:
        person.warnings.append(
            Problem("rank", _("Berkas tidak memuat golongan; kosong untuk sementara."), "")
        )


def _new_education(
    person: Person, stored: StoredEmployee | None, education: Mapping[str, set[tuple[str, str]]]
) -> tuple[str, str, str, str, int | None] | None:
    learned = person.education
    if learned and stored and (learned[1], learned[2]) in education.get(stored.id, ()):
        return None
    return learned


def _changes(
    changed: Mapping[str, Any],
    stored: StoredEmployee,
    place: Place | None,
    learned: tuple[str, str, str, str, int | None] | None,
    lookup: Lookup,
) -> list[Change]:
    names = set(changed)
    changes = [
        Change(
            _COLUMN_OF.get(name, name),
            _text(name, getattr(stored, name), lookup),
            _text(name, value, lookup),
        )
        for name, value in changed.items()
        if not (name in _SHOWN_ONCE and names & {"position_name", "legal_status"})
    ]
    if place:
        before = _text("unit_id", stored.unit_id, lookup)
        changes.append(Change("unit", before, _("%(unit)s (unit baru)") % {"unit": place.unit}))
    if learned:
        changes.append(Change("level", "", " ".join(part for part in learned[1:3] if part)))
    return changes


def _text(name: str, value: Any, lookup: Lookup) -> str:
    if name == "unit_id":
        unit = lookup.units.by_id.get(value)
        return unit.name if unit else str(value)
    if name == "rank_code":
        return lookup.codes.rank_name(value)
    if name == "is_active":
        return _("aktif") if value else _("tidak aktif")
    if value is None:
        return ""
    return f"{value:%d-%m-%Y}" if hasattr(value, "strftime") else str(value)


def _note_proposals(context: SheetContext, lookup: Lookup) -> None:
    """Keep one sentence about the units that applying would create, rewritten with each chunk."""
    if not lookup.proposed:
        return
    names = sorted({place.unit for place in lookup.proposed})
    text = ngettext(
        "%(count)s unit baru akan dibuat: %(names)s.",
        "%(count)s unit baru akan dibuat: %(names)s.",
        len(names),
    ) % {"count": len(names), "names": ", ".join(names[:8]) + ("…" if len(names) > 8 else "")}
    context.notes[:] = [text]
