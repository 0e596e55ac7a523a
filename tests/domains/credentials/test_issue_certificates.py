from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image
from pypdf import PdfReader

from sinambung.domains.credentials import prints, queries, services
from sinambung.domains.credentials.events import CertificatesWereIssued
from sinambung.domains.credentials.models import Certificate, CertificateState
from sinambung.domains.credentials.services import making
from sinambung.domains.credentials.sheets import exported_certificates
from sinambung.platform.audit.queries import entries_about
from sinambung.platform.documents import press, storage, typesetting
from sinambung.platform.documents import queries as files
from sinambung.platform.documents import services as documents
from sinambung.platform.documents.kinds import FileKind
from sinambung.platform.exchange.exports import ExportRequest
from sinambung.platform.foundation import events
from sinambung.platform.identity.models import Unit
from sinambung.platform.jobs import services as jobs
from sinambung.platform.jobs.models import Job
from sinambung.platform.jobs.services import run_now
from sinambung.platform.numbering import queries as numbering
from sinambung.pure.signatures.verdicts import State
from tests.domains.credentials.building import AT, BY, NAMES, ON, request, source

pytestmark = pytest.mark.django_db


def issue(host: Unit, count: int = 3, **changed: object) -> list[Certificate]:
    row = services.issue_certificates(
        source=source(host.pk, **changed),
        requests=[request(place) for place in range(1, count + 1)],
        by=BY,
        at=AT,
        inline=True,
    )
    return list(queries.certificates_of_source(row.pk))


def test_each_certificate_has_number_code_and_signed_file(host: Unit) -> None:
    rows = issue(host)
    assert [row.number for row in rows] == [f"00{n}/PKP.IX/BPSDM/XII/2026" for n in (1, 2, 3)]
    assert len({row.code for row in rows}) == 3
    for row in rows:
        assert row.state == CertificateState.VALID
        verdict = documents.examine(files.file_content(row.file_id).content, at=AT)
        assert verdict.state is State.VALID
        assert verdict.facts is not None
        assert verdict.facts["nomor"] == row.number
        assert verdict.facts["isi"]["Nama"] == row.holder_name


def test_the_paper_shows_the_snapshot(host: Unit) -> None:
    (row,) = issue(host, 1)
    pages = PdfReader(io.BytesIO(files.file_content(row.file_id).content)).pages
    assert len(pages) == 2
    front, back = (" ".join(page.extract_text().split()) for page in pages)
    for text in (
        "SURAT TANDA TAMAT PELATIHAN",
        "Nomor: 001/PKP.IX/BPSDM/XII/2026",
        "19870912 201101 2 901",
        "Contoh Hulu, 12 September 1987",
        "830 (delapan ratus tiga puluh) jam pelajaran",
        "10 Agustus sampai dengan 2 Desember 2026",
        "dengan predikat Memuaskan",
        "2 Desember 2026, 10.24 WIB",
        row.shown_code,
    ):
        assert text in front
    assert "Nilai akhir, Memuaskan" in back
    assert "88,18" in back
    assert "belum diverifikasi" in back


def test_asking_twice_issues_nothing_twice(host: Unit) -> None:
    before = [(row.pk, row.number, row.sha256) for row in issue(host)]
    with pytest.raises(services.AllIssued):
        issue(host)
    assert [(row.pk, row.number, row.sha256) for row in Certificate.objects.order_by("order")] == (
        before
    )


def test_later_ones_are_added_and_earlier_ones_left_alone(host: Unit) -> None:
    first = issue(host, 2)
    rows = issue(host, 4)
    assert [row.pk for row in rows[:2]] == [row.pk for row in first]
    assert [row.number[:3] for row in rows] == ["001", "002", "003", "004"]


def test_two_clicks_at_once_queue_two_jobs_and_one_set_of_certificates(host: Unit) -> None:
    for _ in range(2):
        services.issue_certificates(
            source=source(host.pk), requests=[request(1), request(2)], by=BY, at=AT
        )
    queued = list(Job.objects.filter(kind="credentials.issue"))
    assert len(queued) == 2
    for job in queued:
        assert run_now(job.pk).state == "done"
    assert Certificate.objects.count() == 2
    assert numbering.gaps(code="sttp", year=2026) == []


