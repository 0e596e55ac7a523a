"""Many signed files as one to be printed: page by page into a file, with a mark over each page.

Nothing is unpacked or drawn anew, equal parts (fonts, colours, emblem) are written once, and only
the place of each part is remembered, so a thousand files need no more memory than one.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

_CATALOG, _PAGES, _INFO, _OUTLINE = 1, 2, 3, 4
_MARK = b"/SalinanCetak"
_SIGNED_ONLY = frozenset({"/Parent", "/Annots", "/StructParents", "/Tabs", "/Contents"})
# An object without text but single words: its references are found without reading it whole.
_PLAIN = re.compile(
    rb"\d+ 0 obj\s*((?:<<|\[)(?:[^(%]|\([A-Za-z]*\))*?(?:>>|\]))\s*(endobj|stream\r?\n)"
)
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_LENGTH = re.compile(rb"/Length (\d+)(?! \d)")
_END = re.compile(rb"\s*endstream")


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that is being copied; `copied` holds the new reference of each old number."""

    content: bytes
    reader: PdfReader
    copied: dict[int, bytes] = field(default_factory=dict)

    @property
    def places(self) -> Mapping[int, int]:
        return self.reader.xref.get(0, {})


def _source(pdf: bytes) -> _Source:
    return _Source(pdf, PdfReader(io.BytesIO(pdf)))


