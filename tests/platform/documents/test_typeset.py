from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from pypdf import PdfReader

from sinambung.platform.documents import prints, typesetting
from sinambung.platform.documents.services import typeset

AT = dt.datetime(2026, 12, 2, 3, 24, tzinfo=dt.UTC)


def listing(**changed: Any) -> dict[str, Any]:
    return {
        "sender": prints.sender() | {"sample": True},
        "title": "Daftar hadir peserta",
        "subtitle": ["PKP Angkatan IX Tahun 2026"],
        "columns": ["auto", "2", "1"],
        "align": ["right", "left", "left"],
        "head": ["No.", "Nama", "NIP"],
        "rows": [[str(row), f"Peserta #{row} $x$ *tebal*", "1987"] for row in range(1, 90)],
    } | changed


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_list_has_letterhead_page_numbers_and_the_mark_of_sample_data() -> None:
    pages = text_of(typeset("documents/print/list.typ", listing(), at=AT))
    assert len(pages) == 2
    assert "DAFTAR HADIR PESERTA" in pages[0]
    assert f"Halaman 2 dari {len(pages)}" in pages[1]
    for page in pages:
        assert "Data contoh. Bukan dokumen resmi." in page
        assert "Nama" in page


def test_what_people_typed_is_never_markup() -> None:
    pages = text_of(typeset("documents/print/list.typ", listing(), at=AT))
    assert "Peserta #1 $x$ *tebal*" in pages[0]


def test_the_file_is_pdf_a_with_embedded_fonts_and_tags() -> None:
    reader = PdfReader(io.BytesIO(typeset("documents/print/list.typ", listing(), at=AT)))
    catalog: Any = reader.trailer["/Root"]
    assert "/StructTreeRoot" in catalog
    assert b"pdfaid:part>4<" in catalog["/Metadata"].get_data()
    for page in reader.pages:
        fonts: Any = page["/Resources"]["/Font"]
        for font in fonts.values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"] or (
                "/FontFile3" in descendant["/FontDescriptor"]
            )
            assert "Inter" in descendant["/BaseFont"]


def test_the_same_content_gives_the_same_bytes() -> None:
    first, second = (typeset("documents/print/list.typ", listing(), at=AT) for _ in range(2))
    assert first == second


def test_a_broken_template_is_our_failure_with_its_name() -> None:
    with pytest.raises(typesetting.TemplateBroken, match=r"documents/print/list\.typ"):
        typeset("documents/print/list.typ", {}, at=AT)
    with pytest.raises(typesetting.TemplateBroken, match="not found"):
        typeset("documents/print/none.typ", {}, at=AT)


def test_a_qr_code_is_a_small_picture() -> None:
    svg = typesetting.qr_svg("https://contoh.go.id/periksa/K7QX2M9ATTPW/")
    assert svg.startswith(b"<svg")
    assert b"viewBox" in svg
