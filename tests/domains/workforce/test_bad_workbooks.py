"""Each kind of bad file or bad cell gets a clear sentence, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sinambung.domains.workforce.models import Employee
from sinambung.platform.exchange import queries, services
from sinambung.platform.exchange.models import Import, StagedRow, State
from sinambung.platform.exchange.reading import inspection
from tests.domains.workforce.conftest import Upload
from tests.domains.workforce.sheets import (
    HEADINGS,
    as_bytes,
    csv_text,
    nip,
    people,
    person,
    workbook,
    xlsx,
)

pytestmark = pytest.mark.django_db


def problems(row: Import) -> list[tuple[int, str, str, str]]:
    """Return (number, column, sentence, suggestion) of every problem."""
    import json

    found = StagedRow.objects.filter(upload=row, verdict="problem").order_by("number")
    return [(one.number, *problem) for one in found for problem in json.loads(one.problems)]


def refusal(row: Import) -> str:
    assert row.state == State.REFUSED
    assert not StagedRow.objects.filter(upload=row).exists()
    return row.refusal


def test_a_good_file_has_no_problem(upload: Upload) -> None:
    row = upload(xlsx(people(3)))
    assert (row.state, row.rows, row.new_rows, problems(row)) == (State.REVIEW, 3, 3, [])


def test_wrong_columns_are_named_with_those_that_were_found(upload: Upload) -> None:
    said = refusal(upload(xlsx([{"Nomor": 1, "Keterangan": "x"}], ("Nomor", "Keterangan"))))
    assert "Kolom NIP, Nama, Unit kerja tidak ditemukan" in said
    assert "Nomor, Keterangan" in said


def test_a_required_column_that_stands_twice_is_refused(upload: Upload) -> None:
    assert "lebih dari satu" in refusal(upload(xlsx(people(1), (*HEADINGS, "NIP BARU"))))


@pytest.mark.parametrize("style", [str.upper, lambda name: name.lower().replace(" ", "_")])
def test_both_styles_of_heading_in_any_order_with_extra_columns(upload: Upload, style: Any) -> None:
    headings = [style(name) for name in reversed(HEADINGS)] + ["AGAMA NAMA"]
    rows = [{style(name): value for name, value in row.items()} for row in people(2)]
    row = upload(xlsx(rows, headings))
    assert (row.new_rows, row.problem_rows) == (2, 0)
    assert any("AGAMA NAMA" in note for note in row.notes)


def test_headings_may_stand_below_a_merged_title(upload: Upload) -> None:
    book = workbook(people(2))
    sheet = book["Pegawai"]
    sheet.insert_rows(1, 3)
    sheet["A1"] = "DATA PEGAWAI"
    sheet.merge_cells("A1:F2")
    row = upload(as_bytes(book))
    assert (row.new_rows, row.problem_rows) == (2, 0)


def test_merged_cells_over_rows_are_a_problem_of_each_row(upload: Upload) -> None:
    book = workbook(people(4))
    column = HEADINGS.index("UNOR NAMA") + 1
    book["Pegawai"].merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    row = upload(as_bytes(book))
    assert [(number, column) for number, column, *_ in problems(row)] == [(3, "unit"), (4, "unit")]
    assert "digabung" in problems(row)[0][2]


def test_a_formula_is_a_problem_with_advice(upload: Upload) -> None:
    row = upload(xlsx([person(1), person(2, NAMA='="Contoh"&" Rumus"')]))
    ((number, column, sentence, suggestion),) = problems(row)
    assert (number, column) == (3, "name")
    assert "rumus" in sentence
    assert "nilai" in suggestion


def test_hidden_sheets_are_not_read_and_are_named(upload: Upload) -> None:
    book = workbook(people(1))
    hidden = book.create_sheet("Arsip", 0)
    hidden.sheet_state = "hidden"
    hidden.append(list(HEADINGS))
    hidden.append([person(9)[name] for name in HEADINGS])
    row = upload(as_bytes(book))
    assert row.rows == 1
    assert any("Arsip" in note for note in row.notes)


def test_a_workbook_of_hidden_sheets_only_is_refused(upload: Upload) -> None:
    book = workbook(people(1))
    book["Pegawai"].sheet_state = "hidden"
    book.create_sheet("Kosong")
    book["Kosong"].sheet_state = "veryHidden"
    # openpyxl insists on one visible sheet when it saves; the file says otherwise.
    content = as_bytes_all_hidden(book)
    assert "tersembunyi" in refusal(upload(content))


def test_a_duplicate_nip_names_the_first_row(upload: Upload) -> None:
    row = upload(xlsx([person(1), person(2), person(1)]))
    ((number, column, sentence, suggestion),) = problems(row)
    assert (number, column) == (4, "nip")
    assert sentence == "NIP ini sudah dipakai di baris 2 berkas yang sama."
    assert suggestion == "Hapus salah satu baris."


def test_a_nip_in_a_numeric_cell_is_refused_by_its_type(upload: Upload) -> None:
    row = upload(xlsx([person(1, NIP_BARU=int(nip(1)))]))
    ((_number, column, sentence, suggestion),) = problems(row)
    assert column == "nip"
    assert "bilangan" in sentence
    assert "teks" in suggestion


def test_a_nip_that_excel_shortened_in_a_csv_is_refused(upload: Upload) -> None:
    row = upload(csv_text([person(1, NIP_BARU="1,98804E+17")]).encode(), "pegawai.csv")
    assert "angka akhirnya hilang" in problems(row)[0][2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31-02-1990", "31 Februari 1990 tidak ada"),
        ("05/13/1990", "bulan 13 tidak ada"),
        ("kemarin", "tidak terbaca"),
        ("11-04-0088", "Tahun 88"),
        (33006.0, "bilangan tanpa format tanggal"),
    ],
)
def test_impossible_dates_are_explained(upload: Upload, text: Any, said: str) -> None:
    row = upload(xlsx([person(1, TANGGAL_LAHIR=text)]))
    ((_number, column, sentence, _suggestion),) = problems(row)
    assert column == "birth_date"
    assert said in sentence


def test_a_swapped_month_gets_the_likely_date_as_advice(upload: Upload) -> None:
    row = upload(xlsx([person(1, TANGGAL_LAHIR="05/13/1990")]))
    assert "13 Mei 1990" in problems(row)[0][3]


@pytest.mark.parametrize(
    "value", ["11-04-1988", "11/04/1988", "1988-04-11", "11 April 1988", dt.date(1988, 4, 11)]
)
def test_dates_as_text_and_as_cells_are_read(imported: Upload, value: Any) -> None:
    imported(xlsx([person(1, TANGGAL_LAHIR=value)]))
    assert Employee.objects.get().birth_date == dt.date(1988, 4, 11)


def test_a_workbook_of_the_1904_system_keeps_its_days(imported: Upload) -> None:
    book = workbook([person(1, TMT_JABATAN=dt.date(2023, 1, 10))])
    book.epoch = CALENDAR_MAC_1904
    row = imported(as_bytes(book))
    assert Employee.objects.get().position_since == dt.date(2023, 1, 10)
    assert any("1904" in note for note in row.notes)


def test_an_encrypted_workbook_is_refused_with_what_to_do(upload: Upload) -> None:
    content = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")
    assert "kata sandi" in refusal(upload(content))


def test_the_old_format_is_refused_with_what_to_do(upload: Upload) -> None:
    assert ".xls lama" in refusal(upload(bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600))


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_workbook_is_refused(upload: Upload, share: float) -> None:
    content = xlsx(people(20))
    assert "rusak" in refusal(upload(content[: int(len(content) * share)]))


def test_a_workbook_with_broken_xml_is_refused(upload: Upload) -> None:
    content = replaced(xlsx(people(2)), "xl/worksheets/sheet1.xml", lambda xml: xml[:-300])
    assert "rusak" in refusal(upload(content))


ZIP_OF = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "ods": "mimetype",
    "xlsb": "xl/workbook.bin",
    "zip": "catatan.txt",
}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7 x", "pegawai.pdf", "PDF tidak diterima; unggah XLSX atau CSV."),
        (b"\n\xef\xbb\xbf%PDF-1.7\nNIP;Nama;Unit", "pegawai.csv", "PDF tidak diterima"),
        (b"\x89PNG\r\n\x1a\nxx", "foto.png", "Gambar tidak diterima"),
        (b"\x00\x00\x00\x18ftypheic", "foto.heic", "Gambar tidak diterima"),
        (b"{\\rtf1 x}", "surat.rtf", "Dokumen Word tidak diterima"),
        (b"<html><body>x</body></html>", "pegawai.xls", "bukan XLSX atau CSV"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "surat.doc", "Dokumen Word tidak diterima"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "pegawai.xls", "Format .xls lama"),
        (b"Rar!\x1a\x07", "pegawai.rar", "arsip"),
    ],
)
def test_each_other_kind_of_file_gets_its_sentence(
    upload: Upload, content: bytes, name: str, said: str
) -> None:
    assert said in refusal(upload(content, name))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("docx", "Dokumen Word"),
        ("pptx", "PowerPoint"),
        ("ods", "OpenDocument"),
        ("xlsb", ".xlsb"),
        ("zip", "bukan XLSX atau CSV"),
    ],
)
def test_a_zip_that_is_no_workbook_is_told_by_what_it_holds(
    upload: Upload, kind: str, said: str
) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(ZIP_OF[kind], "x")
    assert said in refusal(upload(target.getvalue(), "pegawai.xlsx"))


def test_random_bytes_called_xlsx_are_a_broken_workbook(upload: Upload) -> None:
    content = random.Random(4).randbytes(3_000)
    assert "Berkas .xlsx ini rusak atau bukan buku kerja Excel" in refusal(upload(content))
    assert "CSV" in refusal(upload(content, "pegawai.csv"))


def test_a_csv_file_called_xlsx_is_read_all_the_same(upload: Upload) -> None:
    assert upload(csv_text(people(2)).encode(), "pegawai.xlsx").new_rows == 2


def test_an_empty_file_is_refused(upload: Upload) -> None:
    assert "tidak berisi" in refusal(upload(b""))


def test_headings_without_rows_are_refused(upload: Upload) -> None:
    assert "tidak berisi baris" in refusal(upload(xlsx([])))


def test_a_zip_bomb_is_refused_before_it_is_parsed(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "MAX_BYTES", 1_000_000)
    content = replaced(xlsx(people(1)), "xl/theme/theme1.xml", lambda xml: b" " * 2_000_000)
    assert len(content) < 20_000
    assert "MB" in refusal(upload(content))


def test_a_zip_bomb_that_lies_about_its_size_is_refused(upload: Upload) -> None:
    content = replaced(xlsx(people(1)), "xl/theme/theme1.xml", lambda xml: b" " * 3_000_000)
    lying = content.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    assert "rusak" in refusal(upload(lying))


def test_a_cell_far_outside_the_table_is_refused(upload: Upload) -> None:
    book = workbook(people(1))
    book["Pegawai"]["XFD1048576"] = "x"
    assert "XFD1048576" in refusal(upload(as_bytes(book)))


def test_a_file_over_the_limit_is_refused_and_not_kept(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sinambung.platform.exchange.services import uploads

    monkeypatch.setattr(uploads, "MAX_FILE_BYTES", 1000)
    with pytest.raises(uploads.FileTooLarge):
        upload(b"x" * 2000)
    assert not Import.objects.exists()
    assert list(uploads.stored_path("x").parent.iterdir()) == []


def test_a_full_disk_refuses_the_upload_and_loses_nothing(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path

    from sinambung.platform.exchange.services import uploads

    def full(*_arguments: object, **_names: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(uploads.DiskFull):
        upload(xlsx(people(1)))
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ";"),
        ("cp1252", ";"),
        ("latin-1", ","),
        ("utf-16", "\t"),
        ("utf-8", "|"),
    ],
)
def test_csv_in_any_usual_encoding_and_with_any_delimiter(
    imported: Upload, encoding: str, delimiter: str
) -> None:
    text = csv_text([person(1, NAMA="José Ñandú, Contoh")], delimiter=delimiter)
    row = imported(text.encode(encoding), "pegawai.csv")
    assert (row.rows, row.applied_rows) == (1, 1)
    assert "José Ñandú" in Employee.objects.get().name
    if encoding in ("cp1252", "latin-1"):
        assert any("Windows-1252" in note for note in row.notes)


def test_bytes_that_are_no_text_are_refused(upload: Upload) -> None:
    assert "CSV" in refusal(upload(b"NIP;Nama\n\x00\x01\x02;x\n", "pegawai.csv"))


@pytest.mark.parametrize("name", ["Nur'aini", "Ma’ruf O'Contoh", "D'Almeida Contoh"])
def test_names_keep_their_apostrophes(imported: Upload, name: str) -> None:
    imported(xlsx([person(1, NAMA=name)]))
    assert Employee.objects.get().name == name


def test_titles_inside_the_name_are_taken_off_with_a_warning(imported: Upload) -> None:
    row = imported(xlsx([person(1, NAMA="Dr. Contoh Nama, S.H., M.Si.", GELAR_BELAKANG="null")]))
    employee = Employee.objects.get()
    assert (employee.title_before, employee.name, employee.title_after) == (
        "Dr.",
        "Contoh Nama",
        "S.H., M.Si.",
    )
    assert employee.display_name == "Dr. Contoh Nama, S.H., M.Si."
    assert row.warned_rows == 1


def test_the_text_null_and_a_leading_apostrophe_are_nothing(imported: Upload) -> None:
    imported(xlsx([person(1)]))
    employee = Employee.objects.get()
    assert (employee.nip, employee.title_before) == (nip(1), "")


@pytest.mark.parametrize(
    ("rank", "said"),
    [
        ("III/e", "Golongan ruang III/e tidak ada."),
        ("Golongan tiga", "Penulisan golongan ruang tidak dikenal."),
        ("Penata", "hanya pangkatnya"),
        ("IX", "bukan golongan PNS"),
        ("", "wajib diisi untuk PNS"),
    ],
)
def test_ranks_that_cannot_be(upload: Upload, rank: str, said: str) -> None:
    ((_number, column, sentence, _suggestion),) = problems(
        upload(xlsx([person(1, GOL_AKHIR_NAMA=rank)]))
    )
    assert column == "rank"
    assert said in sentence


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("1988041120150329", "harus 18 angka"),
        ("198802302015032901", "bukan tanggal lahir"),
        ("198804112015132901", "bulan 01–12"),
        ("198804112015032000", "tidak boleh 000"),
        ("19880411 201503 2 95X", "hanya boleh berisi 18 angka"),
    ],
)
def test_a_nip_that_cannot_be(upload: Upload, number: str, said: str) -> None:
    ((_number, column, sentence, _suggestion),) = problems(
        upload(xlsx([person(1, NIP_BARU=number)]))
    )
    assert column == "nip"
    assert said in sentence


def test_birth_date_and_sex_that_differ_from_the_nip_are_warnings(upload: Upload) -> None:
    row = upload(xlsx([person(1, TANGGAL_LAHIR="12-04-1988", JENIS_KELAMIN="M")]))
    assert (row.problem_rows, row.warned_rows) == (0, 1)


def test_every_problem_of_a_row_is_told_at_once(upload: Upload) -> None:
    row = upload(xlsx([person(1, NIP_BARU="123", GOL_AKHIR_NAMA="V/x", TANGGAL_LAHIR="x")]))
    assert {column for _number, column, *_ in problems(row)} == {"nip", "rank", "birth_date"}
    assert row.problem_rows == 1


def test_a_script_in_a_cell_is_only_text(imported: Upload) -> None:
    imported(xlsx([person(1, NAMA="<script>alert(1)</script>")]))
    assert Employee.objects.get().name == "<script>alert(1)</script>"


def test_the_rows_with_problems_come_back_as_a_sheet_that_imports(upload: Upload) -> None:
    row = upload(xlsx([person(1), person(2, GOL_AKHIR_NAMA="III/e")]))
    headings, rows = queries.problem_rows(row)
    (only,) = list(rows)
    assert headings[-1] == "Masalah"
    assert "III/e tidak ada" in only[-1]
    again = dict(zip(headings, only, strict=True)) | {"Golongan": "III/d"}
    fixed = upload(xlsx([again], headings))
    assert (fixed.new_rows, fixed.problem_rows) == (1, 0)


def as_bytes_all_hidden(book: openpyxl.Workbook) -> bytes:
    book["Pegawai"].sheet_state = "visible"
    return replaced(
        as_bytes(book),
        "xl/workbook.xml",
        lambda xml: xml.replace(b'state="visible"', b'state="hidden"'),
    )


def replaced(content: bytes, name: str, change: Any) -> bytes:
    """Return the archive with one entry changed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            data = old.read(entry)
            new.writestr(entry, change(data) if entry == name else data)
    return target.getvalue()


def test_nothing_is_applied_before_somebody_says_so(upload: Upload) -> None:
    row = upload(xlsx(people(2)))
    assert not Employee.objects.exists()
    services.discard(import_id=row.pk, version=None, by=upload_actor())
    assert not StagedRow.objects.exists()


def upload_actor() -> Any:
    from tests.domains.workforce.conftest import SYSTEM

    return SYSTEM
