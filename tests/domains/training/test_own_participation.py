"""Nobody verifies, accepts, decides or freezes their own participation."""

from __future__ import annotations

import dataclasses

import pytest

from sinambung.domains.training.models import Decision, Participant
from sinambung.domains.training.services import documents, freezing, meetings, participants
from sinambung.domains.training.services.own_participation import OwnParticipation
from sinambung.platform.foundation.actors import Actor
from tests.domains.training import building as build
from tests.domains.training import marking

pytestmark = pytest.mark.django_db


def as_person(actor: Actor, person: Participant) -> Actor:
    account = (
        Participant.objects.select_related("employee").get(pk=person.pk).employee.account_id or ""
    )
    return dataclasses.replace(actor, id=account)


def test_nobody_confirms_requirements_or_accepts_themselves() -> None:
    batch = build.batch()
    people = build.employees(2)
    rows = participants.nominate(
        batch_id=batch.pk, nips=[person.nip for person in people], by=build.SYSTEM
    )
    own = as_person(marking.organiser(), rows[0])
    ids = [row.pk for row in rows]
    with pytest.raises(OwnParticipation):
        documents.confirm_item(batch_id=batch.pk, participant_ids=ids, item="disiplin", by=own)
    with pytest.raises(OwnParticipation):
        participants.accept_participants(
            batch_id=batch.pk, participant_ids=ids, by=own, reason="Menyusul"
        )
    with pytest.raises(OwnParticipation):
        participants.reject_participants(
            batch_id=batch.pk, participant_ids=ids, by=own, reason="Batal"
        )
    participants.accept_participants(
        batch_id=batch.pk, participant_ids=ids[1:], by=own, reason="Menyusul"
    )


def test_nobody_accepts_or_returns_their_own_file() -> None:
    batch = build.batch()
    person = build.participants(batch, 1)[0]
    own = as_person(marking.organiser(), person)
    row = documents.upload_document(
        participant_id=person.pk,
        item="surat-tugas",
        content=b"%PDF-1.4\n%%EOF\n",
        name="surat.pdf",
        by=own,
        at=build.AT,
    )
    with pytest.raises(OwnParticipation):
        documents.accept_documents(batch_id=batch.pk, document_ids=[row.pk], by=own, at=build.AT)
    with pytest.raises(OwnParticipation):
        documents.accept_document(document_id=row.pk, version=row.version, by=own, at=build.AT)
    with pytest.raises(OwnParticipation):
        documents.return_document(
            document_id=row.pk, version=row.version, note="Kurang", by=own, at=build.AT
        )


def test_nobody_decides_on_or_freezes_their_own_graduation() -> None:
    batch, people = marking.closed_batch(2)
    organiser = marking.organiser("pencatat")
    facts = marking.meeting_facts()
    meeting = meetings.prepare_meeting(batch_id=batch.pk, version=None, facts=facts, by=organiser)
    own = as_person(organiser, people[0])
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=own)
    assert set(Decision.objects.values_list("participant_id", flat=True)) == {people[1].pk}
    drafts = [meetings.DecisionDraft(participant_id=people[0].pk, outcome="passed")]
    with pytest.raises(OwnParticipation):
        meetings.decide(meeting_id=meeting.pk, version=None, decisions=drafts, by=own)
    meetings.decide(meeting_id=meeting.pk, version=None, decisions=drafts, by=organiser)
    head = as_person(marking.head("kepala-9"), people[1])
    with pytest.raises(OwnParticipation):
        freezing.freeze_meeting(meeting_id=meeting.pk, version=None, by=head, at=build.AT)
