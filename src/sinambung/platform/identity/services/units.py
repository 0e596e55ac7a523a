"""Changes to the unit tree, each with its history."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.identity.models import RoleAssignment, Unit, UnitPeriod, User
from sinambung.platform.identity.services.subjects import unit_subject
from sinambung.platform.identity.trail import Trail

_CODE = re.compile(r"[^/\s%_\\]{1,24}")
_LONGEST_PATH = 255


class CodeTaken(Refused):
    message = _("Kode unit ini sudah dipakai. Pilih kode lain.")


class UnitClosed(Refused):
    message = _("Unit ini sudah ditutup. Pilih unit yang masih berlaku.")


class UnitBelowItself(Refused):
    message = _("Unit tidak dapat dipindahkan ke bawah dirinya sendiri. Pilih induk lain.")


class UnitHasParts(Refused):
    message = _("Masih ada unit berlaku di bawahnya. Pindahkan atau tutup unit itu lebih dahulu.")


class UnitHasPeople(Refused):
    message = _(
        "Masih ada %(count)d akun aktif di unit ini. Pindahkan dahulu ke unit lain, lalu tutup."
    )


class BeforeLastChange(Refused):
    message = _("Tanggal ini mendahului perubahan unit sebelumnya. Pilih tanggal sesudahnya.")


@transaction.atomic
def add_unit(
    *,
    code: str,
    name: str,
    kind: str,
    parent_id: str | None,
    since: dt.date,
    by: Actor,
    short_name: str = "",
    siasn_id: str = "",
    time_zone: str = "Asia/Jakarta",
    context_id: str = "",
) -> Unit:
    """Add a unit under another (or as a root).

    `context_id` is the import that asks for it, for the trail. Codes differ by more than case:
    paths are compared without it on one of the databases.
    """
    parent = Unit.objects.locked(parent_id) if parent_id else None
    if parent and parent.until:
        raise UnitClosed
    _check_new(code, name, kind)
    unit = Unit.objects.create(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        path=_path(parent, code),
        siasn_id=siasn_id,
        time_zone=time_zone,
        since=since,
    )
    _begin_period(unit, since)
    subject = replace(unit_subject(unit), context_id=context_id)
    audit.record(Trail.UNIT_ADDED, subject, by=by)
    return unit


@transaction.atomic
def rename_unit(
    *,
    unit_id: str,
    version: int | None,
    name: str,
    short_name: str,
    on: dt.date,
    by: Actor,
    reason: str = "",
) -> Unit:
    """Give a unit a new name from a day on; the former name stays in its history."""
    unit = _open_unit(unit_id, version)
    if not name.strip():
        raise Invalid(_("Nama unit belum diisi."), field="name")
    if (name, short_name) == (unit.name, unit.short_name):
        return unit
    before, unit.name, unit.short_name = unit.name, name, short_name
    _turn_period(unit, on)
    save_changed(unit, ["name", "short_name"])
    audit.record(Trail.UNIT_RENAMED, unit_subject(unit), by=by, reason=reason, before=before, on=on)
    return unit


@transaction.atomic
def move_unit(
    *,
    unit_id: str,
    version: int | None,
    parent_id: str | None,
    on: dt.date,
    by: Actor,
    reason: str = "",
) -> Unit:
    """Put a unit, with everything below it, under another parent from a day on."""
    unit = _open_unit(unit_id, version)
    parent = Unit.objects.locked(parent_id) if parent_id else None
    if parent and parent.until:
        raise UnitClosed
    if parent and parent.path.startswith(unit.path):
        raise UnitBelowItself
    if unit.parent_id == parent_id:
        return unit
    before, old_path, unit.parent = unit.parent, unit.path, parent
    new_path = _path(parent, unit.code)
    below = Unit.objects.filter(path__startswith=old_path).exclude(pk=unit.pk)
    longest = max((len(path) for path in below.values_list("path", flat=True)), default=0)
    if longest - len(old_path) + len(new_path) > _LONGEST_PATH:
        raise Invalid(_("Susunan unit terlalu dalam. Pilih induk yang lebih tinggi."))
    _turn_period(unit, on)
    below.update(
        path=Concat(Value(new_path), Substr("path", len(old_path) + 1)), version=F("version") + 1
    )
    unit.path = new_path
    save_changed(unit, ["parent", "path"])
    audit.record(
        Trail.UNIT_MOVED,
        unit_subject(unit),
        by=by,
        reason=reason,
        before=before.name if before else "–",
        after=parent.name if parent else "–",
        on=on,
    )
    return unit


@transaction.atomic
def close_unit(
    *, unit_id: str, version: int | None, on: dt.date, by: Actor, reason: str = ""
) -> Unit:
    """End a unit; the roles held in it end the same day."""
    unit = _open_unit(unit_id, version)
    if unit.children.filter(until=None).exists():
        raise UnitHasParts
    people = User.objects.filter(unit=unit, is_active=True).count()
    if people:
        raise UnitHasPeople(count=people)
    period = UnitPeriod.objects.select_for_update().get(unit=unit, until=None)
    if on <= period.since:
        raise BeforeLastChange
    period.until = unit.until = on
    period.save(update_fields=["until"])
    roles = RoleAssignment.objects.filter(unit=unit).filter(Q(until=None) | Q(until__gt=on))
    roles.filter(since__lt=on).update(until=on, version=F("version") + 1)
    roles.filter(since__gte=on).delete()
    save_changed(unit, ["until"])
    audit.record(Trail.UNIT_CLOSED, unit_subject(unit), by=by, reason=reason, on=on)
    return unit


def _check_new(code: str, name: str, kind: str) -> None:
    if not _CODE.fullmatch(code):
        raise Invalid(
            _(
                "Kode unit paling banyak 24 karakter, tanpa spasi, garis miring, garis bawah, "
                "dan tanda persen."
            ),
            field="code",
        )
    if kind not in Unit.Kind.values:
        raise Invalid(_("Jenis unit tidak dikenal."), field="kind")
    if not name.strip():
        raise Invalid(_("Nama unit belum diisi."), field="name")
    if Unit.objects.filter(code__iexact=code).exists():
        raise CodeTaken


def _open_unit(unit_id: str, version: int | None) -> Unit:
    unit = Unit.objects.locked(unit_id, version=version)
    if unit.until:
        raise UnitClosed
    return unit


def _path(parent: Unit | None, code: str) -> str:
    path = f"{parent.path if parent else ''}{code}/"
    if len(path) > _LONGEST_PATH:
        raise Invalid(_("Susunan unit terlalu dalam. Pilih induk yang lebih tinggi."))
    return path


def _begin_period(unit: Unit, since: dt.date) -> None:
    UnitPeriod.objects.create(
        unit=unit, name=unit.name, short_name=unit.short_name, parent=unit.parent, since=since
    )


def _turn_period(unit: Unit, on: dt.date) -> None:
    """End the open period and begin the next; a second change on the same day replaces it."""
    period = UnitPeriod.objects.select_for_update().get(unit=unit, until=None)
    if on < period.since:
        raise BeforeLastChange
    if on == period.since:
        period.name, period.short_name, period.parent = unit.name, unit.short_name, unit.parent
        period.save(update_fields=["name", "short_name", "parent"])
        return
    period.until = on
    period.save(update_fields=["until"])
    _begin_period(unit, on)
