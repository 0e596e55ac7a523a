"""Signing as an agency sets it: a certificate file of a certification body, a time authority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinambung.domains.credentials import queries, services
from sinambung.domains.credentials.models import Certificate, CertificateState
from sinambung.platform.documents import queries as files
from sinambung.platform.documents import services as documents
from sinambung.platform.documents.adapters.signing import SigningNotReady
from sinambung.platform.documents.services import papers
from sinambung.platform.identity.models import Unit
from sinambung.platform.jobs.models import Job
from sinambung.platform.jobs.services import run_now
from sinambung.platform.numbering import queries as numbering
from sinambung.pure.signatures.verdicts import State
from tests.domains.credentials.building import AT, BY, request, source
from tests.pure.signatures.authorities import NAME, serving, time_authority

pytestmark = pytest.mark.django_db
PASSPHRASE = "sandi contoh"


@pytest.fixture(autouse=True)
def _checkers_are_made_anew() -> Iterator[None]:
    """The trusted certificates change here; no child keeps the former ones."""
    yield
    for checker in papers._checkers.values():
        checker.close()
    papers._checkers.clear()


def set_to(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, **values))


def body_and_file(folder: Path) -> tuple[bytes, Path]:
    """Make a certification body; return its root (PEM) and the file that its branch hands out."""
    root_key, branch_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(3))
    root = certificate("Badan Induk Contoh", root_key, issuer=None, signing_key=root_key)
    branch = certificate(
        "Badan Sertifikasi Contoh", branch_key, issuer=root, signing_key=root_key, signs=False
    )
    own = certificate("Ir. Pejabat Contoh", key, issuer=branch, signing_key=branch_key)
    path = folder / "penandatangan.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"pejabat",
            key,
            own,
            [branch],
            serialization.BestAvailableEncryption(PASSPHRASE.encode()),
        )
    )
    return root.public_bytes(serialization.Encoding.PEM), path


def certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    *,
    issuer: x509.Certificate | None,
    signing_key: rsa.RSAPrivateKey,
    signs: bool = True,
) -> x509.Certificate:
    is_body = issuer is None or not signs
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.TITLE, "Kepala BPSDM"),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - dt.timedelta(days=30))
        .not_valid_after(AT + dt.timedelta(days=700))
        .add_extension(x509.BasicConstraints(ca=is_body, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_body,
                content_commitment=not is_body,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_body,
                crl_sign=is_body,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(signing_key, hashes.SHA256())
    )


def issued(host: Unit, count: int = 1) -> list[Certificate]:
    row = services.issue_certificates(
        source=source(host.pk),
        requests=[request(place) for place in range(1, count + 1)],
        by=BY,
        at=AT,
        inline=True,
    )
    return list(queries.certificates_of_source(row.pk))


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    return tmp_path


def test_a_certificate_file_signs_and_its_body_is_trusted(
    own_data: Path, host: Unit, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, path = body_and_file(own_data)
    set_to(monkeypatch, signer=str(path), signer_password=PASSPHRASE)
    assert services.prepare_signing(at=AT) is False
    assert not (own_data / "keys" / "authority").exists()
    (row,) = issued(host)
    pdf = files.file_content(row.file_id).content
    assert documents.examine(pdf, at=AT).state is State.UNKNOWN_SIGNER
    trust = own_data / "keys" / "trust" / "badan.pem"
    trust.parent.mkdir(parents=True)
    trust.write_bytes(root)
    verdict = documents.examine(pdf, at=AT)
    assert verdict.state is State.VALID
    assert verdict.signer is not None
    assert (verdict.signer.name, verdict.signer.issuer) == (
        "Ir. Pejabat Contoh",
        "Badan Sertifikasi Contoh",
    )
    answer = client.post("/periksa/", {"berkas": SimpleUploadedFile("sttp.pdf", pdf)})
    assert "Sertifikat ini asli dan berlaku" in answer.content.decode()
    assert "tanpa cap waktu pihak ketiga" in answer.content.decode()


@pytest.mark.parametrize("wrong", ["sandi", "berkas", "hilang"])
def test_a_certificate_file_that_cannot_be_read_signs_nothing(
    own_data: Path, host: Unit, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    _root, path = body_and_file(own_data)
    if wrong == "berkas":
        path.write_bytes(b"bukan PKCS12")
    elif wrong == "hilang":
        path.unlink()
    passphrase = "tebakan" if wrong == "sandi" else PASSPHRASE
    set_to(monkeypatch, signer=str(path), signer_password=passphrase)
    with pytest.raises(SigningNotReady):
        issued(host)
    assert Certificate.objects.get().state == CertificateState.NUMBERED


def test_a_time_authority_attests_the_moment(
    own_data: Path, host: Unit, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = time_authority(at=AT + dt.timedelta(seconds=9))
    services.prepare_signing(at=AT)
    (own_data / "keys" / "trust" / "cap-waktu.pem").write_bytes(clock.certificate)
    with serving(clock.answer) as address:
        set_to(monkeypatch, timestamp_url=address)
        (row,) = issued(host)
    pdf = files.file_content(row.file_id).content
    verdict = documents.examine(pdf, at=AT)
    assert verdict.state is State.VALID
    assert (verdict.stamped_at, verdict.stamped_by) == (AT + dt.timedelta(seconds=9), NAME)
    answer = client.post("/periksa/", {"berkas": SimpleUploadedFile("sttp.pdf", pdf)})
    assert f"Dibuktikan cap waktu {NAME}: 2 Desember 2026" in answer.content.decode()


def test_without_the_time_authority_nothing_is_issued_and_a_retry_finishes(
    own_data: Path, host: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = time_authority(at=AT)
    services.prepare_signing(at=AT)
    with serving(clock.answer) as address:
        set_to(monkeypatch, timestamp_url=address)
    row = services.issue_certificates(
        source=source(host.pk), requests=[request(1), request(2)], by=BY, at=AT
    )
    job = run_now(Job.objects.get().pk)
    assert job.state == "failed"
    assert "Cap waktu belum diperoleh: penyedia tidak menjawab." in job.sentence
    assert set(Certificate.objects.values_list("state", flat=True)) == {CertificateState.NUMBERED}
    with serving(clock.answer) as address:
        set_to(monkeypatch, timestamp_url=address)
        services.resume_issuing(source_id=row.pk, by=BY)
        assert run_now(Job.objects.order_by("-id")[0].pk).state == "done"
    numbers = Certificate.objects.order_by("order").values_list("number", flat=True)
    assert [number[:3] for number in numbers] == ["001", "002"]
    assert numbering.gaps(code="sttp", year=2026) == []
