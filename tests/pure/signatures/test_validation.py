from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pypdf import PdfReader, PdfWriter

from sinambung.pure.signatures.sealing import open_authority_signer
from sinambung.pure.signatures.validation import validate
from sinambung.pure.signatures.verdicts import Problem, State, Verdict, verdict_from_json
from tests.pure.signatures.conftest import FACTS, SIGNED_AT, SIGNER

Sign = Callable[[bytes, Path], bytes]


def check(pdf: bytes, trust: list[bytes], *, days: int = 5) -> Verdict:
    return validate(pdf, trust=trust, at=SIGNED_AT + timedelta(days=days))


def test_a_signed_file_is_valid_and_shows_what_it_certifies(
    signed: bytes, trust: list[bytes]
) -> None:
    verdict = check(signed, trust)
    assert verdict.state is State.VALID
    assert verdict.facts == FACTS
    assert verdict.signed_at == SIGNED_AT
    assert verdict.signer is not None
    assert (verdict.signer.name, verdict.signer.title) == (SIGNER.name, SIGNER.title)
    assert verdict.sentence == "Tanda tangan sah dan isi berkas tidak berubah."


def test_signing_leaves_the_file_pdf_a(signed: bytes, unsigned: bytes) -> None:
    """What ISO 19005-4 asks of a signature: no hidden field, metadata and fonts untouched."""
    before, after = (PdfReader(BytesIO(pdf)) for pdf in (unsigned, signed))
    catalog: Any = after.trailer["/Root"]
    metadata = catalog["/Metadata"].get_data()
    assert metadata == before.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]
    assert b'pdfaid:part="4"' in metadata or b"<pdfaid:part>4<" in metadata
    assert signed.startswith(b"%PDF-2.0")
    assert "/Encrypt" not in after.trailer
    (field,) = catalog["/AcroForm"]["/Fields"]
    widget = field.get_object()
    hidden = 0b100011 | 1 << 8
    assert widget["/F"] & 0b100
    assert not widget["/F"] & hidden
    assert [float(side) for side in widget["/Rect"]] == [0, 0, 0, 0]
    assert widget["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    (transform,) = widget["/V"]["/Reference"]
    assert transform["/TransformParams"]["/P"] == 1


def test_a_verdict_survives_json(signed: bytes, trust: list[bytes]) -> None:
    for pdf in (signed, signed + b"x", b"%PDF-1.7 x"):
        verdict = check(pdf, trust)
        assert verdict_from_json(verdict.to_json()) == verdict


def test_a_changed_byte_is_an_alteration(signed: bytes, trust: list[bytes]) -> None:
    altered = bytearray(signed)
    altered[signed.index(b"stream") + 40] ^= 1
    verdict = check(bytes(altered), trust)
    assert (verdict.state, verdict.problem) == (State.ALTERED, Problem.CONTENT_CHANGED)
    assert verdict.facts is None


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_changed_byte_passes_as_valid(
    signed: bytes, trust: list[bytes], data: st.DataObject
) -> None:
    gap = re.search(rb"<[0-9a-fA-F]{1000,}>", signed)
    assert gap is not None
    outside = st.integers(0, gap.start()) | st.integers(gap.end() - 1, len(signed) - 1)
    altered = bytearray(signed)
    altered[data.draw(outside)] ^= data.draw(st.integers(1, 255))
    assert not check(bytes(altered), trust).is_valid


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_change_inside_the_signature_itself_changes_no_fact(
    signed: bytes, trust: list[bytes], data: st.DataObject
) -> None:
    """Copies of other certificates in a signature are unsigned by design: they say nothing."""
    gap = re.search(rb"<[0-9a-fA-F]{1000,}>", signed)
    assert gap is not None
    altered = bytearray(signed)
    altered[data.draw(st.integers(gap.start() + 1, gap.end() - 2))] ^= data.draw(
        st.integers(1, 255)
    )
    verdict = check(bytes(altered), trust)
    assert not verdict.is_valid or verdict.facts == FACTS


def test_an_appended_note_is_an_alteration_on_its_page(signed: bytes, trust: list[bytes]) -> None:
    verdict = check(_with_note(signed, page=1), trust)
    assert (verdict.state, verdict.problem) == (State.ALTERED, Problem.ADDED_AFTER)
    assert verdict.changed_pages == (2,)
    assert "halaman 2" in verdict.sentence


@pytest.mark.parametrize("tail", [b"\n", b" ", b"%%EOF\n", b"\0" * 10])
def test_even_harmless_bytes_after_the_end_are_an_alteration(
    signed: bytes, trust: list[bytes], tail: bytes
) -> None:
    assert check(signed + tail, trust).state is State.ALTERED


def test_a_file_signed_again_by_another_is_told_apart(
    signed: bytes, trust: list[bytes], other_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest_check = "_enforce_certification_constraints"
    monkeypatch.setattr(signers.PdfSigner, honest_check, lambda self, reader: None)
    signer = open_authority_signer(other_keys)
    output = signers.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(signed)),
        signers.PdfSignatureMetadata(
            field_name="Kedua", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
        ),
        signer=signer.pyhanko_signer,
    )
    verdict = check(output.getvalue(), trust)
    assert (verdict.state, verdict.problem) == (State.RESIGNED, Problem.SIGNED_AGAIN)
    assert verdict.signed_again_by == "Orang Lain"
    assert verdict.facts is None


