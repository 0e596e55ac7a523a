"""Coaches, mentors and examiners: assigned, replaced and ended, with load and conflict rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Assignment,
    AssignmentRole,
    Batch,
    Participant,
)
from sinambung.domains.training.queries.people import name_of_account
from sinambung.domains.training.services.batches import locked_open_batch
from sinambung.domains.training.services.participants import PRESENT
from sinambung.domains.training.services.subjects import participant_subject
from sinambung.domains.training.services.telling import tell_assigned
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, NotFound, Refused

EXAMINING = (AssignmentRole.EXAMINER, AssignmentRole.SUBSTITUTE_EXAMINER)
GUIDING = (AssignmentRole.COACH, AssignmentRole.MENTOR)


class LoadExceeded(Refused):
    code = "load_exceeded"
    message = _(
        "%(person)s akan memegang %(load)s peserta sebagai %(role)s; batasnya %(limit)s. "
        "Pilih orang lain atau naikkan batasnya pada pengaturan angkatan."
    )


class ExaminerNotApart(Refused):
    code = "examiner_not_apart"
    message = _(
        "%(person)s tidak dapat menjadi penguji sekaligus coach atau mentor untuk %(participant)s."
    )


class OwnJudge(Refused):
    code = "own_judge"
    message = _("%(person)s adalah peserta itu sendiri. Pilih orang lain.")


def role_named(text: str) -> AssignmentRole:
    """Return a role by its value; refuse any other text."""
    if text not in AssignmentRole.values:
        raise Invalid(_("Pilih peran: coach, mentor, atau penguji."), field="role")
    return AssignmentRole(text)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is assigned: the account, and the name as papers print it."""

    id: str
    name: str


@transaction.atomic
def assign(
    *,
    batch_id: str,
    role: AssignmentRole,
    participant_ids: Collection[str],
    person_id: str,
    on: dt.date,
    by: Actor,
    reason: str = "",
) -> list[Assignment]:
    """Assign one person to several participants; a former one is replaced, which needs a reason.

    Whoever already holds the role for a participant keeps it. Raises LoadExceeded,
    ExaminerNotApart and OwnJudge.
    """
    batch = locked_open_batch(batch_id)
    people = _chosen(batch, participant_ids)
    person = _person(person_id)
    open_ones = Assignment.objects.filter(batch=batch, until__isnull=True)
    former = {row.participant_id: row for row in open_ones.filter(role=role)}
    fresh = [row for row in people if row.pk not in former or former[row.pk].person_id != person.id]
    if any(row.pk in former for row in fresh) and not reason.strip():
        raise Invalid(_("Tulis alasan penggantian; riwayatnya disimpan."), field="reason")
    _refuse_conflicts(batch, role, fresh, person)
    _refuse_overload(batch, role, fresh, person)
    made = [
        _assign_one(
            batch, role, row, person, former=former.get(row.pk), on=on, by=by, reason=reason
        )
        for row in fresh
    ]
    if made:
        role_name = str(role.label).lower()
        tell_assigned(batch, person_id=person.id, role=role_name, count=len(made), by=by)
    return made


@transaction.atomic
def end_assignment(
    *, assignment_id: str, version: int, on: dt.date, reason: str, by: Actor
) -> Assignment:
    """End an assignment without a successor."""
    row = Assignment.objects.select_related("participant").locked(assignment_id, version=version)
    locked_open_batch(row.batch_id)
    if row.until is not None:
        raise Refused(_("Tugas ini sudah berakhir."))
    if not reason.strip():
        raise Invalid(_("Tulis alasan mengakhiri tugas."), field="reason")
    row.until = max(on, row.since)
    row.reason = reason.strip()
    save_changed(row, ["until", "reason"])
    audit.record(
        Trail.ASSIGNMENT_ENDED,
        participant_subject(row.participant),
        by=by,
        reason=reason,
        person=row.person_name,
        role=row.get_role_display().lower(),
    )
    return row


def _assign_one(
    batch: Batch,
    role: AssignmentRole,
    participant: Participant,
    person: Person,
    *,
    former: Assignment | None,
    on: dt.date,
    by: Actor,
    reason: str,
) -> Assignment:
    since = max(on, former.since) if former else on
    if former is not None:
        former.until = since
        former.reason = reason.strip()
        save_changed(former, ["until", "reason"])
    row = Assignment.objects.create(
        batch=batch,
        participant=participant,
        role=role,
        person_id=person.id,
        person_name=person.name,
        since=since,
    )
    facts = {"person": person.name, "role": row.get_role_display().lower()}
    subject = participant_subject(participant)
    if former is None:
        audit.record(Trail.ASSIGNED, subject, by=by, reason=reason, **facts)
    else:
        former_name = former.person_name
        audit.record(Trail.REPLACED, subject, by=by, reason=reason, former=former_name, **facts)
    return row


def _chosen(batch: Batch, ids: Collection[str]) -> list[Participant]:
    rows = list(
        Participant.objects.select_for_update(of=("self",))
        .select_related("employee")
        .filter(batch=batch, pk__in=list(ids))
        .order_by("number")
    )
    if not ids:
        raise Invalid(_("Pilih paling sedikit satu peserta."), field="participants")
    if len(rows) != len(set(ids)):
        raise NotFound
    left = [row.display_name for row in rows if row.state not in PRESENT]
    if left:
        raise Invalid(
            _("%(names)s bukan peserta yang ditetapkan atau aktif."),
            field="participants",
            names=", ".join(left[:3]),
        )
    return rows


def _person(person_id: str) -> Person:
    name = name_of_account(person_id)
    if name is None:
        raise Invalid(_("Pilih orang yang akunnya aktif."), field="person")
    return Person(id=person_id, name=name)


def _refuse_conflicts(
    batch: Batch, role: AssignmentRole, people: Sequence[Participant], person: Person
) -> None:
    for row in people:
        if row.employee.account_id == person.id:
            raise OwnJudge(person=person.name)
    if not batch.examiner_stays_apart:
        return
    opposite = GUIDING if role in EXAMINING else EXAMINING
    clash = (
        Assignment.objects.select_related("participant")
        .filter(
            batch=batch,
            participant__in=people,
            role__in=opposite,
            person_id=person.id,
            until__isnull=True,
        )
        .first()
    )
    if clash is not None:
        raise ExaminerNotApart(person=person.name, participant=clash.participant.display_name)


def _refuse_overload(
    batch: Batch, role: AssignmentRole, people: Sequence[Participant], person: Person
) -> None:
    limit = {
        AssignmentRole.COACH: batch.coach_load_maximum,
        AssignmentRole.EXAMINER: batch.examiner_load_maximum,
    }.get(role)
    if limit is None or not people:
        return
    present = Assignment.objects.filter(
        batch=batch,
        role=role,
        person_id=person.id,
        until__isnull=True,
        participant__state__in=PRESENT,
    ).count()
    if present + len(people) > limit:
        raise LoadExceeded(
            person=person.name,
            load=present + len(people),
            role=str(role.label).lower(),
            limit=limit,
        )
