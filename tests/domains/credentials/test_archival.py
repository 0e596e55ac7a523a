"""A signed certificate is PDF/A-4f as far as we can tell; the checks can fail."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from sinambung.domains.credentials import queries, services
from sinambung.platform.documents import queries as files
from sinambung.platform.documents import services as documents
from sinambung.platform.documents.kinds import FileKind
from sinambung.platform.identity.models import Unit
from tests.domains.credentials.building import AT, BY, request, source
from tests.platform.documents.archival import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def pdf(host: Unit) -> bytes:
    output = io.BytesIO()
    Image.effect_noise((300, 400), 60).convert("RGB").save(output, "JPEG")
    portrait = documents.store_file(
        content=output.getvalue(),
        name="foto.jpg",
        kind=FileKind.PORTRAIT,
        owner_kind="participant",
        owner_id="1",
        by=BY,
        at=AT,
    )
    row = services.issue_certificates(
        source=source(host.pk),
        requests=[request(1, portrait_file=portrait.pk)],
        by=BY,
        at=AT,
        inline=True,
    )
    (certificate,) = queries.certificates_of_source(row.pk)
    return files.file_content(certificate.file_id).content


def test_a_signed_certificate_is_pdf_a(pdf: bytes) -> None:
    assert problems(pdf) == []


def test_nothing_is_transparent(pdf: bytes) -> None:
    """PDF/A-4 would allow it; printers of official papers do better without."""
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for state in resources.get("/ExtGState", {}).values():
            assert state.get_object().get("/ca", 1) == state.get_object().get("/CA", 1) == 1
        for picture in resources.get("/XObject", {}).values():
            assert "/SMask" not in picture.get_object()


def test_the_checks_notice_what_is_wrong(pdf: bytes) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    catalog: Any = writer.root_object
    catalog[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript")}
    )
    catalog[NameObject("/OutputIntents")] = ArrayObject()
    page: Any = writer.pages[0]
    for font in page["/Resources"]["/Font"].values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for name in {"/FontFile2", "/FontFile3"} & set(descriptor):
            del descriptor[name]
    for mark in page["/Annots"]:
        mark.get_object()[NameObject("/F")] = NumberObject(2)
    output = io.BytesIO()
    writer.write(output)
    found = " ".join(problems(output.getvalue()))
    for part in ("is not embedded", "actions", "JavaScript", "output intent", "flags 2"):
        assert part in found
    locked = PdfWriter(clone_from=io.BytesIO(pdf))
    locked.encrypt("", "rahasia")
    output = io.BytesIO()
    locked.write(output)
    assert "encrypted" in problems(output.getvalue())
