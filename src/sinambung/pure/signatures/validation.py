"""Find out whether a PDF file is as it was signed, and by whom."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from asn1crypto import cms, parser, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SignedDataCerts
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from sinambung.pure.signatures import certificates
from sinambung.pure.signatures.attachments import read_facts
from sinambung.pure.signatures.changes import changed_pages
from sinambung.pure.signatures.verdicts import Problem, SignerIdentity, State, Verdict

MAX_BYTES = 10_000_000
MAX_OBJECTS = 50_000
_BYTE_RANGE = re.compile(
    rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]"
)
_SIGNATURE_GAP = re.compile(rb"<(?:[0-9a-f]{2}){8,}>|<(?:[0-9A-F]{2}){8,}>")
_END_OF_FILE = b"%%EOF"
_TAIL = 1024


class _Finding(Exception):
    """The first thing that is wrong; it ends the examination."""

    def __init__(
        self, state: State, problem: Problem, claims: dict[str, Any] | None = None
    ) -> None:
        super().__init__(problem)
        self.state = state
        self.problem = problem
        self.claims = claims


def validate(pdf: bytes, *, trust: Sequence[bytes], at: datetime) -> Verdict:
    """Examine `pdf` at the moment `at` against the trusted certificates (PEM or DER).

    Never raises for a bad file. It may be slow on a hostile one: `checker.Checker` sets limits.
    A file is valid only when its one signature covers every byte, so any later change shows.
    """
    verdict = Verdict(state=State.BROKEN, sha256=hashlib.sha256(pdf).hexdigest())
    try:
        signature = _only_signature(pdf)
    except _Finding as finding:
        return replace(verdict, state=finding.state, problem=finding.problem, claims=finding.claims)
    except _SignedTwice as twice:
        return _signed_again(verdict, twice.signatures)
    except Exception:  # a parser meeting hostile input may raise anything
        unreadable = _reading_finding(pdf)
        return replace(verdict, state=unreadable.state, problem=unreadable.problem)
    return _examine(pdf, signature, verdict, trust=trust, at=at)


class _SignedTwice(Exception):
    def __init__(self, signatures: Sequence[EmbeddedPdfSignature]) -> None:
        super().__init__()
        self.signatures = signatures


def _only_signature(pdf: bytes) -> EmbeddedPdfSignature:
    if not pdf.startswith(b"%PDF-"):
        raise _Finding(State.BROKEN, Problem.NOT_A_PDF)
    if len(pdf) > MAX_BYTES:
        raise _Finding(State.BROKEN, Problem.TOO_LARGE)
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    if reader.encrypted:
        raise _Finding(State.BROKEN, Problem.ENCRYPTED)
    if len(reader.xrefs.explicit_refs_in_revision(0)) > MAX_OBJECTS:
        raise _Finding(State.BROKEN, Problem.TOO_SLOW)
    signatures: list[EmbeddedPdfSignature] = list(reader.embedded_signatures)
    if not signatures:
        raise _Finding(State.UNSIGNED, Problem.NOT_SIGNED, read_facts(reader))
    if len(signatures) > 1:
        raise _SignedTwice(signatures)
    return signatures[0]


def _reading_finding(pdf: bytes) -> _Finding:
    """Say why a file that the parser refused cannot be read."""
    ends = [int(match[3]) + int(match[4]) for match in _BYTE_RANGE.finditer(pdf)]
    if any(end < len(pdf) and _END_OF_FILE in pdf[end - 32 : end] for end in ends):
        return _Finding(State.ALTERED, Problem.ADDED_AFTER)
    if any(end > len(pdf) for end in ends) or _END_OF_FILE not in pdf[-_TAIL:]:
        return _Finding(State.BROKEN, Problem.TRUNCATED)
    if ends:
        return _Finding(State.BROKEN, Problem.UNREADABLE)
    # A signature's /ByteRange is written in the clear, so a file without one carries none.
    return _Finding(State.UNSIGNED, Problem.NOT_SIGNED)


def _signed_again(verdict: Verdict, signatures: Sequence[EmbeddedPdfSignature]) -> Verdict:
    names = [certificates.describe(signature.signer_cert) for signature in signatures[:2]]
    return replace(
        verdict,
        state=State.RESIGNED,
        problem=Problem.SIGNED_AGAIN,
        signer=names[0],
        signed_at=signatures[0].self_reported_timestamp,
        signed_again_by=names[1].name,
        claims=read_facts(signatures[0].reader),
    )


def _examine(
    pdf: bytes,
    signature: EmbeddedPdfSignature,
    verdict: Verdict,
    *,
    trust: Sequence[bytes],
    at: datetime,
) -> Verdict:
    try:
        signer = certificates.describe(signature.signer_cert)
        verdict = replace(
            verdict,
            signer=signer,
            signed_at=signature.self_reported_timestamp,
            claims=read_facts(signature.reader),
        )
        _check_layout(pdf, signature)
        roots = [certificates.load(content) for content in trust]
        status = _check_signature(signature, roots)
        _check_signer(signature, roots, trusted=bool(status.trusted))
        verdict = replace(verdict, facts=verdict.claims, claims=None)
        stamp = _attested(status)
        if stamp is not None:
            verdict = replace(verdict, stamped_at=stamp.timestamp, stamped_by=_stamper(stamp).name)
        _check_dates(signer, verdict.signed_at, stamp=stamp, at=at)
    except _Finding as finding:
        pages = _changed_pages(signature, finding.problem)
        return replace(verdict, state=finding.state, problem=finding.problem, changed_pages=pages)
    except Exception:  # as above
        return replace(verdict, state=State.ALTERED, problem=Problem.SIGNATURE_DAMAGED)
    return replace(verdict, state=State.VALID)


def _check_layout(pdf: bytes, signature: EmbeddedPdfSignature) -> None:
    """Refuse everything but: all bytes signed, except the hexadecimal signature itself."""
    numbers = [int(number) for number in signature.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
        raise _Finding(State.ALTERED, Problem.WRAPPED)
    _, gap_start, gap_end, tail = numbers
    if gap_end + tail > len(pdf):
        raise _Finding(State.BROKEN, Problem.TRUNCATED)
    if gap_end + tail < len(pdf):
        raise _Finding(State.ALTERED, Problem.ADDED_AFTER)
    if not _is_one_signature(pdf[gap_start:gap_end]):
        raise _Finding(State.ALTERED, Problem.WRAPPED)


def _is_one_signature(gap: bytes) -> bool:
    """Tell whether the unsigned gap holds one hexadecimal signature, zeros, and nothing else."""
    if not _SIGNATURE_GAP.fullmatch(gap):
        return False
    content = bytes.fromhex(gap[1:-1].decode())
    _, _, _, header, body, trailer = parser.parse(content)
    return not content[len(header) + len(body) + len(trailer) :].strip(b"\0")


def _check_signature(signature: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> Any:
    """Check digest and signature; return what is known of the signer and of the time stamp."""
    others = SignedDataCerts(signature.signer_cert, signature.other_embedded_certs, []).other_certs
    context = ValidationContext(
        trust_roots=roots,
        allow_fetching=False,
        moment=signature.signer_cert.not_valid_before + timedelta(seconds=1),
        other_certs=others,
    )
    stamps = _stamp_context(signature, roots)
    status: Any = asyncio.run(
        async_validate_pdf_signature(signature, context, stamps, skip_diff=True)
    )
    if not status.intact:
        raise _Finding(State.ALTERED, Problem.CONTENT_CHANGED)
    if not status.valid:
        raise _Finding(State.ALTERED, Problem.SIGNATURE_DAMAGED)
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.intact and stamp.valid):
        raise _Finding(State.ALTERED, Problem.STAMP_DAMAGED)
    return status


def _stamp_context(
    signature: EmbeddedPdfSignature, roots: list[x509.Certificate]
) -> ValidationContext | None:
    """Return how a time stamp is judged: at its own moment, by the same trusted certificates."""
    attributes = signature.signer_info["unsigned_attrs"]
    for attribute in attributes if isinstance(attributes, cms.CMSAttributes) else ():
        if attribute["type"].native == "signature_time_stamp_token":
            signed = attribute["values"][0]["content"]
            moment = signed["encap_content_info"]["content"].parsed["gen_time"].native
            return ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)
    return None


def _attested(status: Any) -> Any:
    """Return the time stamp when somebody trusted gave it, else None."""
    stamp = status.timestamp_validity
    return stamp if stamp is not None and stamp.trusted else None


def _stamper(stamp: Any) -> SignerIdentity:
    return certificates.describe(stamp.signing_cert)


def _check_signer(
    signature: EmbeddedPdfSignature, roots: list[x509.Certificate], *, trusted: bool
) -> None:
    if trusted:
        return
    issuers = {root.subject.hashable for root in roots}
    imitated = signature.signer_cert.issuer.hashable in issuers
    problem = Problem.SIGNER_IMITATED if imitated else Problem.SIGNER_NOT_TRUSTED
    raise _Finding(State.UNKNOWN_SIGNER, problem)


def _check_dates(
    signer: SignerIdentity, signed_at: datetime | None, *, stamp: Any, at: datetime
) -> None:
    """Check that the signer's certificate ran: now, or when a stamp attests the signature."""
    moments = [moment for moment in (signed_at, stamp and stamp.timestamp) if moment]
    if not all(signer.valid_since <= moment <= signer.valid_until for moment in moments):
        raise _Finding(State.EXPIRED, Problem.SIGNED_OUTSIDE_VALIDITY)
    if at > (_stamper(stamp).valid_until if stamp else signer.valid_until):
        raise _Finding(State.EXPIRED, Problem.CERTIFICATE_EXPIRED)


def _changed_pages(signature: EmbeddedPdfSignature, problem: Problem) -> tuple[int, ...]:
    if problem is not Problem.ADDED_AFTER:
        return ()
    try:
        return changed_pages(signature.reader, since_revision=signature.signed_revision)
    except (PdfError, ValueError, KeyError, TypeError, RecursionError):
        return ()
