"""Read X.509 certificates: who they name, how long they run."""

from __future__ import annotations

from asn1crypto import pem, x509

from sinambung.pure.signatures.verdicts import SignerIdentity


def load(content: bytes) -> x509.Certificate:
    """Return the certificate in PEM or DER bytes; raises ValueError when there is none."""
    if pem.detect(content):
        _, _, content = pem.unarmor(content)
    return x509.Certificate.load(content, strict=True)


def describe(certificate: x509.Certificate) -> SignerIdentity:
    """Return what a certificate says about its holder."""
    subject = certificate.subject.native
    return SignerIdentity(
        name=_text(subject.get("common_name")),
        title=_text(subject.get("title")),
        organisation=_text(subject.get("organization_name")),
        issuer=_text(certificate.issuer.native.get("common_name")),
        fingerprint=certificate.sha256.hex(),
        valid_since=certificate.not_valid_before,
        valid_until=certificate.not_valid_after,
    )


def _text(value: object) -> str:
    if isinstance(value, list):
        value = " ".join(str(part) for part in value)
    text = "" if value is None else str(value)
    return "".join(character for character in text if character.isprintable())[:200]
