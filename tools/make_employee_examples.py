"""Write examples/pegawai-*: a SIASN export without faults, and one with those that occur."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from python_calamine import CalamineWorkbook

from sinambung.demo.people import sample_people
from sinambung.demo.workbooks import employees_workbook
from sinambung.platform.foundation.workbooks import Column, write_workbook

FOLDER = Path(__file__).resolve().parent.parent / "examples"
PEOPLE = 40

# Row (from 1), heading, what stands there instead.
FAULTS: tuple[tuple[int, str, str | float], ...] = (
    (3, "NIP BARU", "19880411 201503 2 95"),
    (5, "GOL AKHIR NAMA", "III/e"),
    (8, "TANGGAL LAHIR", "05/13/1990"),
    (11, "NIP BARU", 198704112015031000.0),
    (14, "GOL AKHIR NAMA", "Penata"),
    (17, "TANGGAL LAHIR", "31-02-1985"),
    (20, "NAMA", "Dr. Contoh Bergelar, S.H., M.Si."),
    (23, "EMAIL", "bukan alamat"),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    good = employees_workbook(islice(sample_people(seed=4, people=PEOPLE), PEOPLE))
    (FOLDER / "pegawai-siasn.xlsx").write_bytes(good)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(good)).get_sheet_by_index(0)
    headings, *rows = sheet.to_python()
    names = [str(heading) for heading in headings]
    for number, heading, value in FAULTS:
        rows[number - 1][names.index(heading)] = value
    rows[29][names.index("NIP BARU")] = rows[1][names.index("NIP BARU")]
    faulty = write_workbook(
        columns=[Column(name, 22) for name in names], rows=rows, title="Pegawai"
    )
    (FOLDER / "pegawai-bermasalah.xlsx").write_bytes(faulty)
    (FOLDER / "pegawai-titik-koma.csv").write_bytes(_csv(names, rows[30:]))


def _csv(names: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A CSV as older programs write it: snake_case, semicolons, Windows-1252."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([name.lower().replace(" ", "_") for name in names])
    writer.writerows(rows)
    return text.getvalue().encode("cp1252", errors="replace")


if __name__ == "__main__":
    main()
