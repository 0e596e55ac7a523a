"""An outcome in Indonesian lines, for the command line and the pages about rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_DECIMAL = re.compile(r"-?\d+\.\d+")
WORDS = {
    "value": "Nilai",
    "shown": "Ditampilkan",
    "distinction": "Predikat",
    "passes": "Lulus",
    "components": "Nilai komponen",
    "failed": "Prasyarat yang tidak terpenuhi",
    "participant": "Peserta",
    "rank": "Peringkat",
    "shared": "Peringkat bersama",
    "decided_by": "Ditentukan oleh",
    "percent": "Persen JP",
    "minimum": "Paling sedikit",
    "maximum": "Paling banyak",
    "fulfils": "Terpenuhi",
    "total": "Jumlah JP",
    "activities": "Kegiatan",
    "key": "Nomor",
    "form": "Bentuk",
    "hours": "JP",
    "counted": "JP terhitung",
    "missing": "Kurang",
    "above_maximum": "Melebihi batas",
    "band": "Kelompok",
    "nip": "NIP",
    "kind": "Jenis",
    "birth_on": "Tanggal lahir",
    "appointment_year": "Tahun pengangkatan",
    "appointment_month": "Bulan pengangkatan",
    "sex": "Jenis kelamin",
    "sequence": "Nomor urut",
    "warnings": "Peringatan",
    "code": "Kode",
    "name": "Nama",
    "siasn_id": "Kode SIASN",
}


def told(value: object) -> tuple[str, ...]:
    """Return the lines that tell a value, one for each of its parts."""
    if isinstance(value, Mapping):
        return tuple(f"{WORDS.get(key, key)}: {_worded(part)}" for key, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_worded(part) for part in value)
    return (f"Hasil: {_worded(value)}",)


def _worded(value: object) -> str:
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Mapping):
        return ", ".join(f"{WORDS.get(key, key)} {_worded(part)}" for key, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(_worded(part) for part in value)
    text = str(value)
    return text.replace(".", ",") if _DECIMAL.fullmatch(text) else text
