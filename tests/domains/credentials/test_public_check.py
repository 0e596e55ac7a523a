"""What a stranger sees: every state of a code and of a file, made with real signatures."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from sinambung.domains.credentials import queries, services
from sinambung.domains.credentials.models import Certificate
from sinambung.domains.credentials.services import limits
from sinambung.platform.documents import queries as files
from sinambung.platform.documents import services as documents
from sinambung.platform.documents.models import StoredFile
from sinambung.platform.identity.models import Unit
from sinambung.pure.signatures.authority import Subject, create_authority
from sinambung.pure.signatures.sealing import Signer, open_authority_signer, seal
from tests.domains.credentials.building import AT, BY, ON, request, source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    limits.files.forget()
    limits.codes.forget()


def test_the_trusted_certificates_are_for_anybody(certificate: Certificate) -> None:
    page = Client().get("/periksa/").content.decode()
    assert 'href="/periksa/sertifikat-tepercaya.pem"' in page
    assert "Unduh sertifikat tepercaya" in page
    assert "--trust sertifikat-tepercaya.pem" in page
    for address in ("/periksa/sertifikat-tepercaya.pem", "/api/v1/certificates/trusted.pem"):
        answer = Client().get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/x-pem-file"
        assert answer.content.startswith(b"-----BEGIN CERTIFICATE-----")
        assert b"PRIVATE" not in answer.content


@pytest.fixture
def certificate(host: Unit) -> Certificate:
    row = services.issue_certificates(
        source=source(host.pk), requests=[request(1), request(2)], by=BY, at=AT, inline=True
    )
    return queries.certificates_of_source(row.pk)[0]


@pytest.fixture
def pdf(certificate: Certificate) -> bytes:
    return files.file_content(certificate.file_id).content


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    """A signer who copied the official's name."""
    folder: Path = tmp_path_factory.mktemp("stranger")
    subject = Subject("Maria Goreti Ngalai", "Kepala BPSDM Provinsi Contoh", "BPSDM")
    create_authority(folder, name="Otoritas Gelap", signer=subject, at=AT)
    return open_authority_signer(folder)


