"""Employees as rows of a sheet that imports again without a change."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sinambung.domains.workforce.models import Employee, PositionClass
from sinambung.platform.foundation.workbooks import Cell
from sinambung.platform.identity.models import Unit

EXPORT_COLUMNS = (
    (_("NIP"), 22),
    (_("PNS ID"), 20),
    (_("Nama"), 30),
    (_("Gelar depan"), 14),
    (_("Gelar belakang"), 18),
    (_("Tempat lahir"), 18),
    (_("Tanggal lahir"), 14),
    (_("Jenis kelamin"), 14),
    (_("Status kepegawaian"), 18),
    (_("Kedudukan hukum"), 18),
    (_("Golongan"), 12),
    (_("TMT golongan"), 14),
    (_("Jenis jabatan ID"), 16),
    (_("Jabatan"), 34),
    (_("Eselon"), 10),
    (_("TMT jabatan"), 14),
    (_("Unit kerja"), 34),
    (_("Unor ID"), 20),
    (_("Perangkat daerah"), 34),
    (_("Instansi"), 30),
    (_("Email"), 26),
    (_("Nomor HP"), 18),
)
_KIND_OF = {PositionClass.FUNGSIONAL.value: "2", PositionClass.PELAKSANA.value: "4", "": ""}


def export_rows(employees: QuerySet[Employee]) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of `EXPORT_COLUMNS`; the unit stands as its code, which is unique."""
    units = _units()
    rows = employees.values_list(
        *("nip", "siasn_id", "name", "title_before", "title_after", "birth_place"),
        *("birth_date", "sex", "employment", "legal_status", "rank_code", "rank_since"),
        *("position_class", "position_name", "echelon", "position_since", "unit_id"),
        *("email", "phone"),
    )
    for *person, position_class, position, echelon, since, unit_id, email, phone in rows.iterator(
        chunk_size=2000
    ):
        shown = "10" if position_class == PositionClass.JPT_UTAMA else echelon
        kind = _KIND_OF.get(position_class, "1")
        yield (*person, kind, position, shown, since, *units[unit_id], email, phone)


def _units() -> dict[str, tuple[str, str, str, str]]:
    """Return code, SIASN id, agency and government of every unit."""
    rows = list(
        Unit.objects.order_by("path").values_list("id", "code", "name", "kind", "path", "siasn_id")
    )
    agencies = {path: name for _id, _code, name, kind, path, _s in rows if kind == "agency"}
    roots = {path: name for _id, _code, name, kind, path, _s in rows if kind == "government"}
    return {
        id: (code, siasn_id, _above(path, agencies), _above(path, roots))
        for id, code, _name, _kind, path, siasn_id in rows
    }


def _above(path: str, names: dict[str, str]) -> str:
    parts = path.rstrip("/").split("/")
    for length in range(len(parts), 0, -1):
        prefix = "/".join(parts[:length]) + "/"
        if prefix in names:
            return names[prefix]
    return ""