def test_a_signer_nobody_vouches_for_is_unknown(
    unsigned: bytes, trust: list[bytes], other_keys: Path, sign: Sign
) -> None:
    verdict = check(sign(unsigned, other_keys), trust)
    assert (verdict.state, verdict.problem) == (State.UNKNOWN_SIGNER, Problem.SIGNER_NOT_TRUSTED)
    assert verdict.facts is None


def test_a_forged_file_with_a_copied_name_is_an_imitation(
    unsigned: bytes, trust: list[bytes], imitating_keys: Path, sign: Sign
) -> None:
    verdict = check(sign(unsigned, imitating_keys), trust)
    assert (verdict.state, verdict.problem) == (State.UNKNOWN_SIGNER, Problem.SIGNER_IMITATED)
    assert verdict.facts is None


def test_without_trusted_certificates_nobody_is_known(signed: bytes) -> None:
    assert check(signed, []).state is State.UNKNOWN_SIGNER


def test_the_former_signature_pasted_onto_another_file_fails(
    signed: bytes, unsigned: bytes, trust: list[bytes], other_keys: Path, sign: Sign
) -> None:
    forged = bytearray(sign(unsigned.replace(b"/Title", b"/Titel"), other_keys))
    real = re.search(rb"/Contents <([0-9a-fA-F]+)>", signed)
    own = re.search(rb"/Contents <([0-9a-fA-F]+)>", forged)
    assert real is not None
    assert own is not None
    room = own.end(1) - own.start(1)
    forged[own.start(1) : own.end(1)] = real[1].ljust(room, b"0")[:room]
    verdict = check(bytes(forged), trust)
    assert (verdict.state, verdict.problem) == (State.ALTERED, Problem.CONTENT_CHANGED)


def test_an_expired_certificate_is_told(signed: bytes, trust: list[bytes]) -> None:
    verdict = check(signed, trust, days=11 * 365)
    assert (verdict.state, verdict.problem) == (State.EXPIRED, Problem.CERTIFICATE_EXPIRED)
    assert verdict.facts == FACTS


def test_unsigned_files_are_told(unsigned: bytes, trust: list[bytes]) -> None:
    assert check(unsigned, trust).state is State.UNSIGNED


@pytest.mark.parametrize("rest", [0.02, 0.2, 0.5, 0.75, 0.9, 0.99, 0.9999])
def test_a_truncated_file_is_broken_or_unsigned(
    signed: bytes, trust: list[bytes], rest: float
) -> None:
    verdict = check(signed[: int(len(signed) * rest)], trust)
    assert verdict.state in (State.BROKEN, State.UNSIGNED)
    if rest > 0.5:
        assert verdict.problem is Problem.TRUNCATED


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_truncated_file_passes_as_valid(
    signed: bytes, trust: list[bytes], data: st.DataObject
) -> None:
    length = data.draw(st.integers(0, len(signed) - 1))
    assert not check(signed[:length], trust).is_valid


def test_content_smuggled_into_the_gap_is_refused(signed: bytes, trust: list[bytes]) -> None:
    gap = re.search(rb"/Contents <([0-9a-fA-F]+)>", signed)
    assert gap is not None
    for junk in (b"0a", b"/A", b"> "):
        smuggled = bytearray(signed)
        smuggled[gap.end(1) - 2 : gap.end(1)] = junk
        assert not check(bytes(smuggled), trust).is_valid


def test_a_widened_gap_is_refused(signed: bytes, trust: list[bytes]) -> None:
    """Universal signature wrapping: the byte range leaves room for unsigned objects."""
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\s*\]", signed)
    assert found is not None
    first, second, last = (int(number) for number in found.groups())
    moved = b"/ByteRange [0 %d %d %d]" % (first, second + 40, last - 40)
    wrapped = (
        signed[: found.start()] + moved.ljust(found.end() - found.start()) + signed[found.end() :]
    )
    verdict = check(wrapped, trust)
    assert verdict.state is State.ALTERED


def test_a_locked_file_is_told(trust: list[bytes], unsigned: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(unsigned)))
    writer.encrypt("rahasia", algorithm="AES-256")
    output = BytesIO()
    writer.write(output)
    verdict = check(output.getvalue(), trust)
    assert (verdict.state, verdict.problem) == (State.BROKEN, Problem.ENCRYPTED)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"\0" * 100])
def test_other_files_are_not_a_pdf(trust: list[bytes], content: bytes) -> None:
    assert check(content, trust).problem is Problem.NOT_A_PDF


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"[" * 100_000 + b"\n%%EOF",
        b"%PDF-1.7\n1 0 obj\n" + b"<</A " * 20_000 + b"\nendobj\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 99999999\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nxref\n0 1\ntrailer\n<</Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nstartxref\n-1\n%%EOF",
    ],
)
def test_nonsense_never_raises(trust: list[bytes], content: bytes) -> None:
    assert not check(content, trust).is_valid


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=400))
def test_noise_never_raises(trust: list[bytes], content: bytes) -> None:
    assert not check(b"%PDF-1.7\n" + content + b"\n%%EOF", trust).is_valid


def _with_note(pdf: bytes, *, page: int) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    reference = writer.find_page_for_modification(page)[0]
    page_object = reference.get_object()
    note = writer.add_object(
        generic.DictionaryObject(
            {
                generic.NameObject("/Type"): generic.NameObject("/Annot"),
                generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
                generic.NameObject("/Contents"): generic.TextStringObject("100,00"),
            }
        )
    )
    page_object[generic.NameObject("/Annots")] = generic.ArrayObject([note])
    writer.mark_update(reference.reference)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
