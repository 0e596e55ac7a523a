"""The API of assessment does what the pages do and refuses in the same words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from sinambung.domains.training.models import AssignmentRole, GraduationMeeting, Mark
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/training"


def post(client: Client, address: str, body: Any = None, *, method: str = "post") -> Any:
    send = getattr(client, method)
    return send(f"{ROOT}{address}", json.dumps(body or {}), content_type="application/json")


def test_marks_are_saved_and_conflicts_come_back_as_a_problem_with_both_values() -> None:
    batch, (person, *_) = marking.running_batch(2)
    client = signed_in(build.staff("petugas", Role.ORGANISER))
    mark = {"participant_id": person.pk, "cell": "RAP", "value": "88,50", "version": 0}
    saved = post(client, f"/batches/{batch.pk}/marks", {"marks": [mark]})
    assert saved.status_code == 200
    assert saved.json()[0]["version"] == 1
    stale = post(client, f"/batches/{batch.pk}/marks", {"marks": [{**mark, "value": "70"}]})
    assert stale.status_code == 409
    assert stale.json()["problems"][0]["stored"] == "88,5"
    wrong = post(client, f"/batches/{batch.pk}/marks", {"marks": [{**mark, "value": "170"}]})
    assert wrong.status_code == 422
    listed = client.get(f"{ROOT}/batches/{batch.pk}/marks").json()
    assert listed["people"][0]["marks"] == [{"cell": "RAP", "value": "88.50", "version": 1}]
    assert client.get(f"{ROOT}/participants/{person.pk}/marks").status_code == 200
    assert client.get(f"{ROOT}/batches/{batch.pk}/ranking").json() == []
    assert client.get(f"{ROOT}/batches/{batch.pk}/marks.xlsx").status_code == 200
    assert client.get(f"{ROOT}/batches/{batch.pk}/scheme/local-values").status_code == 200


def test_a_batch_goes_from_marks_to_frozen_decisions_by_api_alone() -> None:
    batch, people = marking.running_batch(2)
    organiser = signed_in(build.staff("petugas", Role.ORGANISER))
    cells = [cell for cell in marking.CELLS]
    marks = [
        {"participant_id": person.pk, "cell": cell, "value": "85", "version": 0}
        for person in people
        for cell in cells
    ]
    assert post(organiser, f"/batches/{batch.pk}/marks", {"marks": marks}).status_code == 200
    marking.attend(batch, people)
    hours = [{"participant_id": people[0].pk, "attended": "99"}]
    attended = post(organiser, f"/batches/{batch.pk}/attendance", {"hours": hours})
    assert attended.json()[0]["share"] == "99%"
    assert post(organiser, f"/batches/{batch.pk}/grades").json() == {"computed": 2, "withheld": 0}
    batch.refresh_from_db()
    closed = post(organiser, f"/batches/{batch.pk}/marks/close", {"version": batch.version})
    assert closed.json()["state"] == "marks_closed"
    proposed = post(
        organiser,
        f"/participants/{people[0].pk}/mark-changes",
        {"cell": "RAP", "after": "90", "reason": "Salah salin."},
    )
    assert proposed.status_code == 201
    head = signed_in(build.staff("kepala", Role.HEAD_OF_TRAINING))
    change = proposed.json()
    confirmed = post(head, f"/mark-changes/{change['id']}/confirm", {"version": change["version"]})
    assert confirmed.json()["state"] == "confirmed"
    assert len(organiser.get(f"{ROOT}/batches/{batch.pk}/mark-changes").json()) == 1
    facts = {"version": closed.json()["version"], "held_on": "2026-11-24", "chair": "Ketua"}
    meeting = post(organiser, f"/batches/{batch.pk}/meetings", facts).json()
    changed = post(
        organiser, f"/meetings/{meeting['id']}", {**facts, "version": 1, "place": "Aula"},
        method="put",
    )  # fmt: skip
    decided = post(
        organiser, f"/meetings/{meeting['id']}/proposals", {"version": changed.json()["version"]}
    )
    again = {"participant_id": people[1].pk, "outcome": "failed", "reason": "Plagiat."}
    decided = post(
        organiser,
        f"/meetings/{meeting['id']}/decisions",
        {"version": decided.json()["version"], "decisions": [again]},
    )
    frozen = post(head, f"/meetings/{meeting['id']}/freeze", {"version": decided.json()["version"]})
    assert frozen.json()["state"] == "frozen"
    shown = organiser.get(f"{ROOT}/meetings/{meeting['id']}").json()
    assert [line["outcome"] for line in shown["lines"]] == ["passed", "failed"]
    assert organiser.get(f"{ROOT}/batches/{batch.pk}/meetings").json()["meetings"]
    listed = organiser.get(f"{ROOT}/batches/{batch.pk}/certificates").json()
    assert [line["participant_id"] for line in listed["lines"]] == [people[0].pk]


def test_raters_and_participants_reach_only_their_own() -> None:
    batch, (person, other) = marking.running_batch(2)
    actor = marking.give_role(batch, [person], AssignmentRole.EXAMINER, "penguji")
    rater = signed_in(User.objects.get(pk=actor.id))
    assert [row["participant_id"] for row in rater.get(f"{ROOT}/marking").json()] == [person.pk]
    body = {"marks": [{"cell": "LAP@examiner", "value": "80"}]}
    assert post(rater, f"/marking/{person.pk}", body).status_code == 200
    assert post(rater, f"/marking/{other.pk}", body).status_code == 404
    assert rater.get(f"{ROOT}/batches/{batch.pk}/marks").status_code == 403
    account = person.employee.account
    assert account is not None
    own = signed_in(account)
    assert own.get(f"{ROOT}/own/{person.pk}/marks").json()["is_released"] is False
    assert own.get(f"{ROOT}/own/{other.pk}/marks").status_code == 404
    assert Mark.objects.count() == 1


def test_conduct_is_noted_answered_and_withdrawn() -> None:
    _batch, (person, *_) = marking.running_batch(1)
    organiser = signed_in(build.staff("petugas", Role.ORGANISER))
    body = {"kind": "light", "text": "Terlambat.", "noted_on": "2026-09-01"}
    note = post(organiser, f"/participants/{person.pk}/conduct", body)
    assert note.status_code == 201
    account = person.employee.account
    assert account is not None
    own, id = signed_in(account), note.json()["id"]
    answered = post(own, f"/conduct/{id}/answer", {"version": 1, "reply": "Maaf."})
    assert answered.json()["reply"] == "Maaf."
    assert own.get(f"{ROOT}/own/{person.pk}/conduct").json()[0]["id"] == id
    assert post(own, f"/conduct/{id}/withdraw", {"version": 2, "reason": "x"}).status_code == 403
    gone = post(organiser, f"/conduct/{id}/withdraw", {"version": 2, "reason": "Keliru."})
    assert gone.json()["withdrawn_reason"] == "Keliru."


def test_certificates_are_refused_before_the_meeting_is_frozen() -> None:
    batch, _ = marking.closed_batch(2)
    client = signed_in(build.staff("petugas", Role.ORGANISER))
    refused = post(client, f"/batches/{batch.pk}/certificates")
    assert refused.status_code == 409
    assert "rapat" in refused.json()["title"]
    assert not GraduationMeeting.objects.exists()
