"""Fetching a time stamp from a time stamping authority over HTTP (RFC 3161, section 3.4)."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException

from sinambung.pure.signatures.timestamps import StampRefused, question, token

SECONDS = 15
MAX_BYTES = 20_000


def stamp(signature: bytes, *, address: str) -> bytes:
    """Return the stamp of the authority at `address` over a signature; raises `StampRefused`."""
    asked = question(signature)
    if not address.startswith(("https://", "http://")):
        raise StampRefused("alamat penyedia harus https:// atau http://")
    request = urllib.request.Request(  # noqa: S310
        address,
        data=asked,
        headers={
            "Content-Type": "application/timestamp-query",
            "Accept": "application/timestamp-reply",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(MAX_BYTES + 1)
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        raise StampRefused("penyedia tidak menjawab") from error
    if len(content) > MAX_BYTES:
        raise StampRefused("jawaban penyedia terlalu besar")
    return token(content, asked=asked)
