"""Time stamps of a signature (RFC 3161): the question to an authority, and what its answer holds.

Fetching the answer is the caller's: this package knows no network.
"""

from __future__ import annotations

import hashlib
import secrets

from asn1crypto import algos, cms, parser, tsp

_DIGEST = "sha256"
_GRANTED = ("granted", "granted_with_mods")


class StampRefused(Exception):
    """A time stamping authority gave no usable answer; the message says why."""


def question(signature: bytes) -> bytes:
    """Return the request, as DER, for a stamp over the value of a signature."""
    imprint = tsp.MessageImprint(
        {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": _DIGEST}),
            "hashed_message": hashlib.sha256(signature).digest(),
        }
    )
    request = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": imprint,
            "nonce": secrets.randbits(63),
            "cert_req": True,
        }
    )
    content: bytes = request.dump()
    return content


def token(answer: bytes, *, asked: bytes) -> bytes:
    """Return the stamp in an answer, as DER; raises `StampRefused` unless it answers `asked`."""
    try:
        # The status on its own: asn1crypto cannot read a refusal, which holds no stamp.
        status = tsp.PKIStatusInfo.load(parser.parse(answer)[4])["status"].native
        if status not in _GRANTED:
            raise StampRefused(f"penyedia menolak permintaan ({status})")
        stamp: cms.ContentInfo = tsp.TimeStampResp.load(answer, strict=True)["time_stamp_token"]
        info = stamp["content"]["encap_content_info"]["content"].parsed
        request = tsp.TimeStampReq.load(asked)
        same = _asked(info) == _asked(request)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StampRefused("jawaban penyedia tidak dapat dibaca") from error
    if not same:
        raise StampRefused("jawaban penyedia bukan untuk permintaan ini")
    content: bytes = stamp.dump()
    return content


def _asked(message: tsp.TSTInfo | tsp.TimeStampReq) -> tuple[str, bytes, int]:
    imprint, nonce = message["message_imprint"].native, message["nonce"].native
    return imprint["hash_algorithm"]["algorithm"], imprint["hashed_message"], nonce
