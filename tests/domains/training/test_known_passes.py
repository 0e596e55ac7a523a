"""A requirement that contradicts what the system recorded is confirmed singly and with a reason."""

from __future__ import annotations

import pytest

from sinambung.domains.training.models import Batch, Participant
from sinambung.domains.training.services import documents, participants
from sinambung.platform.audit.models import Entry
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db


def nominated(of: Batch, count: int) -> list[Participant]:
    people = [person.nip for person in build.employees(count)]
    return participants.nominate(batch_id=of.pk, nips=people, by=build.SYSTEM)


@pytest.fixture
def rows() -> list[Participant]:
    """Two nominated people, of whom the second passed PKP Angkatan X 2024."""
    rows = nominated(build.batch(), 2)
    before = build.batch(number=10, year=2024)
    earlier = participants.nominate(batch_id=before.pk, nips=[rows[1].nip], by=build.SYSTEM)
    Participant.objects.filter(pk=earlier[0].pk).update(state="passed")
    return rows


def test_confirming_several_leaves_out_whom_the_records_contradict(rows: list[Participant]) -> None:
    client = signed_in(build.staff("penyelenggara", Role.ORGANISER))
    url = f"/pelatihan/angkatan/{rows[0].batch_id}/berkas/nyatakan/"
    everybody = [row.pk for row in rows]
    shown = client.post(url, {"row": everybody, "item": "belum-lulus"}, follow=True)
    text = shown.content.decode()
    assert f"{rows[1].display_name} (PKP Angkatan X 2024)" in text
    assert "Persyaratan 1 peserta disimpan" in text
    for row in rows:
        row.refresh_from_db()
    assert rows[0].confirmed_items == ["belum-lulus"]
    assert rows[1].confirmed_items == []


def test_one_contradicted_person_is_confirmed_with_a_reason_that_stays(
    rows: list[Participant],
) -> None:
    client = signed_in(build.staff("penyelenggara", Role.ORGANISER))
    url = f"/pelatihan/angkatan/{rows[1].batch_id}/berkas/nyatakan/"
    page = f"/pelatihan/peserta/{rows[1].pk}/"
    assert "Sistem mencatat: lulus PKP Angkatan X 2024." in client.get(page).content.decode()
    sent = {"row": rows[1].pk, "item": "belum-lulus", "back": rows[1].pk}
    assert client.post(url, sent).status_code == 422
    assert client.post(url, {**sent, "reason": "Sertifikat dibatalkan"}).status_code == 302
    rows[1].refresh_from_db()
    assert rows[1].confirmed_items == ["belum-lulus"]
    entry = Entry.objects.filter(action="training.item_confirmed").get()
    assert entry.reason == "Sertifikat dibatalkan"


def test_other_requirements_do_not_ask_the_records(rows: list[Participant]) -> None:
    done = documents.confirm_item(
        batch_id=rows[0].batch_id,
        participant_ids=[row.pk for row in rows],
        item="disiplin",
        by=build.SYSTEM,
    )
    assert len(done.rows) == 2
    assert not done.left_out


def test_a_contradicted_person_is_accepted_only_with_a_reason(rows: list[Participant]) -> None:
    batch_id, ids = rows[0].batch_id, [row.pk for row in rows]
    for item in rows[0].batch.edition.content["curriculum"]["eligibility"]:
        documents.confirm_item(
            batch_id=batch_id, participant_ids=ids, item=item["code"], by=build.SYSTEM
        )
    with pytest.raises(participants.RequirementsMissing) as refusal:
        participants.accept_participants(batch_id=batch_id, participant_ids=ids, by=build.SYSTEM)
    assert rows[1].display_name in str(refusal.value.sentence)
    assert rows[0].display_name not in str(refusal.value.sentence)
