"""Notes on conduct: written by an organiser, answered, and withdrawn with a reason."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    ConductKind,
    ConductNote,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.schemes import SchemeView, scheme_of
from sinambung.domains.training.services.grades import regrade
from sinambung.domains.training.services.mark_checks import parsed_mark
from sinambung.domains.training.services.subjects import participant_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused
from sinambung.platform.notices.services import notify
from sinambung.pure.rulebook.marks import comma

LONGEST = 2000


class ConductIsClosed(Refused):
    message = _(
        "Nilai angkatan ini sudah ditutup. Catatan sikap tidak dapat ditambah atau dicabut."
    )


class NoteIsWithdrawn(Refused):
    message = _("Catatan ini sudah dicabut.")


class NoteIsAnswered(Refused):
    message = _("Anda sudah menanggapi catatan ini. Hubungi penyelenggara bila ada tambahan.")


@transaction.atomic
def note_conduct(
    *,
    participant_id: str,
    kind: str,
    text: str,
    noted_on: dt.date,
    by: Actor,
    at: dt.datetime,
    component: str = "",
    deduction: Decimal | str | None = None,
) -> ConductNote:
    """Write a note; where it costs points, `component` names a deduction of the scheme."""
    person, batch, view = _open(participant_id)
    _require_fitting(batch, kind, text, noted_on, at)
    note = ConductNote.objects.create(
        participant=person,
        noted_on=noted_on,
        kind=kind,
        component=component,
        text=text.strip(),
        deduction=_points(view, component, deduction),
        reporter_id=by.id,
        reporter_name=by.name,
    )
    audit.record(
        Trail.CONDUCT_NOTED,
        participant_subject(person),
        by=by,
        reason=note.text,
        kind=str(ConductKind(kind).label),
        deduction=comma(note.deduction),
    )
    _tell(person, by, at)
    if note.deduction:
        regrade(batch, view, [person.pk], at=at)
    return note


@transaction.atomic
def answer_note(
    *, note_id: str, version: int | None, reply: str, by: Actor, at: dt.datetime
) -> ConductNote:
    """Keep the participant's reply beside the note, once."""
    note = ConductNote.objects.select_related("participant").locked(note_id, version=version)
    if note.withdrawn_at is not None:
        raise NoteIsWithdrawn
    if note.replied_at is not None:
        raise NoteIsAnswered
    if not reply.strip() or len(reply) > LONGEST:
        raise Invalid(_("Tulis tanggapan, paling panjang 2.000 huruf."), field="reply")
    note.reply = reply.strip()
    note.replied_at = at
    save_changed(note, ["reply", "replied_at"])
    audit.record(
        Trail.CONDUCT_ANSWERED, participant_subject(note.participant), by=by, reason=note.reply
    )
    return note


@transaction.atomic
def withdraw_note(
    *, note_id: str, version: int | None, reason: str, by: Actor, at: dt.datetime
) -> ConductNote:
    """Withdraw a note: it stays to be read, and costs nothing any more."""
    row = ConductNote.objects.filter(pk=note_id).only("participant_id").first()
    if row is None:
        raise NotFound
    person, batch, view = _open(row.participant_id)
    note = ConductNote.objects.locked(note_id, version=version)
    if note.withdrawn_at is not None:
        raise NoteIsWithdrawn
    if not reason.strip():
        raise Invalid(_("Tulis alasan mencabut catatan."), field="reason")
    note.withdrawn_at = at
    note.withdrawn_reason = reason.strip()[:LONGEST]
    save_changed(note, ["withdrawn_at", "withdrawn_reason"])
    audit.record(
        Trail.CONDUCT_WITHDRAWN, participant_subject(person), by=by, reason=note.withdrawn_reason
    )
    if note.deduction:
        regrade(batch, view, [person.pk], at=at)
    return note


def _tell(person: Participant, by: Actor, at: dt.datetime) -> None:
    notify(
        user_ids=[person.employee.account_id or ""],
        text=say("Ada catatan sikap tentang Anda. Baca dan tanggapi."),
        link=f"/pelatihan/saya/{person.pk}/nilai/",
        by=by,
        at=at,
    )


def _require_fitting(
    batch: Batch, kind: str, text: str, noted_on: dt.date, at: dt.datetime
) -> None:
    if kind not in ConductKind.values:
        raise Invalid(_("Pilih jenis catatan dari daftar."), field="kind")
    if not text.strip() or len(text) > LONGEST:
        raise Invalid(_("Tulis catatan, paling panjang 2.000 huruf."), field="text")
    if not batch.starts_on <= noted_on <= at.date() + dt.timedelta(days=1):
        raise Invalid(
            _("Tanggal catatan harus sejak angkatan dimulai sampai hari ini."), field="noted_on"
        )


def _open(participant_id: str) -> tuple[Participant, Batch, SchemeView]:
    row = Participant.objects.filter(pk=participant_id).only("batch_id").first()
    if row is None:
        raise NotFound
    batch = Batch.objects.select_related("edition").locked(row.batch_id)
    person = Participant.objects.locked(participant_id)
    if batch.state != BatchState.RUNNING or person.state != ParticipantState.ACTIVE:
        raise ConductIsClosed
    return person, batch, scheme_of(batch)


def _points(view: SchemeView, component: str, deduction: Decimal | str | None) -> Decimal:
    try:
        points = parsed_mark(deduction) or Decimal(0)
    except ValueError as refusal:
        raise Invalid(str(refusal), field="deduction") from None
    known = {part.code: part for part in view.deductions}
    if not points and not component:
        return points
    part = known.get(component)
    if part is None:
        raise Invalid(
            _("Skema penilaian angkatan ini tidak mengenal pengurangan itu."), field="component"
        )
    highest = part.maximum if part.maximum is not None else view.scheme.mark_highest
    if not 0 < points <= highest:
        raise Invalid(
            _("Pengurangan harus lebih dari 0 sampai %(highest)s."),
            field="deduction",
            highest=comma(highest),
        )
    return points
