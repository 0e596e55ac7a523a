"""A certificate authority in a folder: for the demonstration and for agencies without their own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT_YEARS = 30
SIGNER_YEARS = 10
_CURVE = ec.SECP256R1


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a signing certificate is for."""

    name: str
    title: str
    organisation: str


@dataclass(frozen=True, slots=True)
class AuthorityFiles:
    """Where an authority keeps its certificates and keys."""

    root_certificate: Path
    root_key: Path
    signer_certificate: Path
    signer_key: Path
    trust: Path


def authority_files(folder: Path) -> AuthorityFiles:
    """Return the paths that an authority in `folder` uses, whether they exist or not."""
    return AuthorityFiles(
        root_certificate=folder / "authority" / "root.pem",
        root_key=folder / "authority" / "root.key",
        signer_certificate=folder / "authority" / "signer.pem",
        signer_key=folder / "authority" / "signer.key",
        trust=folder / "trust" / "root.pem",
    )


def create_authority(folder: Path, *, name: str, signer: Subject, at: datetime) -> AuthorityFiles:
    """Create a root and one signing certificate (EC P-256) in `folder`.

    Keys are readable by their owner only. Raises FileExistsError when an authority is there
    already: its keys are never overwritten.
    """
    files = authority_files(folder)
    if files.root_key.exists():
        raise FileExistsError(files.root_key)
    root_key = ec.generate_private_key(_CURVE())
    root = _root_certificate(root_key, name=name, organisation=signer.organisation, at=at)
    _write(files.root_key, _key_bytes(root_key), secret=True)
    _write(files.root_certificate, root.public_bytes(serialization.Encoding.PEM))
    _write(files.trust, root.public_bytes(serialization.Encoding.PEM))
    issue_signer(folder, signer=signer, at=at)
    return files


def issue_signer(folder: Path, *, signer: Subject, at: datetime) -> AuthorityFiles:
    """Give the authority in `folder` a new signing certificate for `signer`.

    Files signed with the former one stay valid: both come from the same root.
    """
    files = authority_files(folder)
    root = x509.load_pem_x509_certificate(files.root_certificate.read_bytes())
    root_key = serialization.load_pem_private_key(files.root_key.read_bytes(), None)
    if not isinstance(root_key, ec.EllipticCurvePrivateKey):
        raise TypeError("The key of this authority is not an elliptic curve key.")
    key = ec.generate_private_key(_CURVE())
    certificate = _signer_certificate(key, root=root, root_key=root_key, signer=signer, at=at)
    _write(files.signer_key, _key_bytes(key), secret=True)
    _write(files.signer_certificate, certificate.public_bytes(serialization.Encoding.PEM))
    return files


def _root_certificate(
    key: ec.EllipticCurvePrivateKey, *, name: str, organisation: str, at: datetime
) -> x509.Certificate:
    subject = _distinguished_name(
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.COMMON_NAME, name),
    )
    usage = _key_usage(digital_signature=False, content_commitment=False, sign_certificates=True)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * ROOT_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _signer_certificate(
    key: ec.EllipticCurvePrivateKey,
    *,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    signer: Subject,
    at: datetime,
) -> x509.Certificate:
    subject = _distinguished_name(
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, signer.organisation),
        (NameOID.TITLE, signer.title),
        (NameOID.COMMON_NAME, signer.name),
    )
    usage = _key_usage(digital_signature=True, content_commitment=True, sign_certificates=False)
    authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * SIGNER_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(authority_key, critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _distinguished_name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(kind, value[:64]) for kind, value in parts if value])


def _key_usage(
    *, digital_signature: bool, content_commitment: bool, sign_certificates: bool
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes, *, secret: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.part")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
