"""The thin path of a batch: roster, acceptance, groups, assignments, start."""

from __future__ import annotations

import pytest

from sinambung.domains.training.models import Assignment, AssignmentRole, Participant
from sinambung.domains.training.services import assignments, batches, groups, participants
from sinambung.domains.training.services.roster import RosterEntry, add_from_roster
from tests.domains.training import building as build

pytestmark = pytest.mark.django_db


def test_a_roster_becomes_active_participants_in_groups_with_coach_and_examiner() -> None:
    batch = build.batch()
    people = build.employees(20)
    outcomes = add_from_roster(
        batch_id=batch.pk, entries=[RosterEntry(person.nip) for person in people], by=build.SYSTEM
    )
    assert all(outcome.participant_id and not outcome.refusal for outcome in outcomes)
    participants.accept_participants(
        batch_id=batch.pk,
        participant_ids=[outcome.participant_id for outcome in outcomes],
        by=build.SYSTEM,
        reason="Berkas lengkap di arsip.",
    )
    made = groups.form_groups(batch_id=batch.pk, count=4, by=build.SYSTEM)
    assert [group.participants.count() for group in made] == [5, 5, 5, 5]
    coach, examiner = build.account("coach"), build.account("penguji")
    first = [row.pk for row in made[0].participants.all()]
    for role, person in ((AssignmentRole.COACH, coach), (AssignmentRole.EXAMINER, examiner)):
        assignments.assign(
            batch_id=batch.pk,
            role=role,
            participant_ids=first,
            person_id=person.pk,
            on=build.DAY,
            by=build.SYSTEM,
        )
    assert Assignment.objects.filter(until=None).count() == 10
    batches.start_batch(
        batch_id=batch.pk, version=None, by=build.SYSTEM, reason="Mentor ditunjuk kemudian."
    )
    assert set(Participant.objects.values_list("state", flat=True)) == {"active"}
    assert list(batch.stages.values_list("order", flat=True)) == [1, 2]


def test_a_batch_is_named_by_id_or_by_name_and_year() -> None:
    from sinambung.domains.training.queries import batch_named

    first, second = build.batch(), build.batch(number=10)
    build.batch(number=10, year=2027)
    assert batch_named(first.pk) == first.pk
    assert batch_named("pkp angkatan ix") == first.pk
    assert batch_named("PKP  Angkatan X 2026") == second.pk
    assert batch_named("PKP Angkatan X") == "PKP Angkatan X"
    assert batch_named("tidak ada") == "tidak ada"
    assert batch_named("") == ""
