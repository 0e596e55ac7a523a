"""Files of participants: brought, accepted, returned; and requirements confirmed without a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Batch,
    DocumentState,
    Participant,
    ParticipantDocument,
    ParticipantState,
)
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.services.batches import locked_open_batch
from sinambung.domains.training.services.known_passes import Contradicted, split_by_record
from sinambung.domains.training.services.own_participation import (
    own_employee_id,
    refuse_own_participation,
)
from sinambung.domains.training.services.participants import locked_participant
from sinambung.domains.training.services.subjects import participant_subject
from sinambung.domains.training.services.telling import tell_returned
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.audit.services import Draft
from sinambung.platform.documents import services as files
from sinambung.platform.documents.kinds import FileKind
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.pure.rulebook.programmes import EligibilityItem

MOST_FILES = 100
CAN_BRING = (ParticipantState.NOMINATED, ParticipantState.ACCEPTED, ParticipantState.ACTIVE)


class NoFileNeeded(Refused):
    message = _("Persyaratan ini tidak memerlukan berkas.")


class AlreadyAccepted(Refused):
    message = _(
        "Berkas ini sudah diterima. Minta penyelenggara mengembalikannya bila perlu diganti."
    )


class NotWaiting(Refused):
    message = _("Berkas ini sudah diperiksa. Muat ulang halaman untuk melihat hasilnya.")


class NobodyToConfirm(Invalid):
    def __init__(self) -> None:
        super().__init__(_("Pilih paling sedikit satu peserta."), field="participants")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Whose requirement changed, and who was left out because the records contradict it."""

    rows: list[Participant]
    left_out: list[Contradicted]


@transaction.atomic
def upload_document(
    *,
    participant_id: str,
    item: str,
    content: bytes,
    name: str,
    by: Actor,
    at: dt.datetime,
) -> ParticipantDocument:
    """Keep a file for one requirement; it replaces a file that is waiting or was returned."""
    participant = locked_participant(participant_id)
    if participant.state not in CAN_BRING:
        raise Refused(_("Berkas hanya diterima dari calon peserta dan peserta."))
    requirement = _item(participant.batch, item)
    if not requirement.document:
        raise NoFileNeeded
    present = list(participant.documents.filter(item=item).order_by("uploaded_at", "id"))
    if any(row.state == DocumentState.ACCEPTED for row in present):
        raise AlreadyAccepted
    stored = files.store_file(
        content=content,
        name=name,
        kind=FileKind.DOCUMENT,
        owner_kind="participant",
        owner_id=participant.pk,
        by=by,
        at=at,
    )
    for row in present:
        if row.state == DocumentState.UPLOADED:
            row.delete()
    document = ParticipantDocument.objects.create(
        participant=participant,
        item=item,
        file_id=stored.pk,
        file_name=stored.name,
        uploaded_at=at,
    )
    _record(_upload_of(participant, by), participant, requirement, by)
    return document


@transaction.atomic
def accept_documents(
    *, batch_id: str, document_ids: Collection[str], by: Actor, at: dt.datetime
) -> int:
    """Accept several waiting files of one batch; return how many."""
    batch = locked_open_batch(batch_id)
    if not document_ids:
        raise Invalid(_("Pilih paling sedikit satu berkas."), field="documents")
    rows = list(
        ParticipantDocument.objects.select_for_update(of=("self",))
        .select_related("participant")
        .filter(participant__batch=batch, pk__in=list(document_ids))
        .order_by("participant__number", "item")
    )
    if len(rows) != len(set(document_ids)):
        raise NotFound
    refuse_own_participation([row.participant for row in rows], by)
    for row in rows:
        _decide(row, DocumentState.ACCEPTED, note="", at=at)
        _record(Trail.DOCUMENT_ACCEPTED, row.participant, _item(batch, row.item), by)
    return len(rows)


@transaction.atomic
def accept_document(
    *, document_id: str, version: int, by: Actor, at: dt.datetime
) -> ParticipantDocument:
    """Accept one waiting file."""
    row = _locked(document_id, version)
    refuse_own_participation([row.participant], by)
    _decide(row, DocumentState.ACCEPTED, note="", at=at)
    requirement = _item(row.participant.batch, row.item)
    _record(Trail.DOCUMENT_ACCEPTED, row.participant, requirement, by)
    return row


