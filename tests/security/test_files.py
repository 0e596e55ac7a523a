"""Files that people bring keep nothing hidden, and none of them runs."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from sinambung.platform.documents import inspection
from sinambung.platform.documents.kinds import MediaType
from sinambung.platform.foundation.workbooks import guarded

SECRET = b"TEMPAT-RAHASIA"


def photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    output = io.BytesIO()
    Image.new("RGB", (600, 800), "teal").save(
        output, "JPEG", exif=exif, comment=SECRET, xmp=b"<x>" + SECRET + b"</x>"
    )
    return output.getvalue()


def drawing() -> bytes:
    told, output = PngInfo(), io.BytesIO()
    told.add_text("Comment", SECRET.decode())
    Image.new("RGBA", (600, 800)).save(output, "PNG", pnginfo=told)
    return output.getvalue()


@pytest.mark.parametrize("made", [photograph, drawing])
def test_a_picture_loses_place_device_and_comments(made) -> None:  # type: ignore[no-untyped-def]
    content = made() + b"<script>alert(1)</script>"
    assert SECRET in content
    media_type = inspection.media_type_of(content)
    assert media_type is not None
    for kept in (
        inspection.portrait(content),
        inspection.checked(content, media_type=media_type),
    ):
        assert SECRET not in kept
        assert b"<script" not in kept


@pytest.mark.parametrize(
    "name",
    [
        *(b"/JavaScript", b"/J#61vaScript", b"/#4A#53 (x)", b"/Launch", b"/JS 4 0 R"),
        *(b"/SubmitForm", b"/ImportData", b"/RichMedia"),
    ],
)
def test_a_pdf_that_runs_or_carries_something_is_refused(name: bytes) -> None:
    content = b"%PDF-1.7\n1 0 obj << /Type /Action /S " + name + b" >> endobj\n%%EOF"
    with pytest.raises(inspection.UnusableFile):
        inspection.checked(content, media_type=MediaType.PDF)


def test_a_plain_pdf_is_kept() -> None:
    content = b"%PDF-1.7\n1 0 obj << /Type /Catalog /Lang (id) >> endobj\n%%EOF"
    assert inspection.checked(content, media_type=MediaType.PDF) == content


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)>", b"<!doctype html>", b"GIF89a", b"MZ"]
)
def test_pages_and_programs_are_no_files_of_ours(content: bytes) -> None:
    assert inspection.media_type_of(content) is None


def test_a_picture_of_too_many_points_is_refused_before_it_is_drawn() -> None:
    output = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(output, "PNG")
    with pytest.raises(inspection.UnusableFile):
        inspection.portrait(output.getvalue())


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+cmd|'x'", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]
)
def test_no_text_of_an_export_is_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"
