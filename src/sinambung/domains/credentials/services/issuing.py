"""Asking for certificates and giving them numbers: one short transaction each."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.domains.credentials.models import Certificate, CertificateSource, CertificateState
from sinambung.domains.credentials.queries import unfinished
from sinambung.domains.credentials.services.requests import CertificateRequest, Source, snapshot
from sinambung.domains.credentials.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.platform.jobs import services as jobs
from sinambung.platform.numbering import services as numbering

_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12
_NUMBERED_AT_ONCE = 200


class AllIssued(Refused):
    message = gettext_lazy(
        "Semua sertifikat ini sudah diterbitkan; tidak ada yang diterbitkan dua kali."
    )


class NothingToIssue(Refused):
    message = gettext_lazy("Belum ada peserta yang berhak atas sertifikat.")


@transaction.atomic
def request_certificates(
    *,
    source: Source,
    requests: Sequence[CertificateRequest],
    by: Actor,
    at: dt.datetime,
    enqueue: bool,
) -> CertificateSource:
    """Write down what is asked for, once each; queue the job that makes it when `enqueue`."""
    if not requests:
        raise NothingToIssue
    row = _locked_source(source)
    known = set(row.certificates.values_list("source_key", flat=True))
    new = [request for request in requests if request.source_key not in known]
    if not new and not unfinished(row.pk):
        raise AllIssued
    same = snapshot(source)
    last = row.certificates.aggregate(last=Max("order"))["last"] or 0
    Certificate.objects.bulk_create(
        [
            _certificate(row, source, request, last + place, same)
            for place, request in enumerate(new, 1)
        ]
    )
    if new:
        subject = audit.Subject(kind="certificate_source", id=row.pk, name=row.name)
        audit.record(Trail.ISSUING_REQUESTED, subject, by=by, count=len(new))
    if enqueue:
        row.job_id = start_issuing(row, by=by)
        save_changed(row, ["job_id"])
    return row


@transaction.atomic
def resume_issuing(*, source_id: str, by: Actor) -> CertificateSource:
    """Queue the job again for what still waits in a source."""
    row = CertificateSource.objects.locked(source_id)
    if not unfinished(source_id):
        raise AllIssued
    row.job_id = start_issuing(row, by=by)
    save_changed(row, ["job_id"])
    return row


def start_issuing(row: CertificateSource, *, by: Actor) -> str:
    """Queue the job that finishes what waits in a source; return its id."""
    title = _("Menerbitkan sertifikat %(source)s") % {"source": row.name}
    job = jobs.start(
        kind="credentials.issue",
        title=title,
        payload={"source": row.pk},
        by=by,
        total=row.certificates.count(),
    )
    return job.pk


def _locked_source(source: Source) -> CertificateSource:
    row, _made = CertificateSource.objects.get_or_create(
        kind=source.kind,
        key=source.key,
        defaults={"name": source.name, "unit_id": source.unit_id, "href": source.href},
    )
    return CertificateSource.objects.locked(row.pk)


def _certificate(
    row: CertificateSource,
    source: Source,
    request: CertificateRequest,
    order: int,
    same: dict[str, Any],
) -> Certificate:
    return Certificate(
        id=new_ulid(),
        source=row,
        source_key=request.source_key,
        order=order,
        code=new_code(),
        title=source.short_title or source.title,
        holder_name=request.holder_name,
        holder_nip=request.holder_nip,
        holder_account=request.holder_account,
        distinction=request.distinction,
        content={"source": same, "holder": snapshot(request)},
        issued_on=source.issued_on,
    )


def new_code() -> str:
    """Return a public code of 60 random bits: it cannot be guessed, and it can be typed."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))


@transaction.atomic
def give_numbers(*, source_id: str, at: dt.datetime) -> int:
    """Give numbers to some certificates that wait for one; return to how many."""
    CertificateSource.objects.locked(source_id)
    rows = list(
        Certificate.objects.filter(source=source_id, state=CertificateState.REQUESTED).order_by(
            "order", "id"
        )[:_NUMBERED_AT_ONCE]
    )
    if not rows:
        return 0
    _take_numbers([row for row in rows if not row.number])
    for row in rows:
        row.state = CertificateState.NUMBERED
        row.signed_at = at
        row.version += 1
    Certificate.objects.bulk_update(rows, ["state", "number", "number_id", "signed_at", "version"])
    return len(rows)


def _take_numbers(rows: list[Certificate]) -> None:
    """Give numbers in the order of the rows; those of one register and day in one go."""
    for _key, group in groupby(rows, key=_numbering_key):
        members = list(group)
        source = members[0].content["source"]
        numbers = numbering.allocate(
            code=source["register"],
            pattern=source["number_pattern"],
            values=source["number_values"],
            subject_kind="certificate",
            subject_ids=[row.pk for row in members],
            on=members[0].issued_on,
        )
        for row, number in zip(members, numbers, strict=True):
            row.number, row.number_id = number.text, number.pk


def _numbering_key(row: Certificate) -> tuple[str, str, str, dt.date]:
    source = row.content["source"]
    values = json.dumps(source["number_values"], sort_keys=True)
    return source["register"], source["number_pattern"], values, row.issued_on
