"""What training puts on desks: tasks, search, cards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sinambung.domains.training import queries
from sinambung.domains.training.models import Participant, ParticipantDocument
from sinambung.domains.training.services.participants import nominate
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build

pytestmark = pytest.mark.django_db


def organiser() -> Actor:
    return build.actor(Role.ORGANISER, path="PROV/")


def participant_actor(row: Participant) -> Actor:
    return Actor(id=row.employee.account_id, name=row.display_name, grants={"use": ("",)})


def test_nominations_and_files_wait_for_the_organiser() -> None:
    batch = build.batch()
    people = build.employees(3)
    rows = nominate(batch_id=batch.pk, nips=[person.nip for person in people], by=build.SYSTEM)
    ParticipantDocument.objects.create(
        participant=rows[0], item="biodata", file_id="x", file_name="a.pdf", uploaded_at=build.AT
    )
    tasks = queries.tasks_for(organiser(), on=build.DAY)
    titles = {task.title: task for task in tasks}
    assert titles["Periksa berkas PKP Angkatan IX"].reason.startswith("1 berkas")
    assert titles["Tetapkan peserta PKP Angkatan IX"].due == batch.starts_on
    late = queries.tasks_for(organiser(), on=build.DAY + dt.timedelta(days=1))
    assert (
        "3 orang diusulkan dan belum diputuskan. Angkatan seharusnya dimulai 10 Agustus 2026."
        in [task.reason for task in late]
    )
    elsewhere = build.actor(Role.ORGANISER, path="LAIN/")
    assert queries.tasks_for(elsewhere, on=build.DAY) == []


def test_a_participant_is_told_which_files_are_missing() -> None:
    row = build.participants(build.batch(), 1)[0]
    actor = participant_actor(row)
    task = queries.tasks_for(actor, on=build.DAY)[0]
    assert task.href == f"/pelatihan/saya/{row.pk}/berkas/"
    assert queries.cards_for(actor, on=build.DAY)[0].title == "PKP Angkatan IX"


def test_search_finds_batches_and_people_within_reach_only() -> None:
    rows = build.participants(build.batch(), 3)
    found = queries.search(organiser(), rows[0].nip[:10])
    assert {hit.kind for hit in found} == {"Peserta"}
    assert {hit.title for hit in queries.search(organiser(), "Angkatan IX")} == {
        "PKP Angkatan IX 2026"
    }
    assert queries.search(build.actor(Role.ORGANISER, path="LAIN/"), "Contoh") == []
    assert queries.search(participant_actor(rows[0]), "Contoh") == []
    assert queries.search(organiser(), "'; DROP TABLE --\x7f") == []


def test_desks_ask_the_same_number_of_queries_for_more_batches() -> None:
    counts = []
    for numbers in (range(1, 3), range(3, 9)):
        for number in numbers:
            build.batch(number=number)
        with CaptureQueriesContext(connection) as asked:
            queries.cards_for(organiser(), on=build.DAY)
            queries.tasks_for(organiser(), on=build.DAY)
            queries.search(organiser(), "Angkatan")
        counts.append(len(asked))
    assert counts[0] == counts[1]
