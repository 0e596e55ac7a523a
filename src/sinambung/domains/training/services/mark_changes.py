"""Marks after closing: proposed with a reason by one person, decided by another."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    Mark,
    MarkChange,
    MarkChangeState,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.schemes import MarkCell, SchemeView, scheme_of
from sinambung.domains.training.services.grades import regrade
from sinambung.domains.training.services.mark_checks import (
    AcceptedMark,
    parsed_mark,
    shown_mark,
    stored_marks,
)
from sinambung.domains.training.services.marks import write_marks
from sinambung.domains.training.services.subjects import participant_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.pure.rulebook.marks import comma


class MarksStillOpen(Refused):
    message = _("Nilai belum ditutup. Ubah langsung pada buku nilai.")


class ParticipantIsDecided(Refused):
    message = _("Kelulusan peserta ini sudah ditetapkan. Nilainya tidak dapat diubah lagi.")


class ChangeAlreadyProposed(Refused):
    message = _("Perubahan lain untuk nilai ini masih menunggu persetujuan.")


class ChangeAlreadyDecided(Refused):
    message = _("Usulan perubahan ini sudah diputuskan.")


class OwnProposal(Refused):
    message = _("Usulan ini dari Anda sendiri. Orang lain yang berwenang harus memutuskannya.")


class MarkMovedOn(Refused):
    message = _("Nilai ini sudah berubah sejak diusulkan. Tolak usulan ini, lalu usulkan lagi.")


@transaction.atomic
def propose_mark_change(
    *,
    participant_id: str,
    cell: str,
    after: Decimal | str,
    reason: str,
    by: Actor,
    at: dt.datetime,
) -> MarkChange:
    """Ask that a mark be changed after closing; nothing changes until somebody else confirms."""
    person, batch, view = _closed(participant_id)
    column = view.by_code.get(cell)
    if column is None:
        raise NotFound
    value = _value(after, view)
    if not reason.strip():
        raise Invalid(_("Tulis alasan perubahan nilai."), field="reason")
    if MarkChange.objects.filter(
        participant=person, cell=cell, state=MarkChangeState.PROPOSED
    ).exists():
        raise ChangeAlreadyProposed
    stored = stored_marks(batch.pk, [person.pk]).get((person.pk, cell))
    before = stored.value if stored else None
    if before == value:
        raise Invalid(_("Nilai ini sudah tertulis. Isi nilai yang berbeda."), field="after")
    change = MarkChange.objects.create(
        participant=person,
        cell=cell,
        before=before,
        after=value,
        reason=reason.strip(),
        proposed_by_id=by.id,
        proposed_by_name=by.name,
        proposed_at=at,
    )
    _record(Trail.MARK_CHANGE_PROPOSED, change, column, by=by, reason=change.reason)
    return change


@transaction.atomic
def confirm_mark_change(
    *, change_id: str, version: int | None, by: Actor, at: dt.datetime
) -> MarkChange:
    """Write a proposed mark and compute the grade again; not by who proposed it."""
    change, person, batch, view = _open_change(change_id, version, by)
    column = view.by_code[change.cell]
    stored = stored_marks(batch.pk, [person.pk]).get((person.pk, change.cell))
    if (stored.value if stored else None) != change.before:
        raise MarkMovedOn
    _refuse_second_rater(view, person, column)
    write_marks(
        batch,
        view,
        [AcceptedMark(person, column, change.after, stored)],
        by=by,
        at=at,
    )
    _decide(change, MarkChangeState.CONFIRMED, by, at)
    _record(Trail.MARK_CHANGE_CONFIRMED, change, column, by=by, reason=change.reason)
    if batch.state == BatchState.MARKS_CLOSED:
        regrade(batch, view, None, at=at)
    return change


@transaction.atomic
def reject_mark_change(
    *, change_id: str, version: int | None, note: str, by: Actor, at: dt.datetime
) -> MarkChange:
    """Turn a proposed change down and say why."""
    change, _person, _batch, view = _open_change(change_id, version, by)
    if not note.strip():
        raise Invalid(_("Tulis alasan penolakan."), field="note")
    change.decision_note = note.strip()
    _decide(change, MarkChangeState.REJECTED, by, at)
    _record(
        Trail.MARK_CHANGE_REJECTED, change, view.by_code[change.cell], by=by, reason=note.strip()
    )
    return change


def _closed(participant_id: str) -> tuple[Participant, Batch, SchemeView]:
    """Lock the batch of a participant whose marks are closed and not yet decided for good."""
    row = Participant.objects.filter(pk=participant_id).only("batch_id").first()
    if row is None:
        raise NotFound
    batch = Batch.objects.select_related("edition").locked(row.batch_id)
    person = Participant.objects.locked(participant_id)
    if batch.state in (BatchState.PREPARING, BatchState.RUNNING):
        raise MarksStillOpen
    may_change = {
        BatchState.MARKS_CLOSED.value: (ParticipantState.ACTIVE, ParticipantState.POSTPONED),
        BatchState.DECIDED.value: (ParticipantState.POSTPONED,),
        BatchState.FINISHED.value: (ParticipantState.POSTPONED,),
    }
    if person.state not in may_change.get(batch.state, ()):
        raise ParticipantIsDecided
    return person, batch, scheme_of(batch)


def _open_change(
    change_id: str, version: int | None, by: Actor
) -> tuple[MarkChange, Participant, Batch, SchemeView]:
    row = MarkChange.objects.filter(pk=change_id).only("participant_id").first()
    if row is None:
        raise NotFound
    person, batch, view = _closed(row.participant_id)
    change = MarkChange.objects.locked(change_id, version=version)
    if change.state != MarkChangeState.PROPOSED:
        raise ChangeAlreadyDecided
    if change.proposed_by_id == by.id:
        raise OwnProposal
    return change, person, batch, view


def _refuse_second_rater(view: SchemeView, person: Participant, column: MarkCell) -> None:
    regular = column.replaces or column.code
    seats = {regular, *(cell.code for cell in view.substitutes_of(regular))} - {column.code}
    beside = Mark.objects.filter(participant=person, cell__in=seats, value__isnull=False)
    if beside.exists():
        raise Refused(_("Nilai ini sudah diberikan penilai lain dalam peran yang sama."))


def _value(after: Decimal | str, view: SchemeView) -> Decimal:
    lowest, highest = view.scheme.mark_lowest, view.scheme.mark_highest
    try:
        value = parsed_mark(after)
    except ValueError as refusal:
        raise Invalid(str(refusal), field="after") from None
    if value is None or not lowest <= value <= highest:
        raise Invalid(
            _("Nilai harus dari %(lowest)s sampai %(highest)s."),
            field="after",
            lowest=comma(lowest),
            highest=comma(highest),
        )
    return value


def _decide(change: MarkChange, state: MarkChangeState, by: Actor, at: dt.datetime) -> None:
    change.state = state
    change.decided_by_id = by.id or None
    change.decided_by_name = by.name
    change.decided_at = at
    save_changed(change, ["state", "decided_by", "decided_by_name", "decided_at", "decision_note"])


def _record(action: Trail, change: MarkChange, column: MarkCell, *, by: Actor, reason: str) -> None:
    audit.record(
        action,
        participant_subject(change.participant),
        by=by,
        reason=reason,
        cell=column.full_name,
        before=shown_mark(change.before),
        after=comma(change.after),
    )
