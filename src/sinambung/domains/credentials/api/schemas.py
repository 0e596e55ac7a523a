"""What leaves and enters the API of certificates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema


class CertificateOut(Schema):
    id: str
    version: int
    source_id: str
    state: str
    number: str
    code: str
    title: str
    holder_name: str
    holder_nip: str
    distinction: str
    issued_on: dt.date
    signed_at: dt.datetime | None
    sha256: str
    ended_at: dt.datetime | None
    end_reason: str
    replaces_id: str | None


class CertificateRow(Schema):
    id: str
    number: str
    title: str
    holder_name: str
    holder_nip: str
    distinction: str
    state: str
    issued_on: dt.date
    source_id: str


class CertificatePage(Schema):
    items: list[CertificateRow]
    after: str | None
    before: str | None


class SourceOut(Schema):
    id: str
    version: int
    kind: str
    key: str
    name: str
    total: int
    valid: int
    waiting: int
    job_id: str
    has_bundle: bool
    bundle_is_current: bool


class JobStarted(Schema):
    job_id: str


class WithdrawIn(Schema):
    version: int
    reason: str


class ReissueIn(Schema):
    version: int
    reason: str
    holder_name: str | None = None
    holder_nip: str | None = None
    birth_place: str | None = None
    born_on: dt.date | None = None
    rank: str | None = None
    position: str | None = None
    agency: str | None = None


class CheckOut(Schema):
    """The public answer: never more than the public page shows."""

    outcome: str
    is_valid: bool
    checks: dict[str, bool]
    certificate: dict[str, Any] | None
    changed_pages: list[int]
    time_attested_by: str
