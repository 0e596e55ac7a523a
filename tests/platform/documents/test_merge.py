"""A print copy of many files: every page with its mark, equal parts once, nothing signed left."""

from __future__ import annotations

import io
import tracemalloc
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, TextStringObject

from sinambung.platform.documents.merging import Merging
from sinambung.platform.documents.services import typeset
from tests.platform.documents.test_typeset import AT, listing


@pytest.fixture(scope="module")
def mark() -> bytes:
    return typeset("credentials/print/copy-mark.typ", {}, at=AT)


def paper(title: str) -> bytes:
    return typeset("documents/print/list.typ", listing(title=title), at=AT)


def written(mark: bytes, papers: list[bytes]) -> io.BytesIO:
    output = io.BytesIO()
    merging = Merging(output, mark=mark, title="Salinan cetak")
    for place, pdf in enumerate(papers, start=1):
        merging.add(pdf, name=f"Nur'aini {place} – é")
    merging.finish()
    output.seek(0)
    return output


def merged(mark: bytes, papers: list[bytes]) -> PdfReader:
    return PdfReader(written(mark, papers), strict=True)


def test_every_page_is_there_in_order_under_its_mark(mark: bytes) -> None:
    papers = [paper("Daftar satu"), paper("Daftar dua")]
    copy = merged(mark, papers)
    pages = [page for pdf in papers for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(copy.pages) == len(pages) == 4
    for page, original in zip(copy.pages, pages, strict=True):
        before, after = original.extract_text().split(), page.extract_text().split()
        assert " ".join(before) in " ".join(after)
        assert "bukan asli bertanda tangan elektronik" in " ".join(after)
        assert page.mediabox == original.mediabox


def test_the_list_of_contents_leads_to_each_file(mark: bytes) -> None:
    copy = merged(mark, [paper("Daftar satu"), paper("Daftar dua")])
    first, second = entries = list[Any](copy.outline)
    assert [entry.title for entry in entries] == ["Nur'aini 1 – é", "Nur'aini 2 – é"]
    assert [copy.get_destination_page_number(entry) for entry in (first, second)] == [0, 2]


def test_equal_parts_are_written_once(mark: bytes) -> None:
    one, ten = (len(written(mark, [paper("Daftar")] * count).getvalue()) for count in (1, 10))
    assert ten < one + 9 * 3_000


def test_fonts_stay_embedded(mark: bytes) -> None:
    pages: Any = merged(mark, [paper("Daftar")]).pages
    for page in pages:
        fonts = page["/Resources"]["/Font"]
        for font in fonts.values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"])


def test_files_of_other_programs_are_copied_too(mark: bytes) -> None:
    """Contents in pieces, text in objects, annotations: the slow way gives the same page."""
    writer = PdfWriter()
    page: Any = writer.add_page(PdfReader(io.BytesIO(paper("Daftar"))).pages[0])
    writer.add_annotation(0, {"/Subtype": "/Text", "/Contents": "12 0 R"})
    contents = page["/Contents"].get_object()
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(contents)])
    page["/Resources"][NameObject("/Note")] = TextStringObject("lihat 12 0 R (dan lain)")
    output = io.BytesIO()
    writer.write(output)
    copy: Any
    (copy,) = merged(mark, [output.getvalue()]).pages
    assert "DAFTAR" in copy.extract_text()
    assert "/Annots" not in copy
    assert copy["/Resources"]["/Note"] == "lihat 12 0 R (dan lain)"


def test_memory_does_not_grow_with_the_number_of_files(mark: bytes) -> None:
    papers = [paper(f"Daftar {place}") for place in range(4)]

    def peak(count: int) -> int:
        tracemalloc.start()
        with open("/dev/null", "wb") as output:
            merging = Merging(output, mark=mark, title="Salinan cetak")
            for place in range(count):
                merging.add(papers[place % 4], name=str(place))
            merging.finish()
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(4)
    assert peak(160) - peak(40) < 0.4 * 120 * len(papers[0])
