"""Employees from a sheet: a chunk at a time, as plain rows, with histories, accounts and trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sinambung.domains.workforce.models import Employee, with_titles
from sinambung.domains.workforce.queries import FIELDS, StoredEmployee, stored_by_nip
from sinambung.domains.workforce.services.histories import NewPeriods, end_open_periods
from sinambung.domains.workforce.services.places import Places
from sinambung.domains.workforce.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.exchange.kinds import Outcome, ReadyRow, Sentence, SheetContext, Verdict
from sinambung.platform.foundation.bulk import insert_rows, update_rows
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.models import Unit

COLUMNS = tuple("unit" if name == "unit_id" else name for name in FIELDS)
_DAYS = frozenset({"birth_date", "rank_since", "position_since"})
_EMPTY: dict[str, Any] = dict.fromkeys(FIELDS, "") | {
    "rank_since": None,
    "position_since": None,
    "employment": "PNS",
    "legal_status": "Aktif",
    "is_active": True,
}
_TAKEN = _("NIP ini sudah dicatat sejak berkas diperiksa. Unggah berkasnya lagi.")
_CHANGED = _("Data pegawai ini berubah sejak berkas diperiksa. Unggah berkasnya lagi.")


def import_employees(*, rows: Sequence[ReadyRow], context: SheetContext) -> list[Outcome]:
    """Record or change the employees of a chunk, inside the caller's transaction.

    A row whose employee was added or changed since the check is refused.
    """
    stored = _locked(rows)
    places = _places(context)
    outcomes: dict[int, Outcome] = {}
    new: list[tuple[ReadyRow, dict[str, Any]]] = []
    changed: list[tuple[ReadyRow, StoredEmployee, dict[str, Any]]] = []
    for row in rows:
        known = stored.get(row.key)
        refusal = _refusal(row, known)
        if refusal:
            outcomes[row.number] = Outcome(refusal=refusal)
            continue
        fields = _fields(row.values, places)
        if known is None:
            new.append((row, {**_EMPTY, **fields}))
        else:
            changed.append((row, known, fields))
    periods = NewPeriods(context.import_id)
    outcomes |= _add(new, periods, context)
    outcomes |= _change(changed, periods, context)
    periods.write()
    return [outcomes[row.number] for row in rows]


def add_missing_units(*, rows: Sequence[ReadyRow], context: SheetContext) -> None:
    """Create the units that these rows name and that do not exist, each in its own transaction."""
    places = _places(context)
    for row in rows:
        if place := row.values.get("place"):
            places.unit_id(tuple(place))


def refresh_statistics() -> None:
    """Let the database learn the new distribution of employees, for its plans."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {connection.ops.quote_name(Employee._meta.db_table)}")


def subject(employee_id: str, name: str, import_id: str = "") -> audit.Subject:
    return audit.Subject(
        kind="employee",
        id=employee_id,
        name=name,
        person_id=employee_id,
        context_id=import_id,
    )


def _places(context: SheetContext) -> Places:
    if "places" not in context.memory:
        context.memory["places"] = Places(on=context.on, by=context.by)
    places: Places = context.memory["places"]
    return places


def _locked(rows: Sequence[ReadyRow]) -> dict[str, StoredEmployee]:
    nips = [row.key for row in rows]
    list(Employee.objects.select_for_update().filter(nip__in=nips).order_by("id").values_list("id"))
    return stored_by_nip(nips)


def _refusal(row: ReadyRow, known: StoredEmployee | None) -> Sentence:
    if row.verdict is Verdict.NEW:
        return _TAKEN if known else ""
    if known is None or known.version != row.values["version"]:
        return _CHANGED
    return ""


def _fields(values: Mapping[str, Any], places: Places) -> dict[str, Any]:
    fields = {
        name: dt.date.fromisoformat(value) if value and name in _DAYS else value
        for name, value in values["fields"].items()
    }
    if place := values.get("place"):
        fields["unit_id"] = places.unit_id(tuple(place))
    return fields


def _add(
    new: Sequence[tuple[ReadyRow, dict[str, Any]]], periods: NewPeriods, context: SheetContext
) -> dict[int, Outcome]:
    if not new:
        return {}
    accounts = identity.add_employee_accounts(
        rows=[
            (row.key, _name(fields), fields["email"], fields["unit_id"])
            for row, fields in new
            if fields["is_active"]
        ],
        at=context.at,
        by=context.by,
    )
    inserted, drafts, outcomes = [], [], {}
    for row, fields in new:
        employee_id = new_ulid()
        inserted.append(
            (
                *(employee_id, 1, row.key, accounts.get(row.key)),
                *[fields[name] for name in FIELDS],
            )
        )
        _begin_periods(employee_id, fields, periods, context.on)
        if learned := row.values.get("education"):
            periods.education(employee_id, learned)
        drafts.append(
            audit.Draft(
                subject=subject(employee_id, _name(fields), context.import_id),
                facts={"nip": row.key, "file": context.file_name},
            )
        )
        outcomes[row.number] = Outcome(subject_id=employee_id, undo={"version": 1})
    insert_rows(Employee, ("id", "version", "nip", "account", *COLUMNS), inserted)
    audit.record_all(Trail.EMPLOYEE_IMPORTED, drafts, by=context.by)
    return outcomes