def test_killed_while_signing_it_continues_without_a_gap_or_a_double(
    host: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = documents.typeset_and_seal
    monkeypatch.setattr(making, "_KEPT_AT_ONCE", 1)

    def killed(papers: list[documents.Paper]) -> Iterator[bytes]:
        for place, pdf in enumerate(whole(papers)):
            if place == 2:
                raise KeyboardInterrupt
            yield pdf

    monkeypatch.setattr(making.documents, "typeset_and_seal", killed)
    with pytest.raises(KeyboardInterrupt):
        issue(host, 5)
    states = list(Certificate.objects.order_by("order").values_list("state", flat=True))
    assert states == ["valid", "valid", "numbered", "numbered", "numbered"]
    kept = list(Certificate.objects.order_by("order").values_list("number", "sha256"))[:2]
    monkeypatch.setattr(making.documents, "typeset_and_seal", whole)
    rows = issue(host, 5)
    assert [row.number[:3] for row in rows] == ["001", "002", "003", "004", "005"]
    assert [(row.number, row.sha256) for row in rows[:2]] == kept
    assert numbering.gaps(code="sttp", year=2026) == []


def test_another_worker_that_was_faster_is_not_overwritten(host: Unit) -> None:
    row = services.issue_certificates(source=source(host.pk), requests=[request(1)], by=BY, at=AT)
    making.give_numbers(source_id=row.pk, at=AT)
    stale = making._waiting(row.pk)
    services.finish_certificates(source_id=row.pk, by=BY, at=AT)
    before = Certificate.objects.get().sha256
    assert making._keep([(stale[0], b"%PDF-lain")], source_id=row.pk, by=BY) == 0
    assert Certificate.objects.get().sha256 == before


def test_nothing_is_issued_without_a_signing_key(
    host: Unit, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from sinambung.platform.documents.adapters.signing import SigningNotReady

    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path_factory.mktemp("keyless"))
    with pytest.raises(SigningNotReady):
        issue(host, 1)
    assert Certificate.objects.get().state == CertificateState.NUMBERED


def test_nobody_to_certify_is_a_sentence(host: Unit) -> None:
    with pytest.raises(services.NothingToIssue):
        issue(host, 0)


def test_the_trail_and_the_apps_above_are_told(
    host: Unit, django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[CertificatesWereIssued] = []
    monkeypatch.setitem(events._handlers, CertificatesWereIssued, [told.append])
    rows = issue(host, 2)
    assert told[0].source_keys == ("decision-1", "decision-2")
    entries = entries_about(subject_id=rows[0].pk)
    assert [entry.action for entry in entries] == ["credentials.certificate_issued"]


def test_a_certificate_without_result_says_that_the_holder_took_part(host: Unit) -> None:
    row = services.issue_certificates(
        source=source(host.pk, title="Sertifikat", short_title="", subjects=(), note=""),
        requests=[request(1, result="", distinction="", marks=(), final=None)],
        by=BY,
        at=AT,
        inline=True,
    )
    (certificate,) = queries.certificates_of_source(row.pk)
    pages = PdfReader(io.BytesIO(files.file_content(certificate.file_id).content)).pages
    text = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    assert "telah mengikuti Pelatihan Kepemimpinan Pengawas" in text
    assert "LULUS" not in text


def test_very_long_names_still_give_two_pages(host: Unit) -> None:
    long = {"holder_name": "Raden " * 40, "position": "Kepala " * 40, "agency": "Dinas " * 45}
    row = services.issue_certificates(
        source=source(host.pk), requests=[request(1, **long)], by=BY, at=AT, inline=True
    )
    (certificate,) = queries.certificates_of_source(row.pk)
    assert len(PdfReader(io.BytesIO(files.file_content(certificate.file_id).content)).pages) == 2


def test_typed_markup_stays_text(host: Unit) -> None:
    name = '#panic("x") $a$ *b* <script> \\ "'
    row = services.issue_certificates(
        source=source(host.pk), requests=[request(1, holder_name=name)], by=BY, at=AT, inline=True
    )
    (certificate,) = queries.certificates_of_source(row.pk)
    text = PdfReader(io.BytesIO(files.file_content(certificate.file_id).content)).pages[0]
    assert '#panic("x")' in text.extract_text()


def test_issuing_joins_the_callers_transaction(host: Unit) -> None:
    with transaction.atomic():
        services.issue_certificates(source=source(host.pk), requests=[request(1)], by=BY, at=AT)
        transaction.set_rollback(True)
    assert Certificate.objects.count() == 0
    assert NAMES


def test_each_paper_carries_its_own_portrait(host: Unit) -> None:
    colours = ("navy", "maroon")
    portraits = [_portrait(colour) for colour in colours]
    row = services.issue_certificates(
        source=source(host.pk),
        requests=[request(n + 1, portrait_file=key) for n, key in enumerate(portraits)],
        by=BY,
        at=AT,
        inline=True,
    )
    seen = []
    for certificate in queries.certificates_of_source(row.pk):
        reader = PdfReader(io.BytesIO(files.file_content(certificate.file_id).content))
        (picture,) = reader.pages[0].images
        seen.append(picture.image.convert("RGB").getpixel((100, 100)))
    assert seen[0][2] > 100 > seen[0][0]
    assert seen[1][0] > 100 > seen[1][2]


def _portrait(colour: str) -> str:
    output = io.BytesIO()
    Image.new("RGB", (600, 800), colour).save(output, "JPEG")
    return documents.store_file(
        content=output.getvalue(),
        name="foto.jpg",
        kind=FileKind.PORTRAIT,
        owner_kind="participant",
        owner_id="1",
        by=BY,
        at=AT,
    ).pk


def test_a_full_disk_is_a_sentence_and_a_retry_finishes(
    host: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    row = services.issue_certificates(
        source=source(host.pk), requests=[request(1), request(2)], by=BY, at=AT
    )
    fsync = storage.os.fsync
    monkeypatch.setattr(storage.os, "fsync", full)
    job = run_now(row.job_id)
    assert job.state == "failed"
    assert "Ruang penyimpanan server penuh" in job.sentence
    monkeypatch.setattr(storage.os, "fsync", fsync)
    job = run_now(jobs.retry(job_id=job.pk, by=BY).pk)
    assert (job.state, job.sentence) == ("done", "2 sertifikat diterbitkan.")
    assert numbering.gaps(code="sttp", year=2026) == []


def test_the_export_gives_the_archive_and_the_print_copy(host: Unit) -> None:
    issue(host, 2)
    for suffix, start in ((".zip", b"PK"), (".pdf", b"%PDF")):
        content, count = exported_certificates(
            ExportRequest(
                by=BY, at=AT, on=ON, options={"batch": "01J00000000000000000BATCH9"}, suffix=suffix
            )
        )
        assert content.startswith(start)
        assert count == 2


def test_the_paper_can_be_read_aloud(host: Unit) -> None:
    """PDF/UA-1 refuses a picture without a text, a heading that skips, a table without a head."""
    (row,) = issue(host, 1)
    paper = prints.certificate_paper(row, portrait=None, signed_at=documents.local(AT))
    project = typesetting.project(prints.TEMPLATE, context=paper.context, files=paper.files)
    pdf = press.compiler().compile(dict(project), format="pdf", pdf_standards=["ua-1"])
    assert bytes(pdf).startswith(b"%PDF-1.7")


def test_the_files_of_a_source_are_written_for_taking_away(host: Unit, tmp_path: Path) -> None:
    rows = issue(host, 2)
    written = services.save_files(source_id=rows[0].source_id, folder=tmp_path / "pkp-ix")
    assert [path.suffix for path in written] == [".pdf", ".pdf"]
    for path, row in zip(written, rows, strict=True):
        assert path.read_bytes() == files.file_content(row.file_id).content
    beside = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert beside == [
        "Salinan cetak sertifikat PKP Angkatan IX Tahun 2026.pdf",
        "Sertifikat PKP Angkatan IX Tahun 2026.zip",
    ]
