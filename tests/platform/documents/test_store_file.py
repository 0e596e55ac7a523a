from __future__ import annotations

import datetime as dt
import errno
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from sinambung.platform.documents import queries, services, storage
from sinambung.platform.documents.inspection import UnusableFile, clean_name
from sinambung.platform.documents.kinds import FileKind, MediaType
from sinambung.platform.documents.models import StoredFile
from sinambung.platform.foundation.actors import system
from sinambung.platform.foundation.errors import Invalid

AT = dt.datetime(2026, 8, 3, 2, 0, tzinfo=dt.UTC)
PDF = b"%PDF-1.7\nisi\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)


def store(content: bytes, name: str = "surat.pdf", **changed: Any) -> StoredFile:
    asked: dict[str, Any] = {
        "content": content,
        "name": name,
        "kind": FileKind.DOCUMENT,
        "owner_kind": "participant",
        "owner_id": "01",
        "by": system("uji"),
        "at": AT,
    }
    return services.store_file(**asked | changed)


def files_on_disk() -> list[Path]:
    return [path for path in (settings.DATA_FOLDER / "files").rglob("*") if path.is_file()]


def picture(form: str = "JPEG", size: tuple[int, int] = (600, 900), **options: Any) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", size, "navy").save(output, form, **options)
    return output.getvalue()


def docx(*extra: str, size: int = 10) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            archive.writestr(name, b"x" * size)
    return output.getvalue()


@pytest.mark.django_db
def test_a_document_is_kept_and_comes_back_as_it_was() -> None:
    row = store(PDF)
    kept = queries.file_content(row.pk)
    assert (kept.content, kept.media_type, kept.name) == (PDF, "application/pdf", "surat.pdf")


@pytest.mark.django_db
def test_equal_files_lie_on_the_disk_once() -> None:
    rows = [store(PDF), store(PDF, owner_id="02")]
    assert rows[0].sha256 == rows[1].sha256
    assert (
        len([path for path in (settings.DATA_FOLDER / "files").rglob("*") if path.is_file()]) == 1
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"MZ\x90", "Jenis berkas"),
        (b"<html>", "Jenis berkas"),
        (b"%PDF-1.7 terpotong", "terpotong"),
        (b"%PDF-1.7\n/Encrypt 5 0 R\n%%EOF", "kata sandi"),
        (b"%PDF-1.7\n/S /JavaScript\n%%EOF", "program"),
        (b"\xff\xd8\xffbukan gambar", "rusak"),
        (b"PK\x03\x04rusak", "rusak"),
        (docx("word/vbaProject.bin"), "program"),
        (picture()[:300], "rusak"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        store(content)
    assert sentence in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_a_spreadsheet_is_no_word_document() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
    with pytest.raises(UnusableFile):
        store(output.getvalue())


@pytest.mark.django_db
def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        store(docx("word/media/a.bin", size=30_000_000))
    assert "terlalu besar" in refusal.value.sentence


@pytest.mark.django_db
def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Invalid) as refusal:
        store(picture("PNG", (9000, 9000)))
    assert "terlalu besar" in refusal.value.sentence


@pytest.mark.django_db
def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(services.TooLarge) as refusal:
        store(PDF + b" " * 10_000_000)
    assert "10 MB" in refusal.value.sentence


@pytest.mark.django_db
def test_the_type_is_what_the_bytes_are() -> None:
    row = store(picture(), name="ijazah.pdf")
    assert (row.media_type, row.name) == (MediaType.JPEG, "ijazah.jpg")


@pytest.mark.django_db
def test_a_portrait_becomes_three_to_four_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "lokasi rahasia"
    row = store(picture(size=(1200, 1000), exif=exif), kind=FileKind.PORTRAIT, name="foto.jpg")
    kept = Image.open(io.BytesIO(queries.file_content(row.pk).content))
    assert kept.size == (600, 800)
    assert not kept.getexif()


@pytest.mark.django_db
def test_a_portrait_cannot_be_a_pdf_or_tiny() -> None:
    with pytest.raises(services.WrongType):
        store(PDF, kind=FileKind.PORTRAIT)
    with pytest.raises(UnusableFile):
        store(picture(size=(60, 80)), kind=FileKind.PORTRAIT)


@pytest.mark.django_db
def test_a_full_disk_is_a_sentence_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(storage.StorageFull):
        store(PDF)
    assert StoredFile.objects.count() == 0
    assert not files_on_disk()


@pytest.mark.django_db
def test_a_damaged_file_is_never_handed_out() -> None:
    row = store(PDF)
    storage.path_of(row.sha256).write_bytes(PDF + b"x")
    with pytest.raises(storage.FileDamaged):
        queries.file_content(row.pk)
    with pytest.raises(storage.FileDamaged):
        queries.reader_of([row.pk])(row.pk)
    with pytest.raises(storage.FileDamaged):
        queries.open_file(row.pk)
    with pytest.raises(storage.FileDamaged):
        queries.reader_of([])("01J00000000000000000000000")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\surat tugas.PDF", "surat tugas.pdf"),
        ("<script>alert(1)</script>.pdf", "script.pdf"),
        ("", "berkas.pdf"),
        ("...", "berkas.pdf"),
        ("a\x00b\n.pdf", "a b.pdf"),
        ("Surat Kesediaan Ir. Budi, M.Si.pdf", "Surat Kesediaan Ir. Budi, M.Si.pdf"),
    ],
)
def test_names_are_harmless(name: str, clean: str) -> None:
    assert clean_name(name, media_type=MediaType.PDF) == clean
