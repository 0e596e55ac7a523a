"""A stranger without an account checks a certificate; what is not as it was signed is refused."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from sinambung.demo.logins import PASSWORD
from tests.journeys.acting import drop, press, told
from tests.journeys.conftest import Province, Visit, sign_in

Check = Callable[[Page], None]
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed certificate with what its holder knows of it."""

    content: bytes
    code: str
    number: str
    name: str
    nip: str
    address: str


def _paper(province: Province, place: int) -> Paper:
    files = sorted((province.folder / "sertifikat" / "pkp-angkatan-ix").glob("*.pdf"))
    content = files[place].read_bytes()
    (attached,) = PdfReader(io.BytesIO(content)).attachments["fakta.json"]
    facts = json.loads(attached)
    rows = facts["isi"]
    return Paper(
        content=content,
        code=facts["kode"],
        number=facts["nomor"],
        name=rows["Nama"],
        nip=rows["NIP"],
        address=urlsplit(facts["alamat_pemeriksaan"]).path,
    )


@pytest.mark.parametrize("width", [390, 1440])
def test_by_code_by_number_by_qr_and_by_dropping_the_file(
    guest: Visit, accessible: Check, province: Province, width: int
) -> None:
    paper = _paper(province, 0)
    page = guest("/periksa/", width=width)
    accessible(page)
    page.get_by_label("Kode atau nomor sertifikat").fill(paper.code.lower())
    press(page, "Periksa kode")
    told(page, "Sertifikat ini terdaftar")
    _shows(page, paper)
    accessible(page)
    page.goto("/periksa/")
    page.get_by_label("Kode atau nomor sertifikat").fill(paper.number)
    press(page, "Periksa kode")
    _shows(page, paper)
    page.goto(paper.address)
    _shows(page, paper)
    _drop(page, paper.content)
    told(page, "Berkas tidak berubah")
    told(page, "Tanda tangan sah")
    _shows(page, paper)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _shows(page: Page, paper: Paper) -> None:
    """The whole content of the paper is shown, other personal data are not."""
    main = page.locator("main")
    for text in (paper.name, paper.number, "Pelatihan Kepemimpinan Pengawas", "Maria Goreti"):
        expect(main).to_contain_text(text)
    words = page.content()
    assert paper.nip not in words
    assert paper.nip.replace(" ", "") not in words


def _drop(page: Page, content: bytes, *, name: str = "sertifikat.pdf") -> None:
    page.goto("/periksa/")
    drop(page.locator(".drop"), name=name, kind=PDF, content=content)
    told(page, name)
    press(page, "Periksa berkas")


def test_what_was_altered_or_is_no_certificate_is_refused_in_a_sentence(
    guest: Visit, accessible: Check, province: Province
) -> None:
    paper = _paper(province, 1)
    page = guest("/periksa/", width=390)
    place = len(paper.content) // 3
    altered = bytearray(paper.content)
    altered[place] ^= 1
    for content, sentence in (
        (bytes(altered), "Berkas berubah setelah ditandatangani"),
        (paper.content + b"\n% ditambah\n", "setelah ditandatangani"),
        (paper.content[: place * 2], "Berkas ini"),
        (b"Ini bukan PDF.", "Berkas ini bukan PDF"),
    ):
        _drop(page, content)
        told(page, sentence)
        expect(page.locator("main")).not_to_contain_text("Tanda tangan sah")
        expect(page.locator("main")).not_to_contain_text("Isi sertifikat yang")
        accessible(page)
    page.goto("/periksa/AAAABBBBCCCC/")
    told(page, "tidak")
    accessible(page)


def test_a_withdrawn_certificate_says_so(
    guest: Visit, accessible: Check, province: Province
) -> None:
    paper = _paper(province, 2)
    office = guest("/masuk/")
    sign_in(office, "kepala", PASSWORD)
    office.goto("/sertifikat/")
    office.get_by_label("Nama, NIP, atau nomor").fill(paper.number)
    press(office, "Terapkan")
    office.get_by_role("link", name=paper.name, exact=True).click()
    office.locator("main summary", has_text="Tindakan").click()
    office.get_by_role("link", name="Cabut sertifikat").click()
    accessible(office)
    office.get_by_label("Alasan").fill("Nomor SK keliru.")
    press(office, "Cabut sertifikat")
    told(office, "Sertifikat ini sudah dicabut")
    page = guest(paper.address, width=390)
    told(page, "dicabut")
    told(page, "Nomor SK keliru.")
    accessible(page)
    _drop(page, paper.content)
    told(page, "dicabut")
    expect(page.locator("main")).not_to_contain_text("Sertifikat ini asli dan berlaku")


def test_checking_needs_no_script(guest: Visit, province: Province, tmp_path: Path) -> None:
    paper = _paper(province, 0)
    page = guest("/periksa/", width=390, java_script_enabled=False)
    page.get_by_label("Kode atau nomor sertifikat").fill(paper.code)
    press(page, "Periksa kode")
    told(page, "Sertifikat ini terdaftar")
    target = tmp_path / "sertifikat.pdf"
    target.write_bytes(paper.content)
    page.goto("/periksa/")
    page.get_by_label("Berkas PDF sertifikat").set_input_files(target)
    press(page, "Periksa berkas")
    told(page, "Berkas tidak berubah")
