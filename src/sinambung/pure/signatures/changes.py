"""Find the pages that an update appended to a signed file touches."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

_MAX_STEPS = 20_000
_UPWARD = ("/Parent", "/P", "/StructParents", "/Dest")


def changed_pages(reader: PdfFileReader, *, since_revision: int) -> tuple[int, ...]:
    """Return the numbers (from 1) of the pages that use an object written after that revision."""
    changed: set[tuple[int, int]] = set()
    for revision in range(since_revision + 1, reader.xrefs.total_revisions):
        for reference in reader.xrefs.explicit_refs_in_revision(revision):
            changed.add((reference.idnum, reference.generation))
    pages = _pages(reader)
    return tuple(number for number, page in enumerate(pages, start=1) if _uses(page, changed))


def _pages(reader: PdfFileReader) -> list[Any]:
    count = int(reader.root["/Pages"]["/Count"])
    return [
        reader.find_page_for_modification(index)[0]  # type: ignore[no-untyped-call]
        for index in range(min(count, 100))
    ]


def _uses(page: Any, changed: set[tuple[int, int]]) -> bool:
    waiting = [page]
    seen: set[tuple[int, int]] = set()
    for _ in range(_MAX_STEPS):
        if not waiting:
            return False
        item = waiting.pop()
        if isinstance(item, generic.IndirectObject):
            key = (item.idnum, item.generation)
            if key in changed:
                return True
            if key in seen:
                continue
            seen.add(key)
            item = item.get_object()  # type: ignore[no-untyped-call]
        waiting.extend(_children(item))
    return False


def _children(item: Any) -> list[Any]:
    if isinstance(item, generic.DictionaryObject):
        return [item.raw_get(key) for key in item if key not in _UPWARD]
    if isinstance(item, generic.ArrayObject):
        return [item.raw_get(index) for index in range(len(item))]
    return []
