"""Certificates of a batch: asked for from frozen decisions only."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sinambung.domains.credentials import queries as credentials_queries
from sinambung.domains.credentials import services as credentials
from sinambung.domains.training.models import Batch, BatchState
from sinambung.domains.training.queries.certificates import (
    KIND,
    passed_decisions,
    requests_of,
    source_of,
)
from sinambung.domains.training.services.subjects import batch_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.documents import services as documents
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound, Refused


class GraduationNotDecided(Refused):
    message = _(
        "Kelulusan angkatan ini belum ditetapkan dalam rapat. "
        "Sertifikat terbit sesudah keputusan rapat ditetapkan."
    )


class NobodyPassed(Refused):
    message = _("Tidak ada peserta yang dinyatakan lulus, sehingga tidak ada sertifikat.")


def issue_certificates(*, batch_id: str, by: Actor, at: dt.datetime, inline: bool = False) -> str:
    """Ask for the certificate of everybody whose passing is frozen; return the source's id.

    Asking again issues nothing twice: `credentials` keeps one certificate a participant and
    raises `AllIssued` when there is nothing left. A job makes them, or this call when `inline`.
    """
    batch = Batch.objects.select_related("edition", "programme", "host").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    if batch.state not in (BatchState.DECIDED, BatchState.FINISHED):
        raise GraduationNotDecided
    decisions = passed_decisions(batch)
    if not decisions:
        raise NobodyPassed
    known = credentials_queries.certified_keys(kind=KIND, key=batch.pk)
    new = [decision for decision in decisions if decision.participant_id not in known]
    signer = documents.signer()
    source = source_of(
        batch,
        on=documents.local(at).date(),
        place=settings.ENVIRONMENT.place,
        signatory=credentials.Signatory(position=signer.title, name=signer.name),
    )
    if new:
        audit.record(Trail.CERTIFICATES_ASKED, batch_subject(batch), by=by, count=len(new))
    row = credentials.issue_certificates(
        source=source, requests=requests_of(batch, decisions), by=by, at=at, inline=inline
    )
    return str(row.pk)
