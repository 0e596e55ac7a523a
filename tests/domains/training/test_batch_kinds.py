"""Every kind of programme runs by configuration: from its roster to active participants."""

from __future__ import annotations

import pytest

from sinambung.domains.training.models import Assignment, AssignmentRole, ProgrammeEdition
from sinambung.domains.training.queries.assignments import roles_of
from sinambung.domains.training.queries.participants import participants_of
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.services import assignments, batches, documents, groups
from sinambung.domains.training.services.participants import accept_participants, choose_electives
from sinambung.domains.training.services.programmes import install_national_editions
from sinambung.domains.training.services.roster import RosterEntry, add_from_roster
from sinambung.pure.rulebook import programmes as rulebook
from tests.domains.training import building as build

pytestmark = pytest.mark.django_db
KEYS = sorted(
    edition.key for edition in (*rulebook.programme_editions(), *rulebook.sample_editions())
)


@pytest.mark.parametrize("key", KEYS)
def test_a_roster_becomes_active_participants(key: str) -> None:
    install_national_editions(by=build.SYSTEM, at=build.AT)
    batch = batches.create_batch(
        edition_id=ProgrammeEdition.objects.get(key=key).pk,
        host_id=build.unit("BPSDM", parent=build.unit()).pk,
        plan=build.plan(1),
        by=build.SYSTEM,
    )
    edition = edition_of(batch)
    people = build.employees(6)
    outcomes = add_from_roster(
        batch_id=batch.pk, entries=[RosterEntry(person.nip) for person in people], by=build.SYSTEM
    )
    ids = [outcome.participant_id for outcome in outcomes]
    for item in edition.curriculum.eligibility:
        documents.confirm_item(
            batch_id=batch.pk, participant_ids=ids, item=item.code, by=build.SYSTEM
        )
    accept_participants(batch_id=batch.pk, participant_ids=ids, by=build.SYSTEM)
    groups.form_groups(batch_id=batch.pk, count=2, by=build.SYSTEM)
    for role, _label in roles_of(edition):
        assignments.assign(
            batch_id=batch.pk,
            role=AssignmentRole(role),
            participant_ids=ids,
            person_id=build.account(f"{role}-{key}"[:60]).pk,
            on=build.DAY,
            by=build.SYSTEM,
        )
    electives = [part.code for part in edition.curriculum.subjects if part.kind == "elective"]
    least = edition.curriculum.electives_minimum or 0
    for line in participants_of(batch.pk) if len(electives) >= least else []:
        choose_electives(
            participant_id=line.id, version=line.version, codes=electives[:least], by=build.SYSTEM
        )
    batches.start_batch(batch_id=batch.pk, version=None, by=build.SYSTEM)
    assert {line.state for line in participants_of(batch.pk)} == {"active"}
    assert Assignment.objects.count() == 6 * len(roles_of(edition))
    assert batch.stages.count() == len(edition.curriculum.stages)
