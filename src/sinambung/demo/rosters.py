"""The rosters of Angkatan IX and X as agencies send them: right people, human slips.

`examples/` holds what this writes; the demonstration imports those files.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from sinambung.demo.people import Person, sample_roster
from sinambung.pure.rulebook.letter_numbers import to_roman

HEADINGS = (
    "NO",
    "NAMA LENGKAP",
    "NIP",
    "PANGKAT/GOL",
    "JABATAN",
    "UNIT KERJA",
    "INSTANSI PENGIRIM",
)


def roster_workbook(number: int) -> bytes:
    """Return the XLSX roster of an Angkatan: a merged title above the headings, titles inside the
    names, NIP with spaces or a leading apostrophe, ranks written three ways, a blank row, and one
    person twice."""
    import xlsxwriter  # start-up time

    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target)
    sheet = workbook.add_worksheet("Daftar Peserta")
    bold = workbook.add_format({"bold": True, "align": "center"})
    title = f"DAFTAR PESERTA PKP ANGKATAN {to_roman(number)} TAHUN 2024"
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, title, bold)
    sheet.merge_range(1, 0, 1, len(HEADINGS) - 1, "BPSDM PROVINSI CONTOH (DATA CONTOH)", bold)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(3, column, heading, bold)
        sheet.set_column(column, column, 6 if column == 0 else 30)
    for row, cells in enumerate(_rows(number), start=4):
        for column, value in enumerate(cells):
            if value:
                sheet.write_string(row, column, value)
    workbook.close()
    return target.getvalue()


def _rows(number: int) -> Iterator[tuple[str, ...]]:
    people = sample_roster(number)
    for order, person in enumerate(people, start=1):
        if order == 21:
            yield ("",) * len(HEADINGS)
        yield _row(order, person)
    yield _row(len(people) + 1, people[4])


def _row(order: int, person: Person) -> tuple[str, ...]:
    return (
        str(order),
        _name(person, order),
        _nip(person.nip, order),
        _rank(person, order),
        person.position,
        person.unit.name,
        person.unit.government,
    )


def _name(person: Person, order: int) -> str:
    name = person.name
    full = f"{name.title_before} {name.name}, {name.title_after}".strip(" ,")
    return full.upper() if order % 9 == 0 else full


def _nip(nip: str, order: int) -> str:
    if order % 6 == 0:
        return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    return f"'{nip}" if order % 11 == 0 else nip


def _rank(person: Person, order: int) -> str:
    if order % 3 == 0:
        return f"{person.rank_name} ({person.rank})"
    return person.rank.replace("/", ".") if order % 5 == 0 else person.rank
