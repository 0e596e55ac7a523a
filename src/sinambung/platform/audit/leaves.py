"""The hash that each entry of the trail stores of its own content."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

COLUMNS = (
    "at",
    "actor_id",
    "actor_name",
    "action",
    "subject_kind",
    "subject_id",
    "subject_name",
    "person_id",
    "context_id",
    "facts",
    "reason",
    "leaf_hash",
)


def leaf_hash(values: Iterable[str]) -> str:
    """Return the hash of an entry's own content, as a leaf of RFC 9162 section 2.1.1.

    The content is the JSON array of its columns, the moment in ISO 8601 UTC with microseconds.
    """
    return hashlib.sha256(b"\x00" + _encode(list(values)).encode()).hexdigest()


def stamp(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
