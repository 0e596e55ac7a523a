"""Lesson hours that participants attended, as the organiser counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import Batch, BatchState, Participant, ParticipantState
from sinambung.domains.training.services.mark_checks import parsed_mark
from sinambung.domains.training.services.subjects import participant_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.bulk import update_rows
from sinambung.platform.foundation.errors import ChangedMeanwhile, Invalid, Refused
from sinambung.pure.rulebook.marks import comma

MOST_HOURS = Decimal(9999)
PRESENT = (ParticipantState.ACCEPTED, ParticipantState.ACTIVE, ParticipantState.POSTPONED)


class AttendanceIsClosed(Refused):
    message = _("Kelulusan peserta ini sudah ditetapkan. Kehadirannya tidak dapat diubah.")


class HoursChanged(ChangedMeanwhile):
    message = _(
        "Kehadiran %(name)s sudah diubah orang lain sejak Anda membuka halaman ini. "
        "Muat ulang halaman, periksa, lalu simpan lagi."
    )


@dataclass(frozen=True, slots=True)
class HoursAttended:
    """Lesson hours (45 minutes each) of one participant, also as typed; None leaves what is stored.

    `seen` is what the form showed of "scheduled" and "attended"; a row that has moved on since is
    refused. Callers without a form leave it empty.
    """

    participant_id: str
    scheduled: Decimal | str | None = None
    attended: Decimal | str | None = None
    seen: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Change:
    person: Participant
    scheduled: Decimal
    attended: Decimal


@transaction.atomic
def record_lesson_hours(*, batch_id: str, hours: Sequence[HoursAttended], by: Actor) -> int:
    """Keep the scheduled and attended lesson hours; return how many participants changed."""
    batch = Batch.objects.locked(batch_id)
    if batch.state == BatchState.CANCELLED:
        raise AttendanceIsClosed
    people = {
        person.pk: person for person in Participant.objects.filter(batch=batch).order_by("number")
    }
    changes = [_checked(people.get(row.participant_id), row, batch) for row in hours]
    changed = [change for change in changes if change is not None]
    update_rows(
        Participant,
        ["lesson_hours_scheduled", "lesson_hours_attended", "version"],
        [
            (item.scheduled, item.attended, item.person.version + 1, item.person.pk)
            for item in changed
        ],
    )
    audit.record_all(
        Trail.LESSON_HOURS_RECORDED,
        [
            audit.Draft(
                subject=participant_subject(item.person),
                facts={"attended": comma(item.attended), "scheduled": comma(item.scheduled)},
            )
            for item in changed
        ],
        by=by,
    )
    return len(changed)


def _checked(person: Participant | None, row: HoursAttended, batch: Batch) -> _Change | None:
    if person is None:
        raise Invalid(_("Peserta ini tidak ada dalam angkatan ini."), field="participant")
    decided = batch.state in (BatchState.DECIDED, BatchState.FINISHED)
    if person.state not in PRESENT or (decided and person.state != ParticipantState.POSTPONED):
        raise AttendanceIsClosed
    stored = {
        "scheduled": person.lesson_hours_scheduled,
        "attended": person.lesson_hours_attended,
    }
    if any(stored.get(column) != value for column, value in row.seen.items()):
        raise HoursChanged(name=person.display_name)
    scheduled = stored["scheduled"] if row.scheduled is None else _hours(row.scheduled, person)
    attended = stored["attended"] if row.attended is None else _hours(row.attended, person)
    if scheduled is None or attended is None:
        raise Invalid(
            _("Isi JP terjadwal dan JP hadir %(name)s."),
            field=person.pk,
            name=person.display_name,
        )
    if not 0 < scheduled <= MOST_HOURS or not 0 <= attended <= scheduled:
        raise Invalid(
            _("JP hadir %(name)s harus dari 0 sampai JP terjadwal."),
            field=person.pk,
            name=person.display_name,
        )
    if (scheduled, attended) == (stored["scheduled"], stored["attended"]):
        return None
    return _Change(person, scheduled, attended)


def _hours(typed: Decimal | str, person: Participant) -> Decimal | None:
    try:
        return parsed_mark(typed)
    except ValueError:
        raise Invalid(
            _("Tulis JP %(name)s sebagai angka, misalnya 288 atau 287,50."),
            field=person.pk,
            name=person.display_name,
        ) from None
