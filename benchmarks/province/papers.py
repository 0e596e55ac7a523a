"""Rows of certificates without their files, and of imports and jobs long finished."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.db import transaction

from benchmarks.province.ground import Staff
from sinambung.domains.credentials.models import Certificate, CertificateSource
from sinambung.domains.credentials.services import CertificateRequest, Signatory
from sinambung.domains.credentials.services.issuing import new_code
from sinambung.domains.credentials.services.requests import snapshot
from sinambung.domains.training.models import Batch, Participant
from sinambung.domains.training.queries.certificates import KIND, source_of
from sinambung.platform.exchange.models import Import
from sinambung.platform.foundation.bulk import insert_rows
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.platform.jobs.models import Job

_SIGNATORY = Signatory(position="Kepala BPSDM", name="Maria Goreti Ngalai")


def add_certificates(batch_ids: list[str]) -> int:
    """Add a valid certificate for every participant of finished batches; return how many."""
    batches = Batch.objects.select_related("edition", "programme", "host")
    made = 0
    for batch in batches.filter(pk__in=batch_ids).order_by("starts_on", "id"):
        with transaction.atomic():
            made += _certify(batch, first=made + 1)
    return made


def _certify(batch: Batch, *, first: int) -> int:
    source = source_of(batch, on=batch.ends_on, place="Kota Contoh", signatory=_SIGNATORY)
    row = CertificateSource.objects.create(
        kind=KIND, key=batch.pk, name=source.name, unit_id=source.unit_id, href=source.href
    )
    blank = CertificateRequest(source_key="", holder_name="", result="LULUS")
    same = {"source": snapshot(source), "holder": snapshot(blank)}
    people = Participant.objects.filter(batch=batch).select_related("employee")
    rows = []
    for order, person in enumerate(people.order_by("number"), start=1):
        number = f"{first + order - 1}/PKP/BPSDM/{batch.year}"
        holder = {
            "source_key": person.pk,
            "holder_name": person.display_name,
            "holder_nip": person.nip,
            "holder_account": person.employee.account_id or "",
            "rank": person.rank,
            "position": person.position,
            "agency": person.sending_agency,
        }
        content = {**same, "holder": {**same["holder"], **holder}}
        rows.append(_certificate(row, batch, order, number, content))
    columns = ("id", "version", "source", "source_key", "edition", "order", "state", "code")
    columns += ("number", "number_id", "title", "holder_name", "holder_nip", "holder_account")
    columns += ("distinction", "content", "issued_on", "signed_at", "signer_name", "file_id")
    insert_rows(Certificate, [*columns, "sha256", "end_reason"], rows)
    return len(rows)


def _certificate(
    source: CertificateSource,
    batch: Batch,
    order: int,
    number: str,
    content: dict[str, Any],
) -> tuple[Any, ...]:
    id, holder = new_ulid(), content["holder"]
    return (
        *(
            id,
            1,
            source.pk,
            holder["source_key"],
            1,
            order,
            "valid",
            new_code(),
            number,
            "",
            "STTP",
        ),
        *(holder["holder_name"], holder["holder_nip"], holder["holder_account"], "Memuaskan"),
        *(json.dumps(content, ensure_ascii=False), batch.ends_on, now(), _SIGNATORY.name, id),
        *(id * 2, ""),
    )


def add_work(staff: Staff, batch_id: str) -> None:
    """Add imports into a batch and jobs, half by the organiser of one agency."""
    count = 400
    at = now() - dt.timedelta(days=2)
    owners = [staff.accounts["organiser"], staff.accounts["agency_organiser"]]
    options = json.dumps({"batch": batch_id})
    imports, jobs = [], []
    for index in range(count):
        owner = owners[index % 2]
        imports.append(
            (
                *(
                    new_ulid(),
                    1,
                    "roster",
                    options,
                    f"PKP Angkatan {index}",
                    f"roster-{index}.xlsx",
                ),
                *("Sheet1", "applied", owner, "Contoh", at, "", "[]", "[]", 40, 40, 0, 0, 0, 0),
                *(0, "{}", "{}", 40, 0, 0, 40, "", "Contoh", at, ""),
            )
        )
        jobs.append(
            (
                *(new_ulid(), 1, "credentials.issue", f"Menerbitkan sertifikat {index}", "{}"),
                *("done", 40, 0, 40, owner, "Contoh", at, at, at, at, 1, "", "", False, "", ""),
            )
        )
    columns = ("id", "version", "kind", "options", "target", "file_name", "sheet", "state")
    columns += ("uploaded_by", "uploaded_by_name", "uploaded_at", "refusal", "notes", "placed")
    columns += ("rows", "new_rows", "changed_rows", "same_rows", "problem_rows", "warned_rows")
    columns += ("deactivating_rows", "changes_by_column", "problems_by_column", "applied_rows")
    columns += ("refused_rows", "undone_rows", "chosen_rows", "reason", "applied_by_name")
    with transaction.atomic():
        insert_rows(Import, [*columns, "applied_at", "job_id"], imports)
        columns = ("id", "version", "kind", "title", "payload", "state", "done", "done_before")
        columns += ("total", "requested_by", "requested_by_name", "queued_at", "started_at")
        columns += ("heartbeat_at", "finished_at", "attempt", "worker", "task_id")
        insert_rows(Job, [*columns, "cancel_requested", "result_href", "sentence"], jobs)