class Merging:
    """A PDF that grows in `output` with each `add`; `finish` makes it whole.

    Signatures do not survive this, and must not: fields and annotations are left out.
    """

    def __init__(self, output: IO[bytes], *, mark: bytes, title: str) -> None:
        self._output = output
        self._title = title
        self._places = [0] * (_OUTLINE + 1)
        self._written: dict[bytes, int] = {}
        self._pages: list[int] = []
        self._entries: list[tuple[str, int]] = []
        output.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._mark = self._form(mark)
        self._before = self._once(_stream(b"<<", b"q\n"))
        self._after = self._once(_stream(b"<<", b"\nQ q " + _MARK + b" Do Q\n"))

    def add(self, pdf: bytes, *, name: str) -> None:
        """Append every page of `pdf`; `name` leads to them in the reader's list of contents."""
        first = len(self._pages)
        source = _source(pdf)
        for page in source.reader.pages:
            self._pages.append(self._new(self._page(page, source)))
        self._entries.append((name, self._pages[first]))

    def finish(self) -> None:
        """Write what holds the pages together."""
        kids = b" ".join(b"%d 0 R" % number for number in self._pages)
        count = len(self._pages)
        self._put(_PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids))
        self._put(_INFO, b"<</Title %s>>" % _text(self._title))
        self._put_outline()
        self._put(
            _CATALOG,
            b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/Lang(id-ID)"
            b"/ViewerPreferences<</DisplayDocTitle true>>>>" % (_PAGES, _OUTLINE),
        )
        start = self._output.tell()
        rows = b"".join(b"%010d 00000 n \n" % place for place in self._places[1:])
        size = len(self._places)
        self._output.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows))
        self._output.write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, _CATALOG, _INFO, start)
        )

    def _page(self, page: Any, source: _Source) -> bytes:
        entries = [
            _name(key) + b" " + self._copy(page.raw_get(key), source)
            for key in page
            if key not in _SIGNED_ONLY | {"/Resources"}
        ]
        contents = self._contents(page, source)
        resources = self._resources(page["/Resources"], source)
        return b"<<%s/Parent %d 0 R/Resources %s/Contents[%d 0 R %s %d 0 R]>>" % (
            b"".join(entries),
            _PAGES,
            resources,
            self._before,
            contents,
            self._after,
        )

    def _contents(self, page: Any, source: _Source) -> bytes:
        contents = page.raw_get("/Contents")
        parts = contents if isinstance(contents, ArrayObject) else [contents]
        return b" ".join(self._copy(part, source) for part in parts)

    def _resources(self, resources: Any, source: _Source) -> bytes:
        pictures = resources.get("/XObject", DictionaryObject()).get_object()
        shown = b"".join(
            _name(key) + b" " + self._copy(pictures.raw_get(key), source) for key in pictures
        )
        others = b"".join(
            _name(key) + b" " + self._copy(resources.raw_get(key), source)
            for key in resources
            if key != "/XObject"
        )
        return b"<<%s/XObject<<%s%s %d 0 R>>>>" % (others, shown, _MARK, self._mark)

    def _form(self, pdf: bytes) -> int:
        """Write the only page of `pdf` as a form that any page can show."""
        source = _source(pdf)
        page = source.reader.pages[0]
        contents = page["/Contents"]
        if not isinstance(contents, StreamObject):
            raise TypeError("The mark of a print copy has its contents in one stream.")
        resources = self._copy(page["/Resources"], source)
        box = b" ".join(str(side).encode() for side in page.mediabox)
        head = b"<</Type/XObject/Subtype/Form/BBox[%s]/Resources %s" % (box, resources)
        return self._once(_stream(head + self._entries_of(contents, source), _packed(contents)))

    def _copy(self, item: Any, source: _Source) -> bytes:
        """Return `item` as it is written here; what it refers to is written before it."""
        if isinstance(item, IndirectObject):
            return self._reference(item.idnum, source)
        if isinstance(item, StreamObject):
            return _stream(b"<<" + self._entries_of(item, source), _packed(item))
        if isinstance(item, DictionaryObject):
            return b"<<%s>>" % self._entries_of(item, source)
        if isinstance(item, ArrayObject):
            return b"[%s]" % b" ".join(self._copy(part, source) for part in item)
        output = io.BytesIO()
        item.write_to_stream(output)
        return output.getvalue()

    def _reference(self, number: int, source: _Source) -> bytes:
        if number not in source.copied:
            content = self._plain(number, source)
            if content is None:
                content = self._copy(source.reader.get_object(number), source)
            source.copied[number] = b"%d 0 R" % self._once(content)
        return source.copied[number]

    def _plain(self, number: int, source: _Source) -> bytes | None:
        """Copy an object as it lies there, with new references; None when it is not that simple.

        Reading a font's thousand widths one by one takes most of the time otherwise.
        """
        match = _PLAIN.match(source.content, source.places.get(number, len(source.content)))
        if match is None or b"/Parent" in match[1]:
            return None
        head = _REFERENCE.sub(lambda found: self._reference(int(found[1]), source), match[1])
        if match[2] == b"endobj":
            return head
        length = _LENGTH.search(match[1])
        end = match.end() + int(length[1]) if length else 0
        if not end or not _END.match(source.content, end):
            return None
        return b"%s\nstream\n%s\nendstream" % (head, source.content[match.end() : end])

    def _entries_of(self, item: DictionaryObject, source: _Source) -> bytes:
        return b"".join(
            _name(key) + b" " + self._copy(item.raw_get(key), source)
            for key in item
            if key not in ("/Length", "/Parent")
        )

    def _put_outline(self) -> None:
        first = len(self._places)
        last = first + len(self._entries) - 1
        for number, (name, page) in enumerate(self._entries, start=first):
            before = b"/Prev %d 0 R" % (number - 1) if number > first else b""
            after = b"/Next %d 0 R" % (number + 1) if number < last else b""
            entry = b"<</Parent %d 0 R%s%s/Title %s/Dest[%d 0 R/Fit]>>"
            self._new(entry % (_OUTLINE, before, after, _text(name), page))
        body = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
        self._put(_OUTLINE, body % (first, last, len(self._entries)))

    def _once(self, content: bytes) -> int:
        """Write an object unless an equal one is there; return its number."""
        digest = hashlib.blake2b(content, digest_size=16).digest()
        if digest not in self._written:
            self._written[digest] = self._new(content)
        return self._written[digest]

    def _new(self, content: bytes) -> int:
        number = len(self._places)
        self._places.append(0)
        self._put(number, content)
        return number

    def _put(self, number: int, content: bytes) -> None:
        self._places[number] = self._output.tell()
        self._output.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))


def _packed(stream: StreamObject) -> bytes:
    """Return the bytes of a stream as they lie in the file."""
    content: bytes = stream._data  # pypdf offers them unpacked only
    return content


def _stream(head: bytes, content: bytes) -> bytes:
    return b"%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)


def _name(key: str) -> bytes:
    return key.encode("ascii")


def _text(text: str) -> bytes:
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"
