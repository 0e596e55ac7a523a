"""An organiser takes a batch from the roster to its certificates, all in the browser."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from sinambung.demo.logins import PASSWORD
from sinambung.demo.people import Person, sample_people, sample_trainers
from tests.journeys.acting import agree, paste, press, tick_all, told
from tests.journeys.conftest import Province, Visit, sign_in

Check = Callable[[Page], None]
HEAD = ("NO", "NAMA LENGKAP", "NIP", "GOL", "JABATAN", "INSTANSI PENGIRIM")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARKS = ("85,5", "88", "79,25", "90", "83", "86", "84,75", "88", "87", "91")


def test_from_the_roster_to_certificates(
    guest: Visit, accessible: Check, province: Province, tmp_path: Path
) -> None:
    people = _people(8)
    page = guest("/masuk/")
    sign_in(page, "penyelenggara", PASSWORD)
    batch = _create_batch(page, accessible)
    _import_roster(page, accessible, people)
    _complete_papers(page, batch)
    _accept_and_group(page, accessible, batch)
    _assign(page, accessible, batch, people)
    _start(page, batch)
    _attend(page, accessible, batch)
    _mark(page, accessible, batch)
    _prepare_meeting(page, accessible, batch)
    _freeze(guest, batch)
    archive = _issue(page, accessible, batch, tmp_path)
    names = _verified(archive, province, tmp_path)
    assert len(names) == 7
    assert people[7].name.name not in "".join(names)


def _people(count: int) -> list[Person]:
    """Return division heads, who are in no other batch."""
    found = [one for one in sample_people(seed=1, people=1) if one.post.echelon == "31"]
    return found[:count]


def _create_batch(page: Page, accessible: Check) -> str:
    page.get_by_role("link", name="Angkatan", exact=True).first.click()
    page.get_by_role("link", name="Buat angkatan").click()
    page.get_by_role("radio", name=re.compile("Pelatihan Kepemimpinan Pengawas Contoh")).check()
    press(page, "Lanjutkan")
    page.get_by_label("Nomor angkatan").fill("XLI")
    page.get_by_label("Tahun", exact=True).fill("2026")
    page.get_by_label("Tanggal mulai", exact=True).first.fill("2026-12-01")
    page.get_by_label("Tanggal selesai", exact=True).first.fill("2026-08-01")
    press(page, "Buat angkatan")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Nomor angkatan")).to_have_value("XLI")
    page.get_by_label("Tanggal mulai", exact=True).first.fill("2026-08-10")
    page.get_by_label("Tanggal selesai", exact=True).first.fill("2026-12-02")
    accessible(page)
    press(page, "Buat angkatan")
    expect(page.get_by_role("heading", level=1)).to_have_text("PKP Angkatan XLI")
    return page.url


def _roster(people: list[Person]) -> bytes:
    """A workbook as an agency sends it: titles above, one NIP as a number, one with a slip."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "DAFTAR PESERTA PKP ANGKATAN XLI (DATA CONTOH)"
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(list(HEAD))
    for order, person in enumerate(people, start=1):
        name = f"{person.name.name}, {person.name.title_after}".upper()
        sheet.append([order, name, _written(person.nip, order), "III/b", person.position, "Contoh"])
    sheet.append([9, people[0].name.name, people[0].nip, "", "", ""])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _written(nip: str, order: int) -> str | int:
    if order == 2:
        return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    if order == 3:
        return f"'{nip}"
    if order == 4:
        return int(nip)
    return nip[:-1] if order == 5 else nip


def _import_roster(page: Page, accessible: Check, people: list[Person]) -> None:
    page.get_by_role("link", name="Impor daftar peserta").click()
    page.get_by_label("Berkas XLSX atau CSV").set_input_files(
        {"name": "daftar peserta.xlsx", "mimeType": XLSX, "buffer": _roster(people)}
    )
    press(page, "Periksa berkas")
    told(page, "Belum ada data yang diubah")
    told(page, "Baris bermasalah")
    accessible(page)
    for person in (people[3], people[4]):
        page.get_by_role("link", name=re.compile(person.name.name, re.IGNORECASE)).first.click()
        accessible(page)
        field = page.get_by_label("NIP", exact=True)
        expect(field).to_have_attribute("aria-invalid", "true")
        field.fill(person.nip)
        press(page, "Simpan baris")
    press(page, "Terapkan impor")
    told(page, "8 baris diterapkan")
    page.get_by_role("link", name="Lihat hasilnya").first.click()
    expect(page.locator("tbody [name=row]")).to_have_count(8)


def _complete_papers(page: Page, batch: str) -> None:
    """Acceptance is refused while papers are missing; then each is stated as seen."""
    tick_all(page)
    press(page, "Tetapkan peserta")
    told(page, "belum lengkap")
    page.goto(f"{batch}berkas/")
    items = page.locator("#item option").evaluate_all("all => all.map(one => one.value)")
    assert len(items) >= 10
    for item in items:
        tick_all(page)
        page.locator("#item").select_option(item)
        press(page, "Nyatakan terpenuhi")
    expect(page.get_by_text(f"{len(items)}/{len(items)}")).to_have_count(8)


def _accept_and_group(page: Page, accessible: Check, batch: str) -> None:
    page.goto(f"{batch}peserta/")
    tick_all(page)
    press(page, "Tetapkan peserta")
    expect(page.locator("tbody .badge", has_text="Ditetapkan")).to_have_count(8)
    accessible(page)
    page.goto(f"{batch}kelompok/")
    page.get_by_label("Jumlah kelompok").fill("2")
    press(page, "Bagi peserta")
    expect(page.locator(".table__group")).to_have_count(2)
    accessible(page)


