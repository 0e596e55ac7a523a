"""What a reader of the trail asks for, as it stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sinambung.domains.workforce import queries as workforce
from sinambung.platform.foundation.clock import WIB
from sinambung.platform.foundation.errors import Invalid
from sinambung.platform.foundation.identifiers import is_ulid

if TYPE_CHECKING:
    from sinambung.platform.audit.models import Entry

COLUMNS = {
    "pegawai": "person_id",
    "angkatan": "context_id",
    "objek": "subject_id",
    "pelaku": "actor_id",
}


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What the reader asked for: identifiers by the names of the address, an action, days."""

    about: Mapping[str, str]
    action: str = ""
    nip: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def address(self, **changes: str) -> str:
        """Return the query string of this filter with changes; empty values are left out."""
        words = {
            **self.about,
            "nip": self.nip,
            "tindakan": self.action,
            "sejak": self.since.isoformat() if self.since else "",
            "sampai": self.until.isoformat() if self.until else "",
            **changes,
        }
        return "?" + urlencode({key: value for key, value in words.items() if value})

    @property
    def is_empty(self) -> bool:
        return not (any(self.about.values()) or self.action or self.nip or self.since or self.until)


def filter_from(words: Mapping[str, str]) -> TrailFilter:
    """Read a filter from an address; raise `Invalid` for a day that does not exist."""
    about = {name: words.get(name, "").strip() for name in COLUMNS}
    for name, text in about.items():
        if text and not is_ulid(text):
            raise Invalid(_("Penanda pada alamat tidak dikenal. Buka jejak dari awal."), field=name)
    return TrailFilter(
        about=about,
        action=words.get("tindakan", ""),
        nip="".join(words.get("nip", "").split())[:18],
        since=_day(words.get("sejak", ""), "sejak"),
        until=_day(words.get("sampai", ""), "sampai"),
    )


def filtered(entries: QuerySet[Entry], asked: TrailFilter) -> QuerySet[Entry]:
    """Return the entries that fit the filter."""
    for name, column in COLUMNS.items():
        if asked.about.get(name):
            entries = entries.filter(**{column: asked.about[name]})
    if asked.nip:
        found = workforce.employees_by_nip([asked.nip]).get(asked.nip)
        entries = entries.filter(person_id=found.pk) if found else entries.none()
    if asked.action:
        entries = entries.filter(action=asked.action)
    if asked.since:
        entries = entries.filter(at__gte=_midnight(asked.since))
    if asked.until:
        entries = entries.filter(at__lt=_midnight(asked.until + dt.timedelta(days=1)))
    return entries


def _midnight(day: dt.date, zone: ZoneInfo = WIB) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=zone)


def _day(text: str, field: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Invalid(
            _("“%(text)s” bukan tanggal. Tulis seperti 2026-11-24.") % {"text": text[:20]},
            field=field,
        ) from None
