"""What the trail is told about an employee: the subject of an entry and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sinambung.platform.audit import services as audit

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


def subject(employee_id: str, name: str, import_id: str = "") -> audit.Subject:
    return audit.Subject("employee", employee_id, name, employee_id, import_id)


def changes_told(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Say what changed: `golongan III/b menjadi III/c; email – menjadi a@contoh.go.id`."""
    parts = [
        f"{_LABELS[name]} {_plain(before[name])} menjadi {_plain(value)}"
        for name, value in after.items()
        if name in _LABELS
    ]
    return "; ".join(parts)


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    return str(value) if value not in (None, "") else "–"
