"""The container of a signature (CMS, RFC 5652): pyHanko makes it once a signer, then it is filled.

From file to file only the digest and the signature over the signed attributes differ. Building
the whole container anew costs several times what signing does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.sign import signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

DIGEST = "sha256"
_PLACEHOLDER = bytes(range(32))
_SEQUENCE, _SET, _OCTETS, _FIRST, _SECOND = 0x30, 0x31, 0x04, 0xA0, 0xA1

Stamp = Callable[[bytes], bytes]


class UnsupportedKey(Exception):
    """The key is neither RSA nor elliptic; such keys do not sign here."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A container in pieces, as DER. `attributes` holds a placeholder instead of a digest."""

    content_type: bytes
    before_signers: bytes
    before_attributes: bytes
    attributes: bytes
    algorithm: bytes
    key: Any


def pattern_of(signer: signers.SimpleSigner) -> Pattern:
    """Let pyHanko make a PAdES container for a placeholder and take it apart."""
    made = asyncio.run(
        signer.async_sign(
            _PLACEHOLDER,
            DIGEST,
            use_pades=True,
            signed_attr_settings=PdfCMSSignedAttributes(),
        )
    )
    content = made["content"]
    info = content["signer_infos"][0]
    names = ("version", "digest_algorithms", "encap_content_info", "certificates")
    attributes: bytes = info["signed_attrs"].dump()
    if attributes.count(_PLACEHOLDER) != 1 or info["unsigned_attrs"].native:
        raise ValueError("The container has another shape than this module can fill.")
    return Pattern(
        content_type=cms.ContentType("signed_data").dump(),
        before_signers=b"".join(content[name].dump() for name in names),
        before_attributes=b"".join(
            info[name].dump() for name in ("version", "sid", "digest_algorithm")
        ),
        attributes=attributes,
        algorithm=info["signature_algorithm"].dump(),
        key=_loaded_key(signer),
    )


def filled(pattern: Pattern, digest: bytes, *, stamp: Stamp | None = None) -> bytes:
    """Return the container that signs `digest` (SHA-256 of a file).

    `stamp` returns the time stamp (RFC 3161) of a signature's value, which is then put beside it.
    """
    attributes = pattern.attributes.replace(_PLACEHOLDER, digest)
    # RFC 5652, 5.4: signed is the set under its own tag, not under the context tag it travels in.
    signature = _signature(pattern.key, bytes([_SET]) + attributes[1:])
    info = _der(
        _SEQUENCE,
        pattern.before_attributes
        + attributes
        + pattern.algorithm
        + _der(_OCTETS, signature)
        + (_stamped(stamp(signature)) if stamp else b""),
    )
    signed_data = _der(_SEQUENCE, pattern.before_signers + _der(_SET, info))
    return _der(_SEQUENCE, pattern.content_type + _der(_FIRST, signed_data))


def _stamped(token: bytes) -> bytes:
    """Return the unsigned attributes that hold a time stamp (RFC 3161, appendix A)."""
    kind = cms.CMSAttributeType("signature_time_stamp_token").dump()
    return _der(_SECOND, _der(_SEQUENCE, kind + _der(_SET, token)))


def _signature(key: Any, content: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(content, ec.ECDSA(hashes.SHA256()))
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    raise UnsupportedKey


def _loaded_key(signer: signers.SimpleSigner) -> Any:
    key = serialization.load_der_private_key(signer.signing_key.dump(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise UnsupportedKey
    return key


def _der(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + content
