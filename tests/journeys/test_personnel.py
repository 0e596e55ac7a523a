"""Personnel staff bring in an export with problems, repair it in the browser, apply it, undo it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
from playwright.sync_api import Page, expect

from sinambung.demo.logins import PASSWORD
from sinambung.demo.people import Person, sample_people
from sinambung.demo.workbooks import employees_workbook
from tests.journeys.acting import agree, press, told
from tests.journeys.conftest import Visit, sign_in

Check = Callable[[Page], None]
AGENCY = "Dinas Kesehatan"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEW_POSITION = "Kepala Seksi Contoh Layanan Bergerak"


def test_an_export_is_repaired_applied_and_undone(guest: Visit, accessible: Check) -> None:
    people = [one for one in sample_people(seed=1, people=1) if one.unit.agency == AGENCY][:6]
    page = guest("/masuk/")
    sign_in(page, "kepegawaian", PASSWORD)
    _upload(page, people)
    told(page, "Belum ada data yang diubah")
    _numbers(page, new=1, changed=1, problem=3)
    accessible(page)
    _repair(page, accessible, people)
    _numbers(page, new=1, changed=1, problem=0)
    review = page.url
    press(page, "Terapkan impor")
    told(page, "2 baris diterapkan")
    accessible(page)
    _position(page, people[1], NEW_POSITION)
    page.goto(review)
    agree(page, "Batalkan impor")
    told(page, "Impor sudah dibatalkan")
    told(page, "2 dari 2 baris dikembalikan")
    accessible(page)
    _position(page, people[1], people[1].position)
    page.goto(f"/pegawai/?q={people[1].nip}")
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def _upload(page: Page, people: list[Person]) -> None:
    page.goto("/impor/")
    page.get_by_role("link", name="Unggah berkas").first.click()
    page.get_by_label("Berkas XLSX atau CSV").set_input_files(
        {"name": "ekspor siasn.xlsx", "mimeType": XLSX, "buffer": _export(people)}
    )
    press(page, "Periksa berkas")


def _export(people: list[Person]) -> bytes:
    """The export of six people and a new one: one promoted, three rows with a slip."""
    newcomer = replace(people[5], nip=_free_nip(people[5].nip), name=people[0].name)
    content = employees_workbook([*people, newcomer])
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(3, column["JABATAN NAMA"], NEW_POSITION)
    sheet.cell(4, column["TANGGAL LAHIR"], "31-02-1985")
    sheet.cell(5, column["NIP BARU"], int(people[3].nip))
    sheet.cell(6, column["GOL AKHIR NAMA"], "III/e")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _free_nip(nip: str) -> str:
    """Return a NIP of the same day and sex that nobody of the sample has."""
    taken = {one.nip for one in sample_people(seed=1, people=1)}
    sequences = (f"{nip[:15]}{number}" for number in range(900, 1000))
    return next(other for other in sequences if other not in taken)


def _repair(page: Page, accessible: Check, people: list[Person]) -> None:
    for person, heading, value in (
        (people[2], "Tanggal lahir", f"{people[2].born_on:%d-%m-%Y}"),
        (people[3], "NIP", people[3].nip),
        (people[4], "Golongan", people[4].rank),
    ):
        page.get_by_role("link", name=person.name.name).first.click()
        accessible(page)
        field = page.get_by_label(heading, exact=True)
        expect(field).to_have_attribute("aria-invalid", "true")
        field.fill(value)
        press(page, "Simpan baris")


def _numbers(page: Page, **expected: int) -> None:
    """Look at the number cards above the review."""
    labels = {"new": "Baru", "changed": "Berubah", "problem": "Bermasalah"}
    cards = page.get_by_label("Ringkasan impor")
    for name, number in expected.items():
        words = " ".join(cards.inner_text().split())
        assert f"{labels[name]} {number} baris" in words, words


def _position(page: Page, person: Person, position: str) -> None:
    page.goto(f"/pegawai/?q={person.nip}")
    page.get_by_role("link", name=person.name.name).first.click()
    expect(page.locator("main")).to_contain_text(position)
