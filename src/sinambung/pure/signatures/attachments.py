"""The facts that travel inside a signed file as an attached JSON document."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

FACTS_NAME = "fakta.json"
MAX_FACTS_BYTES = 200_000
_MAX_ENTRIES = 50


def read_facts(reader: PdfFileReader) -> dict[str, Any] | None:
    """Return the attached facts, or None when the file carries none that can be read.

    Whether they may be believed is for the signature to say.
    """
    try:
        stream = _facts_stream(reader)
        if stream is None or len(stream.data) > MAX_FACTS_BYTES:
            return None
        facts = json.loads(stream.data)
    except Exception:  # a parser meeting hostile input may raise anything
        return None
    return facts if isinstance(facts, dict) else None


def _facts_stream(reader: PdfFileReader) -> generic.StreamObject | None:
    names = reader.root.get("/Names")
    files = names.get("/EmbeddedFiles") if names is not None else None
    if files is None:
        return None
    for name, specification in _entries(files):
        if str(name) == FACTS_NAME:
            stream = specification["/EF"]["/F"]
            return stream if isinstance(stream, generic.StreamObject) else None
    return None


def _entries(files: generic.DictionaryObject) -> list[tuple[Any, generic.DictionaryObject]]:
    """Return the pairs of a name tree of one level or two, which is all that we write."""
    kids = [kid.get_object() for kid in islice(files.get("/Kids", ()), _MAX_ENTRIES)]
    entries: list[tuple[Any, generic.DictionaryObject]] = []
    for leaf in (files, *kids):
        flat = [item.get_object() for item in islice(leaf.get("/Names", ()), 2 * _MAX_ENTRIES)]
        entries.extend(zip(flat[::2], flat[1::2], strict=False))
    return entries
