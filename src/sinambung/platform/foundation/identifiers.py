"""Public identifiers: ULIDs of 26 characters, sortable by the moment they were made."""

from __future__ import annotations

import re
import secrets
import time
from typing import NewType

Ulid = NewType("Ulid", str)

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHAPE = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_RANDOM_SHIFTS = tuple(range(70, -1, -10))
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]


def new_ulid() -> Ulid:
    """Return a new ULID: 48 bits of milliseconds and 80 random bits (ulid/spec, canonical form)."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return Ulid(encode(value))


def new_ulids(count: int) -> list[Ulid]:
    """Return as many ULIDs of one moment, made with one request for randomness."""
    moment = encode((time.time_ns() // 1_000_000) << 80)[:10]
    random, pairs = secrets.token_bytes(10 * count), _PAIRS
    values = [int.from_bytes(random[at : at + 10]) for at in range(0, len(random), 10)]
    return [
        Ulid(moment + "".join([pairs[(value >> shift) & 1023] for shift in _RANDOM_SHIFTS]))
        for value in values
    ]


def encode(value: int) -> str:
    """Write a number below 2**128 in 26 characters of Crockford's base 32."""
    pairs = _PAIRS
    return "".join([pairs[(value >> shift) & 1023] for shift in range(120, -1, -10)])


def is_ulid(text: str) -> bool:
    return bool(_SHAPE.fullmatch(text))


class UlidConverter:
    """The path converter `<ulid:...>`; anything else is not found."""

    regex = "[0-7][0-9A-HJKMNP-TV-Z]{25}"

    def to_python(self, value: str) -> Ulid:
        return Ulid(value)

    def to_url(self, value: str) -> str:
        return value
