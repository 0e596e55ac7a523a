"""Public verification: what the register and the signature say about a code or a file.

Nothing about who asks is kept, and nothing that was brought.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sinambung.domains.credentials import prints, queries
from sinambung.domains.credentials.models import Certificate, CertificateState
from sinambung.platform.documents import services as documents
from sinambung.pure.signatures.verdicts import State, Verdict


class Outcome(StrEnum):
    """What the page says in its title."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    UNKNOWN = "unknown"
    ALTERED = "altered"
    RESIGNED = "resigned"
    FORGED = "forged"
    UNREGISTERED = "unregistered"
    UNSIGNED = "unsigned"
    BROKEN = "broken"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: `name` is the key of its sentence."""

    name: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What anybody may read of a certificate; `rows` are in its own words.

    `content` is all that the certificate says, for pages to say parts of `rows` in another
    language; it holds more than anybody may read.
    """

    rows: tuple[tuple[str, str], ...]
    content: Mapping[str, Any]
    nip_end: str
    number: str
    code: str
    holder_name: str
    signer_name: str
    signer_position: str
    signed_at: dt.datetime | None
    issuer: str
    state: str
    ended_at: dt.datetime | None
    end_reason: str
    successor_number: str
    successor_code: str


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one question; `verdict` is there when a file was brought."""

    outcome: Outcome
    checks: tuple[Check, ...] = ()
    certificate: Shown | None = None
    verdict: Verdict | None = None


_OUTCOMES = {
    State.ALTERED: Outcome.ALTERED,
    State.RESIGNED: Outcome.RESIGNED,
    State.UNKNOWN_SIGNER: Outcome.FORGED,
    State.UNSIGNED: Outcome.UNSIGNED,
    State.BROKEN: Outcome.BROKEN,
}
_ENDED = {
    CertificateState.WITHDRAWN: Outcome.WITHDRAWN,
    CertificateState.REPLACED: Outcome.REPLACED,
}


def check_code(code: str) -> Result:
    """Say what the register knows of a code (or of a number, where it is the only one)."""
    row = queries.by_code(code)
    if row is None:
        numbered = queries.by_number(code)
        certified = {(found.source_id, found.source_key) for found in numbered}
        row = numbered[0] if len(certified) == 1 else None
    if row is None:
        return Result(Outcome.UNKNOWN, (Check("registered", False),))
    outcome = _ENDED.get(CertificateState(row.state), Outcome.VALID)
    checks = (Check("registered", True), Check("in_force", outcome is Outcome.VALID))
    return Result(outcome, checks, _shown(row))


def check_file(content: bytes, *, at: dt.datetime) -> Result:
    """Say what signature and register say of a file; it is not kept.

    A file that our register knows by its hash is what we signed, even when the certificate of
    the signer has expired since. Any other file must have a whole signature of a trusted signer
    and still is not valid while the register does not hold it.
    """
    verdict = documents.examine(content, at=at)
    row = queries.by_sha256(verdict.sha256)
    if row is not None and verdict.state in (State.VALID, State.EXPIRED):
        return _registered(row, verdict)
    claimed = _claimed(verdict)
    if verdict.state in _OUTCOMES:
        shown = _shown(claimed) if claimed else None
        checks = _failed_checks(verdict, is_registered=claimed is not None)
        return Result(_OUTCOMES[verdict.state], checks, shown, verdict)
    outcome = Outcome.EXPIRED if verdict.state is State.EXPIRED else Outcome.UNREGISTERED
    checks = (
        Check("unchanged", True),
        Check("signature", verdict.state is State.VALID),
        Check("registered", False),
    )
    return Result(outcome, checks, None, verdict)


def _failed_checks(verdict: Verdict, *, is_registered: bool) -> tuple[Check, ...]:
    if verdict.state is State.BROKEN:
        return ()
    registered = Check("registered", is_registered)
    if verdict.state in (State.ALTERED, State.RESIGNED):
        return (Check("unchanged", False), registered)
    return (Check("signature", False), registered)


def _registered(row: Certificate, verdict: Verdict) -> Result:
    outcome = _ENDED.get(CertificateState(row.state), Outcome.VALID)
    checks = (
        Check("unchanged", True),
        Check("signature", True),
        Check("registered", True),
        Check("in_force", outcome is Outcome.VALID),
    )
    return Result(outcome, checks, _shown(row), verdict)


def _claimed(verdict: Verdict) -> Certificate | None:
    """Return the certificate that a file which cannot be believed says it is."""
    code = (verdict.claims or {}).get("kode")
    return queries.by_code(code) if isinstance(code, str) and code else None


def _shown(row: Certificate) -> Shown:
    source = row.content["source"]
    successor = queries.successor(row)
    if successor is not None and not successor.is_finished:
        successor = None
    return Shown(
        rows=tuple(prints.public_rows(row)),
        content=row.content,
        nip_end=prints.masked_nip(row.holder_nip),
        number=row.number,
        code=row.shown_code,
        holder_name=row.holder_name,
        signer_name=source["signatory"]["name"],
        signer_position=source["signatory"]["position"],
        signed_at=row.signed_at,
        issuer=source["organiser"],
        state=row.state,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        successor_number=successor.number if successor else "",
        successor_code=successor.code if successor else "",
    )