@transaction.atomic
def return_document(
    *, document_id: str, version: int, note: str, by: Actor, at: dt.datetime
) -> ParticipantDocument:
    """Return a file with a note that says what to change; an accepted one may be returned too."""
    row = _locked(document_id, version)
    refuse_own_participation([row.participant], by)
    if not note.strip():
        raise Invalid(_("Tulis apa yang perlu diperbaiki; peserta akan membacanya."), field="note")
    if row.state == DocumentState.RETURNED:
        raise NotWaiting
    row.state = DocumentState.UPLOADED
    _decide(row, DocumentState.RETURNED, note=note.strip(), at=at)
    requirement = _item(row.participant.batch, row.item)
    _record(Trail.DOCUMENT_RETURNED, row.participant, requirement, by, reason=note)
    tell_returned(row.participant, item=requirement.name, note=note.strip(), by=by)
    return row


@transaction.atomic
def confirm_item(
    *,
    batch_id: str,
    participant_ids: Collection[str],
    item: str,
    by: Actor,
    confirmed: bool = True,
    reason: str = "",
) -> Confirmed:
    """State (or take back) that people meet a requirement, without a file of theirs.

    Where the records contradict it, several people at once leave the person out, and one alone
    needs a reason.
    """
    batch = locked_open_batch(batch_id)
    requirement = _item(batch, item)
    rows = list(
        Participant.objects.select_for_update()
        .filter(batch=batch, pk__in=list(participant_ids))
        .order_by("number")
    )
    if not rows:
        raise NobodyToConfirm
    if len(rows) != len(set(participant_ids)):
        raise NotFound
    alone = len(rows) == 1
    refuse_own_participation(rows, by)
    left_out: list[Contradicted] = []
    rows = [row for row in rows if (item in row.confirmed_items) != confirmed]
    if confirmed:
        rows, left_out = split_by_record(rows, requirement, reason=reason, alone=alone)
    _keep_confirmed(rows, item, confirmed=confirmed)
    action = Trail.ITEM_CONFIRMED if confirmed else Trail.ITEM_UNCONFIRMED
    facts = {"item": requirement.name}
    drafts = [
        Draft(subject=participant_subject(row), facts=facts, reason=reason.strip()) for row in rows
    ]
    audit.record_all(action, drafts, by=by)
    return Confirmed(rows, left_out)


def _keep_confirmed(rows: Sequence[Participant], item: str, *, confirmed: bool) -> None:
    for row in rows:
        rest = [code for code in row.confirmed_items if code != item]
        row.confirmed_items = [*rest, item] if confirmed else rest
        save_changed(row, ["confirmed_items"])


@transaction.atomic
def set_portrait(
    *, participant_id: str, content: bytes, name: str, by: Actor, at: dt.datetime
) -> Participant:
    """Keep the portrait that the certificate prints (3 to 4, JPEG)."""
    participant = locked_participant(participant_id)
    stored = files.store_file(
        content=content,
        name=name,
        kind=FileKind.PORTRAIT,
        owner_kind="participant",
        owner_id=participant.pk,
        by=by,
        at=at,
    )
    participant.portrait = stored.pk
    save_changed(participant, ["portrait"])
    audit.record(Trail.PORTRAIT_SET, participant_subject(participant), by=by)
    return participant


def _locked(document_id: str, version: int) -> ParticipantDocument:
    rows = ParticipantDocument.objects.select_related("participant__batch__edition")
    row = rows.locked(document_id, version=version)
    locked_open_batch(row.participant.batch_id)
    return row


def _decide(row: ParticipantDocument, state: DocumentState, *, note: str, at: dt.datetime) -> None:
    if row.state != DocumentState.UPLOADED:
        raise NotWaiting
    row.state = state
    row.note = note
    row.decided_at = at
    save_changed(row, ["state", "note", "decided_at"])


def _item(batch: Batch, code: str) -> EligibilityItem:
    items: Sequence[EligibilityItem] = edition_of(batch).curriculum.eligibility
    for item in items:
        if item.code == code:
            return item
    raise NotFound


def _upload_of(participant: Participant, by: Actor) -> Trail:
    is_own = participant.employee_id == own_employee_id(by)
    return Trail.OWN_DOCUMENT_UPLOADED if is_own else Trail.DOCUMENT_UPLOADED


def _record(
    action: Trail,
    participant: Participant,
    item: EligibilityItem,
    by: Actor,
    *,
    reason: str = "",
) -> None:
    subject = participant_subject(participant)
    audit.record(action, subject, by=by, reason=reason, item=item.name)
