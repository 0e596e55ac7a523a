"""What an app above hands over to have certified: frozen values, no rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, as the paper shows it; `lines` stand under the name (rank, NIP)."""

    position: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A line of the list of subjects; a group is a heading such as an agenda."""

    name: str
    no: str = ""
    hours: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A line of the marks, already written as the paper shows it (`88,00`, `20%`)."""

    name: str
    weight: str = ""
    mark: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What certificates come from, and what all of them print.

    `kind` and `key` are the caller's own (`batch` and its id); `unit_id` is the unit whose
    organisers see them. `number_pattern` and `number_values` are for `numbering`; certificates
    with the same `register` share a run of numbers per year. `lesson_hours` is written as digits,
    with a comma where needed. `note` stands at the foot of the second page.
    """

    kind: str
    key: str
    name: str
    unit_id: str
    title: str
    short_title: str
    programme: str
    batch: str
    organiser: str
    opening: str
    starts_on: dt.date
    ends_on: dt.date
    lesson_hours: str
    issued_on: dt.date
    place: str
    signatory: Signatory
    register: str
    number_pattern: str
    number_values: Mapping[str, str] = field(default_factory=dict)
    href: str = ""
    government: str = ""
    agency: str = ""
    subjects: tuple[SubjectRow, ...] = ()
    subjects_total: str = ""
    note: str = ""
    keeps_number_on_reissue: bool = False


@dataclass(frozen=True, slots=True)
class CertificateRequest:
    """One person's certificate. `source_key` is certified once, however often it is asked for.

    `holder_account` is the account that may fetch its own certificate, `person_id` names the
    person on the trail. `result` is empty where
    nothing was passed (a certificate of attendance). `portrait_file` is a file of `documents`.
    """

    source_key: str
    holder_name: str
    holder_nip: str = ""
    holder_account: str = ""
    person_id: str = ""
    birth_place: str = ""
    born_on: dt.date | None = None
    rank: str = ""
    position: str = ""
    agency: str = ""
    portrait_file: str = ""
    result: str = ""
    distinction: str = ""
    marks: tuple[MarkRow, ...] = ()
    final: MarkRow | None = None
    subjects: tuple[SubjectRow, ...] | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reissued certificate says differently; None leaves a value as it was."""

    holder_name: str | None = None
    holder_nip: str | None = None
    birth_place: str | None = None
    born_on: dt.date | None = None
    rank: str | None = None
    position: str | None = None
    agency: str | None = None

    def changed(self) -> dict[str, Any]:
        """Return the corrected values by name, as a snapshot holds them."""
        values = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: _plain(value) for name, value in values.items()}


def snapshot(part: Source | CertificateRequest) -> dict[str, Any]:
    """Return what a source or a person's request adds to a certificate, as JSON keeps it."""
    return {name: _plain(value) for name, value in asdict(part).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
