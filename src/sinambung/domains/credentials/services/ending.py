"""Withdrawing a certificate, and issuing it again with corrections."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.credentials.events import CertificateWasWithdrawn
from sinambung.domains.credentials.models import Certificate, CertificateSource, CertificateState
from sinambung.domains.credentials.services.issuing import new_code, start_issuing
from sinambung.domains.credentials.services.naming import certificate_subject
from sinambung.domains.credentials.services.requests import Correction
from sinambung.domains.credentials.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.foundation.events import publish
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.platform.numbering import services as numbering

REASON_LENGTH = 500


class NotValidAnyMore(Refused):
    message = _("Sertifikat ini sudah dicabut, sudah diganti, atau belum selesai diterbitkan.")


class ReasonMissing(Invalid):
    message = _("Tuliskan alasannya; alasan tampil pada halaman pemeriksaan.")


class NothingCorrected(Invalid):
    message = _("Tidak ada isian yang berubah. Ubah yang keliru, atau batalkan.")


class AlreadyBeingReplaced(Refused):
    message = _("Pengganti sertifikat ini sedang dibuat. Tunggu sampai selesai.")


@transaction.atomic
def withdraw_certificate(
    *, certificate_id: str, version: int | None, reason: str, by: Actor, at: dt.datetime
) -> Certificate:
    """End a certificate for good; its number stays void and the public page says so."""
    row = _valid(certificate_id, version)
    row.state = CertificateState.WITHDRAWN
    row.ended_at = at
    row.end_reason = _reason(reason)
    save_changed(row, ["state", "ended_at", "end_reason"])
    if row.number_id:
        numbering.void(number_id=row.number_id, reason=row.end_reason, by=by, at=at)
    audit.record(
        Trail.CERTIFICATE_WITHDRAWN,
        certificate_subject(row),
        by=by,
        reason=row.end_reason,
        number=row.number,
    )
    publish(
        CertificateWasWithdrawn(
            source_kind=row.source.kind,
            source_key=row.source.key,
            certified_key=row.source_key,
        )
    )
    return row


@transaction.atomic
def reissue_certificate(
    *,
    certificate_id: str,
    version: int | None,
    correction: Correction,
    reason: str,
    by: Actor,
    on: dt.date,
) -> Certificate:
    """Ask for a corrected certificate dated `on`; the former stays valid until it is signed.

    Returns the new certificate, which a job makes. It gets a new number unless the source says
    that a reissued certificate keeps its number.
    """
    former = _valid(certificate_id, version)
    source = CertificateSource.objects.locked(former.source_id)
    if Certificate.objects.filter(replaces=former).exists():
        raise AlreadyBeingReplaced
    row = _successor(former, correction, reason=_reason(reason), on=on)
    row.save(force_insert=True)
    source.job_id = start_issuing(source, by=by)
    save_changed(source, ["job_id"])
    save_changed(former, [])
    audit.record(
        Trail.CERTIFICATE_REISSUED,
        certificate_subject(former),
        by=by,
        reason=row.content["reason"],
        number=former.number,
    )
    return row


def _valid(certificate_id: str, version: int | None) -> Certificate:
    row = Certificate.objects.locked(certificate_id, version=version)
    if row.state != CertificateState.VALID:
        raise NotValidAnyMore
    return row


def _reason(reason: str) -> str:
    text = reason.strip()[:REASON_LENGTH]
    if not text:
        raise ReasonMissing(ReasonMissing.message, field="reason")
    return text


def _successor(
    former: Certificate, correction: Correction, *, reason: str, on: dt.date
) -> Certificate:
    changes = {
        name: value
        for name, value in correction.changed().items()
        if former.content["holder"][name] != value
    }
    if not changes:
        raise NothingCorrected(NothingCorrected.message)
    holder = {**former.content["holder"], **changes}
    source = {**former.content["source"], "issued_on": on.isoformat()}
    keeps = bool(source["keeps_number_on_reissue"])
    return Certificate(
        id=new_ulid(),
        source_id=former.source_id,
        source_key=former.source_key,
        edition=former.edition + 1,
        order=former.order,
        code=new_code(),
        number=former.number if keeps else "",
        number_id=former.number_id if keeps else "",
        title=former.title,
        holder_name=holder["holder_name"],
        holder_nip=holder["holder_nip"],
        holder_account=former.holder_account,
        distinction=former.distinction,
        content={"source": source, "holder": holder, "reason": reason},
        issued_on=on,
        replaces=former,
    )
