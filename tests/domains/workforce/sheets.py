"""Workbooks for tests, built row by row, in the shape of the SIASN export."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl

HEADINGS = (
    *("PNS ID", "NIP BARU", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "TANGGAL LAHIR"),
    *("JENIS KELAMIN", "STATUS CPNS PNS", "KEDUDUKAN HUKUM NAMA", "GOL AKHIR NAMA"),
    *("TMT GOLONGAN", "JENIS JABATAN ID", "JABATAN NAMA", "TMT JABATAN", "ESELON ID"),
    *("UNOR ID", "UNOR NAMA", "SATUAN KERJA KERJA NAMA", "INSTANSI KERJA NAMA"),
)
GOVERNMENT = "Pemerintah Provinsi Contoh"


def nip(number: int) -> str:
    """Return the NIP of an invented woman born on 11 April 1988."""
    block, sequence = divmod(number - 1, 99)
    return f"19880411{2015 - block // 12}{(block + 2) % 12 + 1:02}2{901 + sequence}"


def person(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a row that has no problem, changed where the test wants."""
    row: dict[str, Any] = {
        "PNS ID": f"SAMPEL{number:04}",
        "NIP BARU": f"'{nip(number)}",
        "NAMA": f"Contoh Pegawai {number}",
        "GELAR DEPAN": "null",
        "GELAR BELAKANG": "S.STP.",
        "TANGGAL LAHIR": "11-04-1988",
        "JENIS KELAMIN": "F",
        "STATUS CPNS PNS": "PNS",
        "KEDUDUKAN HUKUM NAMA": "Aktif",
        "GOL AKHIR NAMA": "III/c",
        "TMT GOLONGAN": "01-04-2022",
        "JENIS JABATAN ID": "1",
        "JABATAN NAMA": "Kepala Subbagian Umum",
        "TMT JABATAN": "10-01-2023",
        "ESELON ID": "42",
        "UNOR ID": "null",
        "UNOR NAMA": "Subbagian Umum",
        "SATUAN KERJA KERJA NAMA": "Dinas Contoh",
        "INSTANSI KERJA NAMA": GOVERNMENT,
    }
    row.update({key.replace("_", " "): value for key, value in changes.items()})
    return row


def people(count: int, **changes: Any) -> list[dict[str, Any]]:
    return [person(number, **changes) for number in range(1, count + 1)]


def workbook(
    rows: Sequence[dict[str, Any]], headings: Sequence[str] = HEADINGS
) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Pegawai"
    sheet.append(list(headings))
    for row in rows:
        sheet.append([row.get(heading, "") for heading in headings])
    return book


def as_bytes(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xlsx(rows: Sequence[dict[str, Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    return as_bytes(workbook(rows, headings))


def csv_text(
    rows: Sequence[dict[str, Any]],
    *,
    delimiter: str = ",",
    headings: Sequence[str] = HEADINGS,
) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([row.get(heading, "") for heading in headings])
    return target.getvalue()
