"""Lesson hours that participants attended, as the organiser counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import Batch, BatchState, Participant, ParticipantState
from sinambung.domains.training.services.subjects import participant_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.bulk import update_rows
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.pure.rulebook.marks import comma

MOST_HOURS = Decimal(9999)
PRESENT = (ParticipantState.ACCEPTED, ParticipantState.ACTIVE, ParticipantState.POSTPONED)


class AttendanceIsClosed(Refused):
    message = _("Kelulusan angkatan ini sudah ditetapkan. Kehadiran tidak dapat diubah.")


@dataclass(frozen=True, slots=True)
class HoursAttended:
    """Lesson hours (45 minutes each) of one participant."""

    participant_id: str
    scheduled: Decimal
    attended: Decimal


@dataclass(frozen=True, slots=True)
class _Change:
    person: Participant
    hours: HoursAttended


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
            (item.hours.scheduled, item.hours.attended, item.person.version + 1, item.person.pk)
            for item in changed
        ],
    )
    audit.record_all(
        Trail.LESSON_HOURS_RECORDED,
        [
            audit.Draft(
                subject=participant_subject(item.person),
                facts={
                    "attended": comma(item.hours.attended),
                    "scheduled": comma(item.hours.scheduled),
                },
            )
            for item in changed
        ],
        by=by,
    )
    return len(changed)


def _checked(person: Participant | None, row: HoursAttended, batch: Batch) -> _Change | None:
    if person is None:
        raise Invalid(_("Peserta ini tidak ada dalam angkatan ini."), field="participant")
    if person.state not in PRESENT or (
        batch.state in (BatchState.DECIDED, BatchState.FINISHED)
        and person.state != ParticipantState.POSTPONED
    ):
        raise AttendanceIsClosed
    if not 0 < row.scheduled <= MOST_HOURS or not 0 <= row.attended <= row.scheduled:
        raise Invalid(
            _("JP %(name)s harus dari 0 sampai JP terjadwal."),
            field=row.participant_id,
            name=person.display_name,
        )
    same = (row.scheduled, row.attended) == (
        person.lesson_hours_scheduled,
        person.lesson_hours_attended,
    )
    return None if same else _Change(person, row)
