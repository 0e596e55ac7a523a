"""What waits for organisers and heads between the last mark and the certificates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _

from sinambung.domains.credentials import queries as credentials
from sinambung.domains.training import access
from sinambung.domains.training.models import (
    BatchState,
    ConductNote,
    GraduationMeeting,
    MarkChange,
    MeetingState,
    Participant,
    ParticipantState,
    RemarkRequest,
)
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Task
from sinambung.platform.identity.capabilities import Capability

MOST = 5
BEFORE_END = dt.timedelta(days=14)


def tasks_of_graduation(actor: Actor, *, on: dt.date) -> Iterator[Task]:
    """Yield what waits for the actor around marks, meetings and certificates."""
    if actor.may(Capability.GRADE):
        yield from _marks_to_close(actor, on)
    if actor.may(Capability.CONFIRM_GRADES):
        yield from _changes_to_decide(actor)
    if actor.may(Capability.MANAGE_BATCHES):
        yield from _meetings_to_prepare(actor)
    if actor.may(Capability.DECIDE_GRADUATION):
        yield from _meetings_to_freeze(actor)
    if actor.may(Capability.ISSUE_CERTIFICATES):
        yield from _certificates_to_issue(actor)
    yield from _notes_to_answer(actor)


def _marks_to_close(actor: Actor, on: dt.date) -> Iterator[Task]:
    batches = access.batches_visible_to(actor, Capability.GRADE).filter(
        state=BatchState.RUNNING, ends_on__lte=on + BEFORE_END
    )
    rows = list(batches.values_list("pk", "name", "ends_on")[:MOST])
    if not rows:
        return
    apart = dict(
        RemarkRequest.objects.filter(
            participant__batch__in=[row[0] for row in rows], resolved_at=None
        )
        .order_by()
        .values_list("participant__batch")
        .annotate(Count("id"))
    )
    for batch_id, name, ends_on in rows:
        count = apart.get(batch_id, 0)
        yield Task(
            title=_("Lengkapi dan tutup nilai %(batch)s") % {"batch": name},
            href=f"/pelatihan/angkatan/{batch_id}/nilai/",
            reason=_("%(count)s nilai menunggu penilaian ulang.") % {"count": count}
            if count
            else _("Angkatan berakhir; nilai belum ditutup."),
            due=ends_on,
        )


def _changes_to_decide(actor: Actor) -> Iterator[Task]:
    """The few open changes first and alone: joined, the planner reads every participant."""
    changes = MarkChange.objects.filter(state="proposed").exclude(proposed_by_id=actor.id)
    changed = list(changes.order_by().values_list("participant_id", flat=True))
    if not changed:
        return
    people = Participant.objects.filter(pk__in=set(changed)).order_by()
    batch_of = dict(people.values_list("pk", "batch_id"))
    counts = Counter(batch_of[id] for id in changed)
    batches = access.batches_visible_to(actor, Capability.CONFIRM_GRADES)
    for batch_id, name in batches.filter(pk__in=counts).values_list("pk", "name")[:MOST]:
        yield Task(
            title=_("Putuskan perubahan nilai %(batch)s") % {"batch": name},
            href=f"/pelatihan/angkatan/{batch_id}/nilai/perubahan/",
            reason=_("%(count)s usulan perubahan menunggu orang kedua.")
            % {"count": counts[batch_id]},
        )


def _meetings_to_prepare(actor: Actor) -> Iterator[Task]:
    batches = access.batches_visible_to(actor, Capability.MANAGE_BATCHES)
    closed = batches.filter(state=BatchState.MARKS_CLOSED, meetings=None)
    for id, name in closed.values_list("pk", "name")[:MOST]:
        yield Task(
            title=_("Siapkan rapat kelulusan %(batch)s") % {"batch": name},
            href=f"/pelatihan/angkatan/{id}/rapat/",
            reason=_("Nilai sudah ditutup."),
        )
    waiting = (
        Participant.objects.filter(
            batch__in=batches.filter(state=BatchState.DECIDED).order_by(),
            state=ParticipantState.POSTPONED,
        )
        .order_by("batch")
        .values_list("batch", "batch__name")
        .annotate(Count("id"))
    )
    for batch_id, name, count in waiting[:MOST]:
        yield Task(
            title=_("Selesaikan peserta tertunda %(batch)s") % {"batch": name},
            href=f"/pelatihan/angkatan/{batch_id}/rapat/",
            reason=_("%(count)s peserta ditunda menunggu rapat lanjutan.") % {"count": count},
        )


def _meetings_to_freeze(actor: Actor) -> Iterator[Task]:
    batches = access.batches_visible_to(actor, Capability.DECIDE_GRADUATION).order_by()
    drafts = GraduationMeeting.objects.filter(batch__in=batches, state=MeetingState.DRAFT)
    for meeting in drafts.select_related("batch").order_by("held_on", "id")[:MOST]:
        yield Task(
            title=_("Tetapkan kelulusan %(batch)s") % {"batch": meeting.batch.name},
            href=f"/pelatihan/rapat/{meeting.pk}/",
            reason=_("Rapat sudah disiapkan; keputusannya menunggu penetapan."),
            due=meeting.held_on,
        )


def _certificates_to_issue(actor: Actor) -> Iterator[Task]:
    batches = access.batches_visible_to(actor, Capability.ISSUE_CERTIFICATES)
    decided = batches.filter(state=BatchState.DECIDED).values_list("pk", "name")[:MOST]
    asked = credentials.keys_with_source(kind="batch", keys=[id for id, _name in decided])
    for batch_id, name in decided:
        if batch_id not in asked:
            yield Task(
                title=_("Terbitkan sertifikat %(batch)s") % {"batch": name},
                href=f"/pelatihan/angkatan/{batch_id}/sertifikat/",
                reason=_("Kelulusan sudah ditetapkan."),
            )


def _notes_to_answer(actor: Actor) -> Iterator[Task]:
    employee_id = access.own_employee_id(actor)
    if not employee_id:
        return
    notes = ConductNote.objects.filter(
        participant__employee_id=employee_id,
        replied_at=None,
        withdrawn_at=None,
        participant__state=ParticipantState.ACTIVE,
    ).exclude(kind="praise")
    rows = notes.order_by("-noted_on", "id").values_list(
        "participant_id", "participant__batch__name", "reporter_name"
    )
    for participant_id, batch, reporter in rows[:MOST]:
        yield Task(
            title=_("Tanggapi catatan sikap %(batch)s") % {"batch": batch},
            href=f"/pelatihan/saya/{participant_id}/nilai/",
            reason=_("Dicatat %(name)s.") % {"name": reporter},
        )
