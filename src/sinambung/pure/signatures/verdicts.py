"""What a validated file turned out to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How a file stands; only `VALID` may be relied on."""

    VALID = "valid"
    ALTERED = "altered"
    RESIGNED = "resigned"
    UNKNOWN_SIGNER = "unknown_signer"
    EXPIRED = "expired"
    UNSIGNED = "unsigned"
    BROKEN = "broken"


class Problem(StrEnum):
    """What exactly a file that is not valid suffers from; the key of its sentence."""

    NOT_A_PDF = "not_a_pdf"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_SLOW = "too_slow"
    NOT_SIGNED = "not_signed"
    CONTENT_CHANGED = "content_changed"
    ADDED_AFTER = "added_after"
    WRAPPED = "wrapped"
    SIGNATURE_DAMAGED = "signature_damaged"
    STAMP_DAMAGED = "stamp_damaged"
    SIGNED_AGAIN = "signed_again"
    SIGNER_NOT_TRUSTED = "signer_not_trusted"
    SIGNER_IMITATED = "signer_imitated"
    CERTIFICATE_EXPIRED = "certificate_expired"
    SIGNED_OUTSIDE_VALIDITY = "signed_outside_validity"


SENTENCES: dict[Problem, str] = {
    Problem.NOT_A_PDF: "Berkas ini bukan PDF.",
    Problem.TOO_LARGE: "Berkas ini terlalu besar untuk diperiksa.",
    Problem.TRUNCATED: "Berkas ini terpotong: sebagian isinya hilang. Minta berkas aslinya lagi.",
    Problem.UNREADABLE: "Berkas ini rusak dan tidak dapat dibaca. Minta berkas aslinya lagi.",
    Problem.ENCRYPTED: "Berkas ini terkunci kata sandi sehingga tidak dapat diperiksa.",
    Problem.TOO_SLOW: "Pemeriksaan dihentikan karena berkas ini tidak wajar rumitnya.",
    Problem.NOT_SIGNED: "Berkas ini tidak ditandatangani secara elektronik.",
    Problem.CONTENT_CHANGED: "Isi berkas ini tidak sama dengan yang ditandatangani.",
    Problem.ADDED_AFTER: "Berkas ini diubah setelah ditandatangani.",
    Problem.WRAPPED: "Susunan tanda tangan pada berkas ini dimanipulasi.",
    Problem.SIGNATURE_DAMAGED: "Tanda tangan pada berkas ini rusak atau dipalsukan.",
    Problem.STAMP_DAMAGED: "Cap waktu pada tanda tangan berkas ini rusak atau dipalsukan.",
    Problem.SIGNED_AGAIN: "Berkas ini ditandatangani lagi oleh pihak lain setelah ditandatangani.",
    Problem.SIGNER_NOT_TRUSTED: "Penanda tangan berkas ini tidak dikenal.",
    Problem.SIGNER_IMITATED: (
        "Penanda tangan berkas ini memakai nama pejabat yang sah,"
        " tetapi sertifikatnya bukan dari penerbit tepercaya."
    ),
    Problem.CERTIFICATE_EXPIRED: (
        "Masa berlaku sertifikat penanda tangan sudah habis;"
        " periksa melalui kode pada halaman pemeriksaan."
    ),
    Problem.SIGNED_OUTSIDE_VALIDITY: (
        "Berkas ini ditandatangani di luar masa berlaku sertifikat penanda tangan."
    ),
}


@dataclass(frozen=True, slots=True)
class SignerIdentity:
    """Who signed, as the signer's certificate says."""

    name: str
    title: str
    organisation: str
    issuer: str
    fingerprint: str
    valid_since: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer about one file.

    `facts` are the attached facts as a trusted signer signed them. `claims` are what a file that
    may not be believed says of itself: for looking it up only, never for showing. `stamped_at` is
    the moment that a trusted time stamping authority (`stamped_by`) attests; without it
    `signed_at` is what the signer's own clock said.
    `changed_pages` counts from 1 and is filled when the place of a change is known.
    """

    state: State
    sha256: str
    problem: Problem | None = None
    signer: SignerIdentity | None = None
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    stamped_by: str = ""
    signed_again_by: str = ""
    changed_pages: tuple[int, ...] = ()
    facts: Mapping[str, Any] | None = None
    claims: Mapping[str, Any] | None = None

    @property
    def is_valid(self) -> bool:
        return self.state is State.VALID

    @property
    def sentence(self) -> str:
        """Say in one Indonesian sentence what was found."""
        if self.problem is None:
            return "Tanda tangan sah dan isi berkas tidak berubah."
        sentence = SENTENCES[self.problem]
        if self.changed_pages:
            pages = ", ".join(str(number) for number in self.changed_pages)
            sentence = f"{sentence.removesuffix('.')}; perubahan pada halaman {pages}."
        return sentence

    def to_json(self) -> dict[str, Any]:
        """Return plain values for a JSON document; moments become ISO 8601."""
        plain = asdict(self)
        plain["sentence"] = self.sentence
        return {key: _plain(value) for key, value in plain.items()}


def verdict_from_json(plain: Mapping[str, Any]) -> Verdict:
    """Rebuild the verdict that `to_json` wrote."""
    signer = plain["signer"]
    return Verdict(
        state=State(plain["state"]),
        sha256=plain["sha256"],
        problem=Problem(plain["problem"]) if plain["problem"] else None,
        signer=_signer_from_json(signer) if signer else None,
        signed_at=_moment(plain["signed_at"]),
        stamped_at=_moment(plain["stamped_at"]),
        stamped_by=plain["stamped_by"],
        signed_again_by=plain["signed_again_by"],
        changed_pages=tuple(plain["changed_pages"]),
        facts=plain["facts"],
        claims=plain["claims"],
    )


def _signer_from_json(plain: Mapping[str, Any]) -> SignerIdentity:
    return SignerIdentity(
        name=plain["name"],
        title=plain["title"],
        organisation=plain["organisation"],
        issuer=plain["issuer"],
        fingerprint=plain["fingerprint"],
        valid_since=datetime.fromisoformat(plain["valid_since"]),
        valid_until=datetime.fromisoformat(plain["valid_until"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
