from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from sinambung.pure.signatures.authority import Subject, authority_files, create_authority
from sinambung.pure.signatures.authority import issue_signer as issue
from sinambung.pure.signatures.sealing import (
    UnusableKey,
    open_authority_signer,
    open_pkcs12_signer,
    seal,
)
from sinambung.pure.signatures.validation import validate
from sinambung.pure.signatures.verdicts import State
from tests.pure.signatures.conftest import SIGNED_AT, SIGNER


def test_keys_are_readable_by_their_owner_only(keys: Path) -> None:
    files = authority_files(keys)
    for key in (files.root_key, files.signer_key):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_an_authority_is_never_overwritten(keys: Path) -> None:
    before = authority_files(keys).root_key.read_bytes()
    with pytest.raises(FileExistsError):
        create_authority(keys, name="Lain", signer=SIGNER, at=SIGNED_AT)
    assert authority_files(keys).root_key.read_bytes() == before


def test_a_new_signer_of_the_same_authority_leaves_old_files_valid(
    tmp_path: Path, unsigned: bytes
) -> None:
    files = create_authority(tmp_path, name="Otoritas", signer=SIGNER, at=SIGNED_AT)
    trust = [files.trust.read_bytes()]
    old = seal(
        unsigned, open_authority_signer(tmp_path), reason="Uji", place="Contoh", at=SIGNED_AT
    )
    successor = Subject(name="Pengganti", title="Kepala", organisation="BPSDM")
    issue(tmp_path, signer=successor, at=SIGNED_AT)
    new = seal(
        unsigned, open_authority_signer(tmp_path), reason="Uji", place="Contoh", at=SIGNED_AT
    )
    for pdf, name in ((old, SIGNER.name), (new, "Pengganti")):
        verdict = validate(pdf, trust=trust, at=SIGNED_AT)
        assert verdict.state is State.VALID
        assert verdict.signer is not None
        assert verdict.signer.name == name


def test_a_certificate_file_of_a_certification_body_signs(keys: Path, unsigned: bytes) -> None:
    files = authority_files(keys)
    content = _pkcs12(files.signer_key, files.signer_certificate, b"rahasia")
    signer = open_pkcs12_signer(content, passphrase="rahasia")
    pdf = seal(unsigned, signer, reason="Uji", place="Contoh", at=SIGNED_AT)
    verdict = validate(pdf, trust=[files.trust.read_bytes()], at=SIGNED_AT + timedelta(days=1))
    assert verdict.state is State.VALID
    assert signer.title == SIGNER.title


@pytest.mark.parametrize("kind", ["rsa-2048", "rsa-4096", "p-384"])
def test_other_kinds_of_keys_sign_too(kind: str, unsigned: bytes) -> None:
    key = (
        ec.generate_private_key(ec.SECP384R1())
        if kind == "p-384"
        else rsa.generate_private_key(65537, int(kind[4:]))
    )
    certificate = _self_issued(key)
    content = pkcs12.serialize_key_and_certificates(
        b"x", key, certificate, None, serialization.BestAvailableEncryption(b"rahasia")
    )
    signer = open_pkcs12_signer(content, passphrase="rahasia")
    pdf = seal(unsigned, signer, reason="Uji", place="Contoh", at=SIGNED_AT)
    trust = [certificate.public_bytes(serialization.Encoding.DER)]
    verdict = validate(pdf, trust=trust, at=SIGNED_AT)
    assert verdict.state is State.VALID
    altered = bytearray(pdf)
    altered[60] ^= 1
    assert validate(bytes(altered), trust=trust, at=SIGNED_AT).state is not State.VALID


def _self_issued(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pejabat")])
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"), False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SIGNED_AT - timedelta(days=1))
        .not_valid_after(SIGNED_AT + timedelta(days=365))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )


def test_a_certificate_file_without_a_passphrase_signs_too(keys: Path, unsigned: bytes) -> None:
    files = authority_files(keys)
    content = pkcs12.serialize_key_and_certificates(
        b"tanda tangan",
        serialization.load_pem_private_key(files.signer_key.read_bytes(), None),  # type: ignore[arg-type]
        x509.load_pem_x509_certificate(files.signer_certificate.read_bytes()),
        None,
        serialization.NoEncryption(),
    )
    signer = open_pkcs12_signer(content, passphrase="")
    pdf = seal(unsigned, signer, reason="Uji", place="Contoh", at=SIGNED_AT)
    assert validate(pdf, trust=[files.trust.read_bytes()], at=SIGNED_AT).state is State.VALID


def test_a_wrong_passphrase_is_a_sentence(keys: Path) -> None:
    files = authority_files(keys)
    content = _pkcs12(files.signer_key, files.signer_certificate, b"rahasia")
    with pytest.raises(UnusableKey, match="kata sandinya salah"):
        open_pkcs12_signer(content, passphrase="tebakan")


def test_a_missing_key_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnusableKey, match="tidak dapat dibaca"):
        open_authority_signer(tmp_path)


def test_a_signature_needs_a_zone(keys: Path, unsigned: bytes) -> None:
    with pytest.raises(ValueError, match="time zone"):
        seal(
            unsigned,
            open_authority_signer(keys),
            reason="Uji",
            place="Contoh",
            at=SIGNED_AT.replace(tzinfo=None),
        )


def _pkcs12(key: Path, certificate: Path, passphrase: bytes) -> bytes:
    loaded = serialization.load_pem_private_key(key.read_bytes(), None)
    return pkcs12.serialize_key_and_certificates(
        b"tanda tangan",
        loaded,  # type: ignore[arg-type]
        x509.load_pem_x509_certificate(certificate.read_bytes()),
        None,
        serialization.BestAvailableEncryption(passphrase),
    )