def text_of(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def drop(client: Client, content: bytes, name: str = "sttp.pdf") -> str:
    response = client.post("/periksa/", {"berkas": SimpleUploadedFile(name, content)})
    assert response.status_code in (200, 404, 422)
    return text_of(response)


def test_the_original_is_genuine_and_in_force(
    client: Client, certificate: Certificate, pdf: bytes
) -> None:
    text = drop(client, pdf)
    for part in (
        "Sertifikat ini asli dan berlaku",
        "Theresia Unyang",
        "Berakhir 2 901",
        "Surat Tanda Tamat Pelatihan (STTP)",
        certificate.number,
        "Pelatihan Kepemimpinan Pengawas (PKP) Angkatan IX Tahun 2026",
        "10 Agustus sampai dengan 2 Desember 2026",
        "830 jam pelajaran (JP)",
        "Lulus, predikat Memuaskan",
        "Maria Goreti Ngalai",
        "Berkas tidak berubah",
        "Tanda tangan sah",
        "Nomor terdaftar",
        "Tidak dicabut atau diganti",
    ):
        assert part in text


def test_no_other_personal_data_is_shown(
    client: Client, certificate: Certificate, pdf: bytes
) -> None:
    for text in (drop(client, pdf), text_of(client.get(f"/periksa/{certificate.code}/"))):
        assert certificate.holder_nip not in text.replace(" ", "")
        assert "Contoh Hulu, 12 September 1987" not in text
        assert "88,18" not in text


@pytest.mark.parametrize("typed", ["{code}", "{shown}", "{lower}", "{number}"])
def test_the_code_may_be_typed_as_people_do(
    client: Client, certificate: Certificate, typed: str
) -> None:
    asked = typed.format(
        code=certificate.code,
        shown=certificate.shown_code,
        lower=certificate.shown_code.lower(),
        number=certificate.number,
    )
    response = client.post("/periksa/", {"kode": asked}, follow=True)
    assert response.redirect_chain == [(f"/periksa/{certificate.code}/", 302)]
    text = text_of(response)
    assert "Sertifikat ini terdaftar" in text
    assert "Theresia Unyang" in text


def test_an_unknown_code_is_not_found(client: Client, certificate: Certificate) -> None:
    response = client.get("/periksa/K7QX2M9ATTPW/")
    assert response.status_code == 404
    assert "Sertifikat tidak ditemukan" in text_of(response)
    assert "tidak ditemukan" in text_of(client.post("/periksa/", {"kode": "<b>x</b>'\"%00"}))


def test_an_unfinished_certificate_is_unknown(client: Client, host: Unit) -> None:
    services.issue_certificates(source=source(host.pk), requests=[request(1)], by=BY, at=AT)
    code = Certificate.objects.get().code
    assert client.get(f"/periksa/{code}/").status_code == 404


def test_an_edited_file_is_altered_and_leads_to_what_is_registered(
    client: Client, certificate: Certificate, pdf: bytes
) -> None:
    edited = bytearray(pdf)
    place = max(m.start() for m in re.finditer(rb"stream\r?\n", pdf[: len(pdf) // 2])) + 40
    edited[place] ^= 1
    text = drop(client, bytes(edited))
    assert "Berkas ini sudah diubah" in text
    assert "Isi sertifikat" not in text.replace("Lihat isi sertifikat", "")
    assert certificate.number in text


def test_a_note_added_later_names_its_page(client: Client, pdf: bytes) -> None:
    text = drop(client, _annotated(pdf, page=1))
    assert "Berkas ini sudah diubah" in text
    assert "Ada perubahan pada halaman 2 setelah 2 Desember 2026, 10.24 WIB." in text


@pytest.mark.parametrize("rest", [0.3, 0.7, 0.98])
def test_a_truncated_file_is_told(client: Client, pdf: bytes, rest: float) -> None:
    text = drop(client, pdf[: int(len(pdf) * rest)])
    assert "Berkas ini tidak dapat diperiksa" in text
    assert "terpotong" in text


def test_a_file_signed_again_is_told(
    client: Client, pdf: bytes, stranger: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = "_enforce_certification_constraints"
    monkeypatch.setattr(signers.PdfSigner, check, lambda self, reader: None)
    again = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        signers.PdfSignatureMetadata(
            field_name="Kedua", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
        ),
        signer=stranger.pyhanko_signer,
    ).getvalue()
    text = drop(client, again)
    assert "Berkas ini ditandatangani ulang" in text
    assert "Sertifikat ini asli" not in text


def test_a_forged_certificate_with_the_officials_name_is_refused(
    client: Client, certificate: Certificate, stranger: Signer
) -> None:
    paper = documents.typeset("documents/print/list.typ", _forged_list(), at=AT)
    forged = seal(paper, stranger, reason="x", place="y", at=documents.local(AT))
    text = drop(client, forged)
    assert "Penanda tangan tidak dikenal" in text
    assert "Nomor tidak terdaftar" in text
    assert "asli dan berlaku" not in text


def test_a_file_that_we_signed_but_never_registered_is_not_valid(client: Client) -> None:
    paper = documents.typeset("documents/print/list.typ", _forged_list(), at=AT)
    text = drop(client, documents.seal(paper, reason="Surat lain", at=AT))
    assert "Sertifikat ini tidak terdaftar" in text


def test_an_unsigned_file_is_told(client: Client) -> None:
    paper = documents.typeset("documents/print/list.typ", _forged_list(), at=AT)
    assert "Berkas ini tidak ditandatangani" in drop(client, paper)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"<svg onload=alert(1)>", b"x"])
def test_another_kind_of_file_is_told(client: Client, content: bytes) -> None:
    assert "bukan PDF" in drop(client, content)


def test_a_withdrawn_certificate_says_since_when_and_why(
    client: Client, certificate: Certificate, pdf: bytes
) -> None:
    services.withdraw_certificate(
        certificate_id=certificate.pk, version=None, reason="Salah terbit.", by=BY, at=AT
    )
    for text in (drop(client, pdf), text_of(client.get(f"/periksa/{certificate.code}/"))):
        assert "Sertifikat ini sudah dicabut" in text
        assert "2 Desember 2026" in text
        assert "Salah terbit." in text


def test_a_replaced_certificate_leads_to_its_successor(
    client: Client, certificate: Certificate, pdf: bytes
) -> None:
    successor = services.reissue_certificate(
        certificate_id=certificate.pk,
        version=None,
        correction=services.Correction(birth_place="Contoh Hilir"),
        reason="Perbaikan penulisan tempat lahir.",
        by=BY,
        on=ON,
    )
    assert "asli dan berlaku" in drop(client, pdf)
    services.finish_certificates(source_id=certificate.source_id, by=BY, at=AT)
    successor.refresh_from_db()
    for text in (drop(client, pdf), text_of(client.get(f"/periksa/{certificate.code}/"))):
        assert "Sertifikat ini sudah diganti" in text
        assert "Perbaikan penulisan tempat lahir." in text
        assert successor.number in text
    new = files.file_content(successor.file_id).content
    assert "asli dan berlaku" in drop(client, new)


def test_nothing_that_was_brought_is_kept(client: Client, pdf: bytes) -> None:
    before = StoredFile.objects.count()
    drop(client, pdf + b" ")
    assert StoredFile.objects.count() == before


def test_an_empty_question_is_answered_with_a_sentence(client: Client) -> None:
    response = client.post("/periksa/", {})
    assert response.status_code == 422
    assert "Tulis kode atau nomor" in text_of(response)


def test_one_address_may_not_ask_without_end(client: Client) -> None:
    codes = {client.get("/periksa/K7QX2M9ATTPW/").status_code for _ in range(limits.CODES_A_MINUTE)}
    assert codes == {404}
    response = client.get("/periksa/K7QX2M9ATTPW/")
    assert response.status_code == 429
    assert "Terlalu banyak pemeriksaan" in text_of(response)
    other = client.get("/periksa/K7QX2M9ATTPW/", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 404


def test_the_pages_need_no_script_and_are_light(client: Client, certificate: Certificate) -> None:
    for address in ("/periksa/", f"/periksa/{certificate.code}/"):
        response = client.get(address)
        assert response.status_code == 200
        body = response.content.decode()
        assert len(body) < 30_000
        assert "onclick" not in body
        assert 'style="' not in body


def test_the_answer_is_not_indexed_or_cached(client: Client, certificate: Certificate) -> None:
    response = client.get(f"/periksa/{certificate.code}/")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def _forged_list() -> dict[str, object]:
    sender = {"government": "P", "agency": "B", "address": "", "emblem": "", "sample": False}
    return {
        "sender": sender,
        "title": "Sertifikat",
        "columns": ["1"],
        "align": ["left"],
        "head": ["Nama"],
        "rows": [["Orang Lain"]],
    }


def _annotated(pdf: bytes, *, page: int) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    reference = writer.find_page_for_modification(page)[0]
    note = writer.add_object(
        generic.DictionaryObject(
            {
                generic.NameObject("/Type"): generic.NameObject("/Annot"),
                generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
                generic.NameObject("/Contents"): generic.TextStringObject("100,00"),
            }
        )
    )
    reference.get_object()[generic.NameObject("/Annots")] = generic.ArrayObject([note])
    writer.mark_update(reference.reference)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_the_answer_in_english_says_dates_hours_and_result_in_english(
    client: Client, certificate: Certificate
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = text_of(client.get(f"/periksa/{certificate.code}/"))
    assert "sampai dengan" not in text
    assert "jam pelajaran" not in text
    assert "Lulus" not in text
    assert "Ending in" in text
    assert "lesson hours (JP)" in text
    assert re.search(r"Certificate (?!s)", text)
    assert "Passed" in text
