"""Finding the unit that a row names: by SIASN id, by code, by name within its agency."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from sinambung.platform.identity.models import Unit


class Place(NamedTuple):
    """A unit that does not exist yet, by the names that the file gives."""

    government: str
    agency: str
    unit: str
    siasn_id: str


class Misplaced(NamedTuple):
    """Why a row's unit cannot be told, and what to do."""

    sentence: str
    suggestion: str


class UnitRow(NamedTuple):
    id: str
    code: str
    name: str
    path: str
    kind: str
    siasn_id: str
    until: dt.date | None


@dataclass(slots=True)
class UnitIndex:
    """The units in memory; `find` remembers its answers."""

    on: dt.date
    by_id: dict[str, UnitRow]
    by_siasn_id: dict[str, UnitRow]
    by_code: dict[str, UnitRow]
    by_name: dict[str, list[UnitRow]]
    agencies: dict[str, UnitRow]
    _found: dict[tuple[str, str, str, str], UnitRow | Place | Misplaced] = field(
        default_factory=dict
    )

    def find(
        self, *, siasn_id: str, name: str, agency: str, government: str
    ) -> UnitRow | Place | Misplaced:
        """Return the unit of a row, the place of one to be created, or why it cannot be told."""
        key = (siasn_id, name, agency, government)
        if key not in self._found:
            self._found[key] = self._find(siasn_id, name, agency, government)
        return self._found[key]

    def agency_of(self, path: str) -> UnitRow | None:
        """Return the agency above (or at) a unit."""
        parts = path.rstrip("/").split("/")
        for length in range(len(parts), 0, -1):
            unit = self.by_code.get(parts[length - 1].lower())
            if unit and unit.kind == Unit.Kind.AGENCY:
                return unit
        return None

    def _find(
        self, siasn_id: str, name: str, agency: str, government: str
    ) -> UnitRow | Place | Misplaced:
        if siasn_id and siasn_id in self.by_siasn_id:
            return self._open(self.by_siasn_id[siasn_id])
        if not name:
            return Misplaced(_("Unit kerja belum diisi."), _("Isi nama atau kode unit kerja."))
        parent = self.agencies.get(_plain(agency)) if agency else None
        if name.lower() in self.by_code:
            return self._by_code(self.by_code[name.lower()], parent)
        return self._by_name(name, parent) or _new_place(siasn_id, name, agency, government, parent)

    def _by_name(self, name: str, parent: UnitRow | None) -> UnitRow | Misplaced | None:
        same = self.by_name.get(_plain(name), [])
        if parent:
            same = [unit for unit in same if unit.path.startswith(parent.path)]
        open_ones = [unit for unit in same if not self._is_closed(unit)]
        if len(open_ones) > 1:
            listed = _(" atau ").join(unit.code for unit in open_ones[:4])
            return Misplaced(
                _("Ada %(count)s unit dengan nama ini.") % {"count": len(open_ones)},
                _("Isi kode unit: %(codes)s.") % {"codes": listed},
            )
        if open_ones:
            return open_ones[0]
        return self._open(same[0]) if same else None

    def _by_code(self, unit: UnitRow, parent: UnitRow | None) -> UnitRow | Misplaced:
        if parent and not unit.path.startswith(parent.path):
            owner = self.agency_of(unit.path)
            return Misplaced(
                _("Kode ini milik %(owner)s.") % {"owner": owner.name if owner else unit.name},
                _("Periksa apakah pegawai sudah pindah."),
            )
        return self._open(unit)

    def _open(self, unit: UnitRow) -> UnitRow | Misplaced:
        if not self._is_closed(unit):
            return unit
        day = f"{unit.until:%d-%m-%Y}" if unit.until else ""
        return Misplaced(
            _("Unit ini sudah tidak aktif sejak %(day)s.") % {"day": day},
            _("Pilih unit penggantinya."),
        )

    def _is_closed(self, unit: UnitRow) -> bool:
        return unit.until is not None and unit.until <= self.on


def unit_index(*, on: dt.date) -> UnitIndex:
    """Read every unit once."""
    rows = [
        UnitRow(*row)
        for row in Unit.objects.order_by("path").values_list(
            "id", "code", "name", "path", "kind", "siasn_id", "until"
        )
    ]
    by_name: dict[str, list[UnitRow]] = defaultdict(list)
    for row in rows:
        by_name[_plain(row.name)].append(row)
    return UnitIndex(
        on=on,
        by_id={row.id: row for row in rows},
        by_siasn_id={row.siasn_id: row for row in rows if row.siasn_id},
        by_code={row.code.lower(): row for row in rows},
        by_name=by_name,
        agencies=_agencies(rows),
    )


def _new_place(
    siasn_id: str, name: str, agency: str, government: str, parent: UnitRow | None
) -> Place | Misplaced:
    if not agency:
        return Misplaced(
            _("Unit kerja ini tidak dikenal dan perangkat daerahnya tidak disebut."),
            _("Perbaiki namanya, atau tambahkan kolom Perangkat daerah."),
        )
    return Place(government, parent.name if parent else agency, name, siasn_id)


def _agencies(rows: Sequence[UnitRow]) -> dict[str, UnitRow]:
    wanted = (Unit.Kind.AGENCY, Unit.Kind.GOVERNMENT)
    return {_plain(row.name): row for row in reversed(rows) if row.kind in wanted}


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
