"""The 18 digits of a NIP (PNS) or NI PPPK: what they say and how to show them.

Source: the layout that SIASN BKN uses (general knowledge, not confirmed in a regulation): birth
date, year and month of appointment (month 21-29 for PPPK), sex, sequence. There is no check digit.
A NIP is guessable and no secret.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.dates import date_text
from sinambung.pure.rulebook.editions import NATIONAL, Law
from sinambung.pure.rulebook.refusals import RuleRefused

EARLIEST_BIRTH_YEAR = 1940
YOUNGEST_AT_WORK = 17
YOUNGEST_AT_APPOINTMENT = 15
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{4})(\d{2})(\d)(\d{3})", re.ASCII)
_SEPARATORS = str.maketrans("", "", " .-'\u00a0\u200b\t‘’`")
_SENTENCES = (
    "Angka 1–8 NIP ({born}) bukan tanggal lahir yang ada.",
    "Tahun lahir pada NIP ({year}) harus dari {earliest} sampai {latest}.",
    "Tahun pengangkatan pada NIP ({appointed}) terlalu dekat dengan tahun lahir {year}.",
    "Tahun pengangkatan pada NIP ({appointed}) belum tiba.",
    "Angka 13–14 NIP ({code}) harus bulan 01–12 (PNS) atau 21–29 (PPPK).",
    "Angka 15 NIP ({sex}) harus 1 (laki-laki) atau 2 (perempuan).",
    "Tiga angka terakhir NIP tidak boleh 000.",
)
_AS_NUMBER = re.compile(r"\d[.,]?\d*[eE]\+?\d+")


class EmployeeKind(StrEnum):
    PNS = "PNS"
    PPPK = "PPPK"


class Sex(StrEnum):
    MALE = "M"
    FEMALE = "F"

    @property
    def label(self) -> str:
        return "laki-laki" if self is Sex.MALE else "perempuan"


class NipRefused(RuleRefused):
    """The text is no NIP; `problems` says why, one sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(problems[0])
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Nip:
    """A valid NIP; `appointment_month` is None for PPPK."""

    digits: str
    kind: EmployeeKind
    birth_on: date
    appointment_year: int
    appointment_month: int | None
    sex: Sex
    sequence: str

    def __str__(self) -> str:
        return self.digits

    @property
    def spaced(self) -> str:
        """Write it in groups as documents do: `19870912 201101 2 907`."""
        return spaced_nip(self.digits)

    @property
    def masked(self) -> str:
        """Write what the public may see: `Berakhir 2 907`."""
        return masked_nip(self.digits)

    def basis(self, law: Law = NATIONAL) -> tuple[Citation, ...]:
        """Cite where the meaning of the digits comes from."""
        return (law.cite("susunan-nip"),)


def spaced_nip(digits: str) -> str:
    """Write 18 stored digits in groups."""
    return f"{digits[:8]} {digits[8:14]} {digits[14:15]} {digits[15:]}"


def masked_nip(digits: str) -> str:
    """Write only the last four of 18 stored digits."""
    return f"Berakhir {digits[14:15]} {digits[15:]}"


def normalise_nip(text: str) -> str:
    """Strip spaces, dots, dashes and the apostrophe that exports put in front."""
    return text if text.isdecimal() else text.translate(_SEPARATORS)


def parse_nip(text: str, *, on: date) -> Nip:
    """Return the NIP in a text as of a day; raise NipRefused with every problem.

    The text must come from a text cell: a numeric cell has already lost digits.
    """
    digits = normalise_nip(text)
    match = _DIGITS.fullmatch(digits)
    if match is None:
        raise NipRefused((_shape_problem(text, digits),))
    if problems := _problems(match, on):
        raise NipRefused(problems)
    year, month, day, appointed, code, sex, sequence = match.groups()
    is_pns = int(code) <= 12
    return Nip(
        digits=match[0],
        kind=EmployeeKind.PNS if is_pns else EmployeeKind.PPPK,
        birth_on=date(int(year), int(month), int(day)),
        appointment_year=int(appointed),
        appointment_month=int(code) if is_pns else None,
        sex=Sex.MALE if sex == "1" else Sex.FEMALE,
        sequence=sequence,
    )


def nip_problems(text: str, *, on: date) -> tuple[str, ...]:
    """Say in sentences why a text is no NIP; nothing when it is one."""
    digits = normalise_nip(text)
    match = _DIGITS.fullmatch(digits)
    return (_shape_problem(text, digits),) if match is None else _problems(match, on)


def _problems(match: re.Match[str], on: date) -> tuple[str, ...]:
    year, month, day, appointed, code, sex, sequence = match.groups()
    born = _date_or_none(int(year), int(month), int(day))
    latest = on.year - YOUNGEST_AT_WORK
    checks = (
        born is None,
        not EARLIEST_BIRTH_YEAR <= int(year) <= latest,
        int(appointed) < int(year) + YOUNGEST_AT_APPOINTMENT,
        int(appointed) > on.year + 1,
        not (1 <= int(code) <= 12 or 21 <= int(code) <= 29),
        sex not in "12",
        sequence == "000",
    )
    if not any(checks):
        return ()
    return tuple(
        sentence.format(
            born=match[0][:8],
            year=year,
            earliest=EARLIEST_BIRTH_YEAR,
            latest=latest,
            appointed=appointed,
            code=code,
            sex=sex,
        )
        for wrong, sentence in zip(checks, _SENTENCES, strict=True)
        if wrong
    )


def nip_mismatches(nip: Nip, *, birth_on: date | None, sex: Sex | None) -> tuple[str, ...]:
    """Warn where other data differ from the NIP; a NIP is not reissued, so these are no errors."""
    warnings = []
    if birth_on is not None and birth_on != nip.birth_on:
        warnings.append(
            f"Tanggal lahir {date_text(birth_on)} berbeda dengan NIP ({date_text(nip.birth_on)})."
        )
    if sex is not None and sex is not nip.sex:
        warnings.append(f"Jenis kelamin {sex.label} berbeda dengan NIP ({nip.sex.label}).")
    return tuple(warnings)


def _shape_problem(text: str, digits: str) -> str:
    if not digits:
        return "NIP belum diisi."
    if _AS_NUMBER.fullmatch(text.strip()):
        return "NIP tersimpan sebagai angka sehingga sebagian hilang; ubah sel menjadi teks."
    if digits.isascii() and digits.isdigit():
        return f"NIP harus 18 angka, ini {len(digits)} angka."
    return "NIP hanya boleh berisi 18 angka."


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
