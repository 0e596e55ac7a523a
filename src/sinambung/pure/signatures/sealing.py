"""Sign PDF files: PAdES baseline B, one signature over the whole file, no change allowed after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sinambung.pure.signatures.authority import authority_files
from sinambung.pure.signatures.containers import (
    DIGEST,
    Pattern,
    Stamp,
    UnsupportedKey,
    filled,
    pattern_of,
)
from sinambung.pure.signatures.timestamps import StampRefused

FIELD = "TandaTangan"
_SIGNATURE_BYTES = 3072
_STAMP_BYTES = 12_000


class UnusableKey(Exception):
    """A signing key or certificate cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A signing certificate with its key, read once and used for many files."""

    name: str
    title: str
    organisation: str
    certificate_pem: bytes
    pyhanko_signer: Any
    pattern: Pattern


def open_authority_signer(folder: Path) -> Signer:
    """Read the signing certificate of the authority in `folder` (`create_authority` made it)."""
    files = authority_files(folder)
    try:
        certificate = _certificate(files.signer_certificate)
        root = _certificate(files.root_certificate)
        key = load_private_key_from_pemder(str(files.signer_key), None)
    except (OSError, ValueError) as error:
        raise UnusableKey(f"Kunci penanda tangan di {folder} tidak dapat dibaca.") from error
    return _signer(certificate, key, chain=[root])


def open_pkcs12_signer(content: bytes, *, passphrase: str) -> Signer:
    """Read a signing certificate from a PKCS #12 file, as certification bodies hand them out."""
    try:
        bundle = pkcs12.load_pkcs12(content, passphrase.encode() or None)
    except ValueError as error:
        raise UnusableKey("Berkas PKCS#12 rusak atau kata sandinya salah.") from error
    if bundle.cert is None or bundle.key is None:
        raise UnusableKey("Berkas PKCS#12 tidak berisi sertifikat beserta kuncinya.")
    signer = signers.SimpleSigner.load_pkcs12_data(
        pkcs12_bytes=content, other_certs=[], passphrase=passphrase.encode() or None
    )
    if signer is None:
        raise UnusableKey("Berkas PKCS#12 rusak atau kata sandinya salah.")
    return _described(signer)


def seal(
    pdf: bytes,
    signer: Signer,
    *,
    reason: str,
    place: str,
    at: datetime,
    stamp: Stamp | None = None,
) -> bytes:
    """Return `pdf` with one certifying signature of `signer` dated `at`, which must carry a zone.

    The signature covers every byte and forbids any later change (DocMDP level 1). With `stamp`
    its moment is attested by a third party (PAdES B-T); raises `StampRefused` when that fails.
    """
    if at.tzinfo is None:
        raise ValueError("A signature needs a moment with a time zone.")
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        name=signer.name,
        location=place,
        reason=reason,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    writer = _Writer(BytesIO(pdf))
    pdf_signer = signers.PdfSigner(metadata, signer=signer.pyhanko_signer)
    session = pdf_signer.init_signing_session(writer)
    session.system_time = at
    room = _room(signer) + (2 * _STAMP_BYTES if stamp else 0)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=room)
    prepared, output = document.digest_tbs_document()
    container = filled(signer.pattern, prepared.document_digest, stamp=stamp)
    if 2 * len(container) > room:
        raise StampRefused("jawaban penyedia terlalu besar")
    prepared.fill_with_cms(output, container)
    output.seek(0)
    return bytes(output.read())


class _Writer(IncrementalPdfFileWriter):
    """Adds a signature and nothing else."""

    def _update_meta(self) -> None:
        # pyHanko would date the file by the clock of this machine and name itself its producer;
        # the metadata stays as it was typeset, which PDF/A allows.
        return


def _room(signer: Signer) -> int:
    """Return how many hexadecimal digits a signature needs: for its certificates and the rest."""
    chain = [signer.pyhanko_signer.signing_cert, *signer.pyhanko_signer.cert_registry]
    return 2 * (_SIGNATURE_BYTES + sum(len(certificate.dump()) for certificate in chain))


def _certificate(path: Path) -> asn1_x509.Certificate:
    return load_cert_from_pemder(str(path))  # type: ignore[no-untyped-call]


def _signer(
    certificate: asn1_x509.Certificate,
    key: asn1_keys.PrivateKeyInfo,
    *,
    chain: list[asn1_x509.Certificate],
) -> Signer:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(chain)
    return _described(
        signers.SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=store)
    )


def _described(signer: signers.SimpleSigner) -> Signer:
    certificate = signer.signing_cert
    if certificate is None:
        raise UnusableKey("Sertifikat penanda tangan tidak ada.")
    names = certificate.subject.native
    return Signer(
        name=str(names.get("common_name", "")),
        title=str(names.get("title", "")),
        organisation=str(names.get("organization_name", "")),
        certificate_pem=pem.armor("CERTIFICATE", certificate.dump()),
        pyhanko_signer=signer,
        pattern=_pattern(signer),
    )


def _pattern(signer: signers.SimpleSigner) -> Pattern:
    try:
        return pattern_of(signer)
    except UnsupportedKey as error:
        raise UnusableKey("Kunci penanda tangan harus RSA atau kurva eliptik.") from error