def _begin_periods(
    employee_id: str, fields: Mapping[str, Any], periods: NewPeriods, on: dt.date
) -> None:
    if fields["position_name"]:
        periods.position(
            employee_id,
            fields["position_since"] or on,
            name=fields["position_name"],
            position_class=fields["position_class"],
            echelon=fields["echelon"],
        )
    if fields["rank_code"]:
        periods.rank(employee_id, fields["rank_since"] or on, code=fields["rank_code"])
    periods.unit(employee_id, fields["position_since"] or on, unit_id=fields["unit_id"])


def _change(
    changed: Sequence[tuple[ReadyRow, StoredEmployee, dict[str, Any]]],
    periods: NewPeriods,
    context: SheetContext,
) -> dict[int, Outcome]:
    if not changed:
        return {}
    ended = _turn_periods(changed, periods, context.on)
    names = _unit_names(changed)
    updates, drafts, outcomes = [], [], {}
    for row, known, fields in changed:
        merged = {**known._asdict(), **fields}
        updates.append((*(merged[name] for name in FIELDS), known.version + 1, known.id))
        if learned := row.values.get("education"):
            periods.education(known.id, learned)
        before = {name: getattr(known, name) for name in fields}
        told = _sentence(before, fields) + _moved(before, fields, names)
        drafts.append(
            audit.Draft(
                subject=subject(known.id, _name(merged), context.import_id),
                facts={"changes": told.lstrip("; "), "before": before, "after": fields},
                reason=context.reason,
            )
        )
        undo = {"version": known.version + 1, "before": before, "ended": ended.get(known.id, [])}
        outcomes[row.number] = Outcome(subject_id=known.id, undo=undo)
    update_rows(Employee, [*COLUMNS, "version"], updates)
    audit.record_all(Trail.EMPLOYEE_CHANGED, drafts, by=context.by)
    moved = [
        (known.account_id, fields["unit_id"])
        for _row, known, fields in changed
        if known.account_id and "unit_id" in fields
    ]
    if moved:
        identity.place_users(rows=moved, by=context.by)
    return outcomes


def _turn_periods(
    changed: Sequence[tuple[ReadyRow, StoredEmployee, dict[str, Any]]],
    periods: NewPeriods,
    on: dt.date,
) -> dict[str, list[tuple[str, int]]]:
    """Where rank, position or unit changed: end the open period, begin the next."""
    ends: dict[str, dict[str, dt.date]] = {"position": {}, "rank": {}, "unit": {}}
    for _row, known, fields in changed:
        merged = {**known._asdict(), **fields}
        began = fields.get("position_since") or on
        if fields.keys() & {"position_name", "position_class", "echelon"}:
            ends["position"][known.id] = began
            periods.position(
                known.id,
                began,
                name=merged["position_name"],
                position_class=merged["position_class"],
                echelon=merged["echelon"],
            )
        if "rank_code" in fields:
            since = fields.get("rank_since") or on
            ends["rank"][known.id] = since
            periods.rank(known.id, since, code=fields["rank_code"])
        if "unit_id" in fields:
            ends["unit"][known.id] = began
            periods.unit(known.id, began, unit_id=fields["unit_id"])
    ended: dict[str, list[tuple[str, int]]] = {}
    for history, days in ends.items():
        for employee_id, row in end_open_periods(history, days):
            ended.setdefault(employee_id, []).append((history, row))
    return ended


def _name(fields: Mapping[str, Any]) -> str:
    return with_titles(fields["title_before"], fields["name"], fields["title_after"])


def _sentence(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Say what changed, for the trail: `Golongan III/b menjadi III/c`."""
    parts = [
        f"{_LABELS[name]} {_plain(before[name])} menjadi {_plain(value)}"
        for name, value in after.items()
        if name in _LABELS
    ]
    return "; ".join(parts)


def _unit_names(
    changed: Sequence[tuple[ReadyRow, StoredEmployee, dict[str, Any]]],
) -> dict[str, str]:
    ids = {known.unit_id for _row, known, fields in changed if "unit_id" in fields}
    ids |= {fields["unit_id"] for _row, _known, fields in changed if "unit_id" in fields}
    return dict(Unit.objects.filter(pk__in=ids).order_by().values_list("id", "name"))


def _moved(before: Mapping[str, Any], after: Mapping[str, Any], names: dict[str, str]) -> str:
    if "unit_id" not in after:
        return ""
    return f"; unit {names[before['unit_id']]} menjadi {names[after['unit_id']]}"


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    return str(value) if value not in (None, "") else "–"


_LABELS = {
    "name": "nama",
    "title_before": "gelar depan",
    "title_after": "gelar belakang",
    "birth_date": "tanggal lahir",
    "employment": "status kepegawaian",
    "legal_status": "kedudukan hukum",
    "rank_code": "golongan",
    "rank_since": "TMT golongan",
    "position_name": "jabatan",
    "position_since": "TMT jabatan",
    "echelon": "eselon",
    "email": "email",
    "phone": "nomor HP",
}