def _assign(page: Page, accessible: Check, batch: str, people: list[Person]) -> None:
    page.goto(f"{batch}penugasan/")
    trainers = sample_trainers()
    mentor = next(one for one in sample_people(seed=1, people=1) if one.post.echelon == "21")
    for role, person in (("coach", trainers[0]), ("examiner", trainers[0]), ("mentor", mentor)):
        _assign_one(page, role, person)
        if role == "examiner":
            told(page, "Belum disimpan")
            _assign_one(page, role, trainers[8])
        told(page, "Penugasan untuk 8 peserta disimpan")
    told(page, "Semua peserta sudah lengkap")
    accessible(page)


def _assign_one(page: Page, role: str, person: Person) -> None:
    box = page.get_by_label("Pilih semua")
    if not box.is_checked():
        box.check()
    page.get_by_label("Peran", exact=True).select_option(role)
    page.get_by_role("combobox", name="Orang").fill(person.nip)
    page.locator(".combo__list [role=option]").first.click()
    press(page, "Simpan penugasan")


def _start(page: Page, batch: str) -> None:
    page.goto(batch)
    agree(page, "Mulai angkatan")
    expect(page.locator("main .badge", has_text="Berjalan").first).to_be_visible()


def _attend(page: Page, accessible: Check, batch: str) -> None:
    page.goto(f"{batch}kehadiran/")
    page.locator("td[data-key]").first.click()
    paste(page, [["830", "812,5"]] * 8)
    press(page, "Simpan kehadiran")
    told(page, "Kehadiran tersimpan")
    accessible(page)


def _mark(page: Page, accessible: Check, batch: str) -> None:
    """Type the first mark, paste the rest from Excel; the last person lacks one."""
    page.goto(f"{batch}nilai/")
    cells = page.locator("td[data-key]")
    assert cells.count() == 80
    cells.first.click()
    page.keyboard.type("855")
    page.keyboard.press("Enter")
    expect(page.locator("td.is-wrong")).to_have_count(1)
    cells.first.click()
    page.keyboard.type("85,5")
    page.keyboard.press("Enter")
    cells.first.click()
    paste(page, [*[list(MARKS)] * 7, [*MARKS[:9], ""]])
    press(page, "Simpan nilai")
    told(page, "79 nilai tersimpan")
    accessible(page)
    page.reload()
    expect(page.locator("td.final", has_text=re.compile(r"^8\d,\d\d$"))).to_have_count(7)
    page.get_by_role("link", name="Tutup nilai").click()
    accessible(page)
    press(page, "Tutup nilai")
    told(page, "Nilai belum ditutup")
    page.get_by_role("checkbox").check()
    press(page, "Tutup nilai")
    told(page, "Nilai ditutup")


def _prepare_meeting(page: Page, accessible: Check, batch: str) -> None:
    page.goto(f"{batch}rapat/")
    accessible(page)
    page.get_by_label("Tanggal rapat").fill("2026-12-01")
    page.get_by_label("Ketua rapat").fill("Maria Goreti Ngalai")
    press(page, "Siapkan rapat")
    page.get_by_label("Batas waktu yang ditunda").fill("2027-01-31")
    press(page, "Catat sesuai usulan")
    told(page, "8 dari 8 keputusan tercatat")
    told(page, "Kepala lembaga pelatihan menetapkannya")
    accessible(page)
    expect(page.get_by_role("button", name="Tetapkan kelulusan")).to_have_count(0)


def _freeze(guest: Visit, batch: str) -> None:
    """The head of training, another person at another device, makes the decisions final."""
    page = guest("/masuk/", width=390)
    sign_in(page, "kepala", PASSWORD)
    page.goto(f"{batch}rapat/")
    page.get_by_role("link", name=re.compile("Rapat kelulusan,")).click()
    agree(page, "Tetapkan kelulusan")
    told(page, "Kelulusan sudah ditetapkan")


def _issue(page: Page, accessible: Check, batch: str, folder: Path) -> Path:
    page.goto(f"{batch}sertifikat/")
    agree(page, "Terbitkan sertifikat")
    told(page, "7 dari 7 sertifikat", within=60)
    accessible(page)
    page.get_by_role("link", name="Berkas ZIP dan salinan cetak").click()
    if page.get_by_role("button", name="Siapkan unduhan").count():
        press(page, "Siapkan unduhan")
    link = page.get_by_role("link", name="Unduh semua (ZIP)")
    expect(link).to_be_visible(timeout=60_000)
    accessible(page)
    with page.expect_download() as waiting:
        link.click()
    target = folder / "sertifikat.zip"
    waiting.value.save_as(target)
    return target


def _verified(archive: Path, province: Province, folder: Path) -> list[str]:
    """Unpack the archive and check every file by the command; return the names on them."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "isi")
    files = sorted(str(path) for path in (folder / "isi").rglob("*.pdf"))
    command = [
        sys.executable,
        "-m",
        "sinambung",
        "--data",
        str(province.folder),
        "verify",
        "--json",
    ]
    told_by = subprocess.run([*command, *files], capture_output=True, check=True)
    found = json.loads(told_by.stdout)
    assert all(one["valid"] for one in found)
    return [one["facts"]["isi"]["Nama"] for one in found]
