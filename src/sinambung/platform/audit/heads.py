"""The running head of the trail: one hash over every entry so far, in their order."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sinambung.platform.audit.leaves import stamp

if TYPE_CHECKING:
    from sinambung.platform.audit.models import Seal

EMPTY = hashlib.sha256(b"").hexdigest()
_NODE = b"\x01"


class Sealed(NamedTuple):
    """What a seal says: all entries up to `last_entry` are `total`, and give `head`."""

    number: int
    at: str
    last_entry: int
    entries: int
    total: int
    head: str


def sealed_by(seal: Seal) -> Sealed:
    """Return what the mark of a seal covers."""
    return Sealed(seal.number, stamp(seal.at), seal.last_entry, seal.entries, seal.total, seal.head)


class RunningHead:
    """The head while entries are added to it; the same entries in another order give another."""

    def __init__(self, before: str) -> None:
        self._hash = hashlib.sha256(_NODE + bytes.fromhex(before))
        self.entries = 0

    def add(self, number: int, leaf_hash: str) -> None:
        """Take one entry in: its number and the hash it stores of its own content."""
        self._hash.update(f"{number}:{leaf_hash}\n".encode())
        self.entries += 1

    def add_all(self, entries: Iterable[tuple[int, str]]) -> int:
        """Take entries in and return the number of the last; 0 when there are none."""
        number = 0
        for number, leaf_hash in entries:
            self.add(number, leaf_hash)
        return number

    def value(self) -> str:
        return self._hash.hexdigest()


def mark_of(sealed: Sealed, *, key: str) -> str:
    """Return the mark of a seal: who has the database but not the key cannot make it."""
    text = "|".join(str(part) for part in sealed)
    return hmac.new(f"sinambung.trail.{key}".encode(), text.encode(), hashlib.sha256).hexdigest()
