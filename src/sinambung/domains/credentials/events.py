"""What credentials announce to the apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CertificatesWereIssued:
    """Certificates of a source became valid; `source_keys` are the issuer's own keys."""

    source_kind: str
    source_key: str
    source_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificateWasWithdrawn:
    """A certificate is no longer valid and has no successor."""

    source_kind: str
    source_key: str
    certified_key: str
