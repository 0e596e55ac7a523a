"""What ISO 19005-4 (PDF/A-4f) asks of a file, as far as a test can see it without a validator."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_FORBIDDEN_ACTIONS = {
    *("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide"),
    *("/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView"),
}
_FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}
_STANDARD_FILTERS = {
    *("/FlateDecode", "/DCTDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode"),
}
_HIDDEN, _PRINT = 0b100011 | 1 << 8, 0b100


def problems(pdf: bytes) -> list[str]:
    """Return what keeps a file from being PDF/A-4f; empty when nothing was found."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    return [*_file(pdf, reader), *_metadata(reader), *_colours(reader), *_objects(reader)]


def _file(pdf: bytes, reader: PdfReader) -> Iterator[str]:
    if not pdf.startswith(b"%PDF-2."):
        yield "header is not PDF 2.0"
    if sum(byte > 127 for byte in pdf.split(b"\n", 2)[1][1:5]) < 4:
        yield "second line has no four bytes above 127"
    if "/Encrypt" in reader.trailer:
        yield "encrypted"
    if "/ID" not in reader.trailer:
        yield "trailer without ID"
    catalog: Any = reader.trailer["/Root"]
    if "/Info" in reader.trailer and "/PieceInfo" not in catalog:
        yield "document information dictionary"
    if catalog.keys() & {"/OpenAction", "/AA", "/NeedsRendering", "/Requirements"}:
        yield "catalog has actions"
    if "/AF" not in catalog:
        yield "attached file without relationship"


def _metadata(reader: PdfReader) -> Iterator[str]:
    catalog: Any = reader.trailer["/Root"]
    stream = catalog["/Metadata"]
    if "/Filter" in stream:
        yield "metadata are compressed"
    root = ElementTree.fromstring(stream.get_data().strip())
    told: dict[str, str | None] = {}
    for description in root.iter(f"{_RDF}Description"):
        told |= dict(description.attrib) | {child.tag: child.text for child in description}
    for name, value in (("part", "4"), ("rev", "2020"), ("conformance", "F")):
        if told.get(_PDFA + name) != value:
            yield f"pdfaid:{name} is {told.get(_PDFA + name)}"


def _colours(reader: PdfReader) -> Iterator[str]:
    catalog: Any = reader.trailer["/Root"]
    profiles = [intent.get_object() for intent in catalog.get("/OutputIntents", [])]
    if not any(
        intent["/S"] == "/GTS_PDFA1" and intent["/DestOutputProfile"].get_data()[36:40] == b"acsp"
        for intent in profiles
    ):
        yield "no output intent with a colour profile"


def _objects(reader: PdfReader) -> Iterator[str]:
    for item in _reachable(reader.trailer["/Root"]):
        if not isinstance(item, DictionaryObject):
            continue
        yield from _font(item)
        yield from _annotation(item)
        if str(item.get("/S")) in _FORBIDDEN_ACTIONS:
            yield f"action {item['/S']}"
        if isinstance(item, StreamObject):
            yield from _stream(item)
        if str(item.get("/Type")) == "/ExtGState" and item.keys() & {"/TR", "/HTP"}:
            yield "transfer function"
        if item.get("/Type") == "/Filespec" and not {"/AFRelationship", "/UF"} <= item.keys():
            yield "attached file says neither what it is nor its name"


def _font(item: DictionaryObject) -> Iterator[str]:
    if item.get("/Type") == "/FontDescriptor" and not _FONT_FILES & item.keys():
        yield f"font {item['/FontName']} is not embedded"
    if item.get("/Type") == "/Font" and item.get("/Subtype") == "/Type0":
        if "/ToUnicode" not in item:
            yield f"font {item['/BaseFont']} cannot be read as text"
    elif item.get("/Type") == "/Font" and "/FontDescriptor" not in item:
        yield f"font {item.get('/BaseFont')} is one of the standard fonts"


def _annotation(item: DictionaryObject) -> Iterator[str]:
    if item.get("/Type") != "/Annot" and item.get("/Subtype") != "/Widget":
        return
    flags = int(item.get("/F", 0))
    if flags & _HIDDEN or not flags & _PRINT:
        yield f"annotation with flags {flags}"
    if item.keys() & {"/A", "/AA"}:
        yield "annotation with an action"


def _stream(item: StreamObject) -> Iterator[str]:
    if item.keys() & {"/F", "/FFilter", "/FDecodeParms"}:
        yield "stream outside the file"
    filters = item.get("/Filter", [])
    for name in filters if isinstance(filters, list) else [filters]:
        if name not in _STANDARD_FILTERS:
            yield f"filter {name}"
    if item.get("/Subtype") == "/Image" and (item.get("/Interpolate") or "/OPI" in item):
        yield "image is interpolated"
    if item.get("/Subtype") in ("/PS", "/Sound", "/Movie"):
        yield f"object {item['/Subtype']}"


def _reachable(root: Any) -> Iterator[Any]:
    waiting, seen = [root], set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.idnum in seen:
                continue
            seen.add(item.idnum)
            item = item.get_object()
        yield item
        if isinstance(item, DictionaryObject):
            waiting.extend(item.raw_get(key) for key in item)
        elif isinstance(item, ArrayObject):
            waiting.extend(item)
