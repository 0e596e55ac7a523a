"""Changes to one employee by hand: each with a reason, each with its history."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.workforce.models import (
    Employee,
    Employment,
    Period,
    PositionClass,
    PositionHeld,
    RankHeld,
    UnitMembership,
)
from sinambung.domains.workforce.queries import codes
from sinambung.domains.workforce.services.telling import changes_told, subject
from sinambung.domains.workforce.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.models import Unit


class ReasonNeeded(Invalid):
    def __init__(self) -> None:
        super().__init__(_("Tulis alasan atau dasar perubahan ini."), field="reason")


class NothingChanged(Refused):
    message = _("Tidak ada yang berubah. Ubah isian lebih dahulu, atau tutup halaman ini.")


class BeforeLastChange(Invalid):
    def __init__(self, since: dt.date) -> None:
        super().__init__(
            _("Tanggal ini mendahului perubahan sebelumnya (%(since)s). Pilih tanggal sesudahnya."),
            field="since",
            since=f"{since:%d-%m-%Y}",
        )


_LIMITS = {
    "name": 200,
    "title_before": 60,
    "title_after": 100,
    "birth_place": 100,
    "employment": 4,
    "legal_status": 80,
    "email": 254,
    "phone": 30,
}


@dataclass(frozen=True, slots=True)
class EmployeeDetails:
    """What may be corrected by hand without a history of its own."""

    name: str
    title_before: str
    title_after: str
    birth_place: str
    employment: str
    legal_status: str
    email: str
    phone: str


@transaction.atomic
def change_details(
    *,
    employee_id: str,
    version: int | None,
    details: EmployeeDetails,
    on: dt.date,
    by: Actor,
    reason: str,
) -> Employee:
    """Correct the name, titles, status or contacts of an employee."""
    employee = Employee.objects.locked(employee_id, version=version)
    _check_details(details, reason)
    wanted = asdict(details)
    before = {name: getattr(employee, name) for name in wanted}
    after = {name: value for name, value in wanted.items() if before[name] != value}
    if not after:
        raise NothingChanged
    for name, value in after.items():
        setattr(employee, name, value)
    employee.is_active = codes(on=on).is_active(employee.legal_status)
    save_changed(employee, [*after, "is_active"])
    audit.record(
        Trail.EMPLOYEE_CHANGED,
        subject(employee.pk, employee.display_name),
        by=by,
        reason=reason,
        changes=changes_told(before, after),
        before={name: before[name] for name in after},
        after=after,
    )
    return employee


@transaction.atomic
def record_position_change(
    *,
    employee_id: str,
    version: int | None,
    name: str,
    position_class: str,
    echelon: str,
    since: dt.date,
    by: Actor,
    reason: str,
    decree: str = "",
) -> Employee:
    """Let an employee hold another position from a day on."""
    employee = Employee.objects.locked(employee_id, version=version)
    if not name.strip():
        raise Invalid(_("Nama jabatan belum diisi."), field="name")
    if position_class and position_class not in PositionClass.values:
        raise Invalid(_("Pilih jenjang jabatan dari daftar."), field="position_class")
    _require_reason(reason)
    before = employee.position_name
    if (before, employee.position_class, employee.echelon) == (name, position_class, echelon):
        raise NothingChanged
    _end_open(PositionHeld, employee, since)
    PositionHeld.objects.create(
        employee=employee,
        name=name,
        position_class=position_class,
        echelon=echelon,
        since=since,
        decree=decree,
        unit_name=employee.unit.name,
    )
    employee.position_name, employee.position_class = name, position_class
    employee.echelon, employee.position_since = echelon, since
    save_changed(employee, ["position_name", "position_class", "echelon", "position_since"])
    _record(Trail.POSITION_CHANGED, employee, by, reason, before or "–", name, since)
    return employee


@transaction.atomic
def record_rank_change(
    *,
    employee_id: str,
    version: int | None,
    rank_code: str,
    since: dt.date,
    by: Actor,
    reason: str,
    decree: str = "",
) -> Employee:
    """Let an employee hold another rank from a day on."""
    employee = Employee.objects.locked(employee_id, version=version)
    names = codes(on=since)
    if rank_code not in names.ranks.by_code:
        raise Invalid(_("Pilih golongan dari daftar."), field="rank_code")
    if ("/" in rank_code) == (employee.employment == Employment.PPPK):
        raise Invalid(_("Golongan ini tidak sesuai dengan jenis pegawai."), field="rank_code")
    _require_reason(reason)
    before = employee.rank_code
    if before == rank_code:
        raise NothingChanged
    _end_open(RankHeld, employee, since)
    RankHeld.objects.create(employee=employee, rank_code=rank_code, since=since, decree=decree)
    employee.rank_code, employee.rank_since = rank_code, since
    save_changed(employee, ["rank_code", "rank_since"])
    old, new = names.rank_name(before) or "–", names.rank_name(rank_code)
    _record(Trail.RANK_CHANGED, employee, by, reason, old, new, since)
    return employee


@transaction.atomic
def move_to_unit(
    *,
    employee_id: str,
    version: int | None,
    unit_id: str,
    since: dt.date,
    by: Actor,
    reason: str,
) -> Employee:
    """Let an employee work in another unit from a day on; the account moves along."""
    employee = Employee.objects.locked(employee_id, version=version)
    unit = Unit.objects.locked(unit_id)
    if unit.until and unit.until <= since:
        raise Invalid(_("Unit ini sudah tidak aktif. Pilih unit lain."), field="unit")
    _require_reason(reason)
    if employee.unit_id == unit.pk:
        raise NothingChanged
    before = employee.unit.name
    _end_open(UnitMembership, employee, since)
    UnitMembership.objects.create(employee=employee, unit=unit, since=since)
    employee.unit = unit
    save_changed(employee, ["unit"])
    if employee.account_id:
        identity.place_users(rows=[(employee.account_id, unit.pk)], by=by)
    _record(Trail.UNIT_CHANGED, employee, by, reason, before, unit.name, since)
    return employee


def _end_open(table: type[Period], employee: Employee, since: dt.date) -> None:
    open_period = table._default_manager.filter(employee=employee, until=None).order_by("id").last()
    if open_period is None:
        return
    if since < open_period.since:
        raise BeforeLastChange(open_period.since)
    open_period.until = since
    open_period.save(update_fields=["until"])


def _record(
    action: Trail,
    employee: Employee,
    by: Actor,
    reason: str,
    before: str,
    after: str,
    since: dt.date,
) -> None:
    audit.record(
        action,
        subject(employee.pk, employee.display_name),
        by=by,
        reason=reason,
        before=before,
        after=after,
        since=since,
    )


def _check_details(details: EmployeeDetails, reason: str) -> None:
    if not details.name:
        raise Invalid(_("Nama belum diisi."), field="name")
    if details.employment not in Employment.values:
        raise Invalid(_("Pilih status kepegawaian dari daftar."), field="employment")
    if not details.legal_status:
        raise Invalid(_("Kedudukan hukum belum diisi."), field="legal_status")
    for name, value in asdict(details).items():
        limit = _LIMITS[name]
        if len(value) > limit:
            raise Invalid(_("Isian ini paling banyak %(limit)s karakter."), field=name, limit=limit)
    _require_reason(reason)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonNeeded
