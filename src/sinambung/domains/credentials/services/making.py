"""Making certificates: number, typeset, sign, keep; safe to be killed and run again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from sinambung.domains.credentials import prints
from sinambung.domains.credentials.events import CertificatesWereIssued
from sinambung.domains.credentials.models import Certificate, CertificateSource, CertificateState
from sinambung.domains.credentials.queries import unfinished
from sinambung.domains.credentials.services.bundles import make_bundle
from sinambung.domains.credentials.services.issuing import give_numbers, request_certificates
from sinambung.domains.credentials.services.naming import certificate_subject, file_name
from sinambung.domains.credentials.services.requests import CertificateRequest, Source
from sinambung.domains.credentials.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.documents import queries as files
from sinambung.platform.documents import services as documents
from sinambung.platform.documents.kinds import FileKind, MediaType
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.events import publish
from sinambung.platform.notices import services as notices
from sinambung.platform.numbering import services as numbering

Tell = Callable[[int, int], None]
_PRESSED_AT_ONCE = 500
_KEPT_AT_ONCE = 25


def issue_certificates(
    *,
    source: Source,
    requests: Sequence[CertificateRequest],
    by: Actor,
    at: dt.datetime,
    inline: bool = False,
) -> CertificateSource:
    """Ask for certificates; a job makes them, or this call itself when `inline`.

    Whatever was asked for before is left as it is, so that asking twice issues nothing twice;
    raises `AllIssued` when there is nothing left to do. With `inline` call it outside any
    transaction; what a kill left unfinished is finished by the next call or by the job.
    """
    row = request_certificates(source=source, requests=requests, by=by, at=at, enqueue=not inline)
    if inline:
        finish_certificates(source_id=row.pk, by=by, at=at)
        row = make_bundle(source_id=row.pk, by=by, at=at)
    return row


def finish_certificates(
    *, source_id: str, by: Actor, at: dt.datetime, tell: Tell | None = None
) -> int:
    """Number, typeset, sign and keep what waits; return how many certificates became valid.

    Safe to run again after a kill, and twice at the same time: a number is given with its row in
    one transaction, and a file is kept only for a row that still waits for it.
    """
    total = Certificate.objects.filter(source=source_id).count()
    while give_numbers(source_id=source_id, at=at):
        continue
    finished = 0
    while waiting := _waiting(source_id):
        for made in _pressed(waiting):
            documents.lay_down(pdf for _row, pdf in made)
            finished += _keep(made, source_id=source_id, by=by)
            if tell:
                tell(total - unfinished(source_id), total)
    return finished


def _waiting(source_id: str) -> list[Certificate]:
    rows = Certificate.objects.filter(source=source_id, state=CertificateState.NUMBERED)
    return list(rows.order_by("order", "id")[:_PRESSED_AT_ONCE])


def _pressed(rows: list[Certificate]) -> Iterator[list[tuple[Certificate, bytes]]]:
    """Yield certificates with their signed files, some at a time."""
    read = files.reader_of({_portrait_of(row) for row in rows})
    papers = (_paper(row, read) for row in rows)
    made = zip(rows, documents.typeset_and_seal(papers), strict=True)
    while some := list(islice(made, _KEPT_AT_ONCE)):
        yield some


def page_picture(*, certificate: Certificate, number: int) -> bytes:
    """Draw a page of a certificate as PNG, from the snapshot that the signed file was made of."""
    if not certificate.is_finished or not 1 <= number <= 9:
        raise NotFound
    paper = _paper(certificate, files.reader_of([_portrait_of(certificate)]))
    drawn = documents.picture(paper, number=number)
    if drawn is None:
        raise NotFound
    return drawn


def _portrait_of(row: Certificate) -> str:
    return str(row.content["holder"]["portrait_file"] or "")


def _paper(row: Certificate, read: Callable[[str], bytes]) -> documents.Paper:
    assert row.signed_at is not None
    portrait = read(_portrait_of(row)) if _portrait_of(row) else None
    paper = prints.certificate_paper(
        row, portrait=portrait, signed_at=documents.local(row.signed_at)
    )
    return documents.Paper(
        template=prints.TEMPLATE,
        context=paper.context,
        files=paper.files,
        at=row.signed_at,
        reason=f"{row.content['source']['title']} nomor {row.number}",
    )


@transaction.atomic
def _keep(made: list[tuple[Certificate, bytes]], *, source_id: str, by: Actor) -> int:
    """Keep files and make their certificates valid, unless another worker has done so."""
    source = CertificateSource.objects.locked(source_id)
    still = set(
        Certificate.objects.filter(
            pk__in=[row.pk for row, _pdf in made], state=CertificateState.NUMBERED
        ).values_list("pk", flat=True)
    )
    kept = [(row, pdf) for row, pdf in made if row.pk in still]
    if not kept:
        return 0
    stored = documents.keep_files(
        files=[
            documents.MadeFile(content=pdf, name=file_name(row), owner_id=row.pk)
            for row, pdf in kept
        ],
        media_type=MediaType.PDF,
        kind=FileKind.CERTIFICATE,
        owner_kind="certificate",
        by=by,
        at=clock.now(),
    )
    rows = [row for row, _pdf in kept]
    for row, file in zip(rows, stored, strict=True):
        row.state = CertificateState.VALID
        row.file_id, row.sha256 = file.pk, file.sha256
        row.signer_name = row.content["source"]["signatory"]["name"]
        row.version += 1
    Certificate.objects.bulk_update(rows, ["state", "file_id", "sha256", "signer_name", "version"])
    _end_former(rows, by=by)
    audit.record_all(Trail.CERTIFICATE_ISSUED, _drafts(rows), by=by)
    _tell_holders(rows, by=by)
    keys = tuple(row.source_key for row in rows)
    publish(
        CertificatesWereIssued(source_kind=source.kind, source_key=source.key, source_keys=keys)
    )
    return len(rows)


def _end_former(rows: list[Certificate], *, by: Actor) -> None:
    """Mark the certificates that these ones replace."""
    for row in rows:
        if row.replaces_id is None:
            continue
        former = Certificate.objects.locked(row.replaces_id)
        former.state = CertificateState.REPLACED
        former.ended_at = clock.now()
        former.end_reason = row.content["reason"]
        save_changed(former, ["state", "ended_at", "end_reason"])
        if former.number_id and former.number_id != row.number_id:
            numbering.void(
                number_id=former.number_id, reason=former.end_reason, by=by, at=clock.now()
            )
        subject = certificate_subject(former)
        audit.record(
            Trail.CERTIFICATE_REPLACED,
            subject,
            by=by,
            reason=former.end_reason,
            former=former.number,
            number=row.number,
        )


def _tell_holders(rows: list[Certificate], *, by: Actor) -> None:
    for row in rows:
        if row.holder_account:
            text = _("%(title)s Anda sudah terbit dengan nomor %(number)s.")
            notices.notify(
                user_ids=[row.holder_account],
                text=text % {"title": row.title, "number": row.number},
                link=f"/sertifikat/{row.pk}/",
                by=by,
            )


def _drafts(rows: list[Certificate]) -> list[audit.Draft]:
    return [
        audit.Draft(subject=certificate_subject(row), facts={"number": row.number}) for row in rows
    ]
