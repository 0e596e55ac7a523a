"""One row of the sheet as the fields of an employee, with what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sinambung.domains.workforce.queries import Codes
from sinambung.domains.workforce.sheets.titles import read_name
from sinambung.platform.exchange.kinds import Problem, SheetContext, SheetRow
from sinambung.pure.rulebook.nip import (
    EmployeeKind,
    Nip,
    NipRefused,
    nip_mismatches,
    normalise_nip,
    parse_nip,
)
from sinambung.pure.rulebook.nip import Sex as NipSex

_SEXES = {"m": "L", "l": "L", "pria": "L", "laki-laki": "L", "laki laki": "L", "1": "L"} | {
    **{"f": "P", "p": "P", "w": "P", "wanita": "P", "perempuan": "P", "2": "P"},
}
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>()]{2,}")
_PHONE = re.compile(r"\+?[0-9() -]{6,25}")


@dataclass(slots=True)
class Person:
    """`fields` are names of `Employee` and the values that the row states; a cell that is empty
    or missing states nothing. `education` is (level id, level, field, school, year)."""

    nip: str
    fields: dict[str, Any] = field(default_factory=dict)
    education: tuple[str, str, str, str, int | None] | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def read_person(row: SheetRow, codes: Codes, context: SheetContext) -> Person:
    """Read everything but the unit from a row."""
    person = Person(normalise_nip(row.text("nip")))
    nip = _read_nip(row, person, context)
    fields, problems, warnings = read_name(row)
    person.fields |= fields
    person.problems += problems
    person.warnings += warnings
    _read_birth(row, person, nip)
    if nip:
        _read_employment(row, person, nip)
    _read_status(row, person, codes)
    _read_rank(row, person, codes, nip)
    _read_position(row, person, codes)
    _read_contacts(row, person)
    person.education = _education(row, codes)
    return person


def _read_nip(row: SheetRow, person: Person, context: SheetContext) -> Nip | None:
    if row.is_faulty("nip"):
        return None
    try:
        return parse_nip(person.nip, on=context.on)
    except NipRefused as refusal:
        person.problems += [
            Problem("nip", sentence, _("Cocokkan dengan SK pengangkatan."))
            for sentence in refusal.problems[:1]
        ]
        return None


def _read_birth(row: SheetRow, person: Person, nip: Nip | None) -> None:
    fields = person.fields
    if place := row.text("birth_place"):
        fields["birth_place"] = place
    sex_text = row.text("sex")
    sex = _SEXES.get(sex_text.lower()) if sex_text else None
    if sex_text and not sex:
        person.problems.append(
            Problem("sex", _("Jenis kelamin tidak dikenal."), _("Isi L atau P (M atau F)."))
        )
    if born := row.day("birth_date"):
        fields["birth_date"] = born
    if sex:
        fields["sex"] = sex
    if nip is None:
        return
    fields.setdefault("birth_date", nip.birth_on)
    fields.setdefault("sex", "L" if nip.sex is NipSex.MALE else "P")
    if fields["birth_date"] != nip.birth_on or fields["sex"] != _sex_of(nip):
        stated = NipSex.MALE if fields["sex"] == "L" else NipSex.FEMALE
        person.warnings += [
            Problem(
                "nip", sentence, _("NIP tidak diterbitkan ulang; periksa data mana yang benar.")
            )
            for sentence in nip_mismatches(nip, birth_on=fields["birth_date"], sex=stated)
        ]


def _sex_of(nip: Nip) -> str:
    return "L" if nip.sex is NipSex.MALE else "P"


def _read_employment(row: SheetRow, person: Person, nip: Nip) -> None:
    status = row.text("employment").upper()
    if nip.kind is EmployeeKind.PPPK:
        person.fields["employment"] = "PPPK"
    elif status:
        person.fields["employment"] = "CPNS" if status.startswith("C") else "PNS"


def _read_status(row: SheetRow, person: Person, codes: Codes) -> None:
    text, number = row.text("legal_status"), row.text("legal_status_id")
    name = text or codes.standings.get(number.zfill(2) if number else "", "")
    if name:
        person.fields["legal_status"] = name
        person.fields["is_active"] = codes.is_active(name)


def _read_rank(row: SheetRow, person: Person, codes: Codes, nip: Nip | None) -> None:
    if since := row.day("rank_since"):
        person.fields["rank_since"] = since
    text = row.text("rank") or row.text("rank_id")
    if not text:
        if nip and nip.kind is EmployeeKind.PNS and (row.has("rank") or row.has("rank_id")):
            person.problems.append(
                Problem(
                    "rank" if row.has("rank") else "rank_id",
                    _("Golongan wajib diisi untuk PNS."),
                    _("Isi dari SK pangkat terakhir."),
                )
            )
        return
    rank = codes.rank(text)
    if isinstance(rank, str):
        kind_fits = nip is None or (nip.kind is EmployeeKind.PPPK) == ("/" not in rank)
        if kind_fits:
            person.fields["rank_code"] = rank
            return
        person.problems.append(
            Problem(
                "rank",
                _("Golongan %(rank)s bukan golongan %(kind)s.")
                % {"rank": rank, "kind": nip.kind.value if nip else ""},
                _("Cocokkan golongan dengan jenis pegawai pada NIP."),
            )
        )
        return
    person.problems.append(Problem("rank", rank.sentence, rank.suggestion))


def _read_position(row: SheetRow, person: Person, codes: Codes) -> None:
    fields = person.fields
    if name := row.text("position"):
        fields["position_name"] = name
    if since := row.day("position_since"):
        fields["position_since"] = since
    if not (name or row.has("position_kind") or row.has("echelon")):
        return
    kind = row.text("position_kind") or codes.position_kind(row.text("position_kind_name"))
    placed = codes.position(kind, row.text("echelon"), name)
    if placed.position_class:
        fields["position_class"] = placed.position_class
    if placed.echelon or placed.position_class:
        fields["echelon"] = placed.echelon
    if placed.is_guessed:
        person.warnings.append(
            Problem(
                "position",
                _("Jenjang jabatan diperkirakan dari namanya: %(name)s.")
                % {"name": placed.class_name},
                _("Tambahkan kolom Eselon agar tidak diperkirakan."),
            )
        )


def _read_contacts(row: SheetRow, person: Person) -> None:
    if email := row.text("email"):
        if _EMAIL.fullmatch(email):
            person.fields["email"] = email.lower()
        else:
            person.warnings.append(
                Problem("email", _("Alamat email ini keliru, jadi tidak disimpan."), "")
            )
    if phone := row.text("phone"):
        if _PHONE.fullmatch(phone):
            person.fields["phone"] = phone
        else:
            person.warnings.append(
                Problem("phone", _("Nomor telepon ini keliru, jadi tidak disimpan."), "")
            )


def _education(row: SheetRow, codes: Codes) -> tuple[str, str, str, str, int | None] | None:
    number = row.text("level_id")
    level = row.text("level") or codes.education_levels.get(number, "")
    if not level:
        return None
    year = row.text("graduated_in")
    graduated = int(year) if year.isdecimal() and 1940 <= int(year) <= 2100 else None
    return number, level, row.text("field"), row.text("school"), graduated
