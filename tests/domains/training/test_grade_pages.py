"""Every page of assessment opens, refuses strangers and says what is wrong."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from sinambung.domains.training.models import (
    AssignmentRole,
    Batch,
    GraduationMeeting,
    Mark,
    Participant,
)
from sinambung.domains.training.queries.grade_book import cells_of_batch
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> Client:
    return signed_in(build.staff("petugas", Role.ORGANISER))


def pages_of(batch: Batch, person: Participant) -> list[str]:
    root = f"/pelatihan/angkatan/{batch.pk}/"
    return [
        *(f"{root}{word}" for word in ("nilai/", "nilai/bobot/", "nilai/tutup/", "peringkat/")),
        *(f"{root}{word}" for word in ("peringkat/cetak/", "kehadiran/", "rapat/", "sertifikat/")),
        f"{root}nilai/perubahan/",
        f"/pelatihan/peserta/{person.pk}/nilai/",
        f"/pelatihan/peserta/{person.pk}/sikap/",
    ]


def test_every_page_opens_before_while_and_after_marking(organiser: Client) -> None:
    fresh, people = marking.running_batch(3)
    done, others = marking.decided_batch(3, number=10, start=40)
    for batch, person in ((fresh, people[0]), (done, others[0])):
        for address in pages_of(batch, person):
            answer = organiser.get(address)
            assert answer.status_code == 200, address
    meeting = GraduationMeeting.objects.get()
    assert organiser.get(f"/pelatihan/rapat/{meeting.pk}/").status_code == 200


def test_the_grid_saves_and_answers_with_versions_and_the_new_grade(organiser: Client) -> None:
    batch, people = marking.running_batch(2)
    marking.fill(batch, people, by=marking.organiser())
    key = people[0].pk[-4:]
    answer = post_changes(organiser, batch, [(f"{key}.6", 1, "95.00")])
    body = answer.json()
    assert answer.status_code == 200
    assert body["saved"] == {f"{key}.6": 2}
    assert body["cells"][f"f-{key}"] == "87,00"
    assert Mark.objects.get(participant=people[0], cell="RAP").value == 95
    assert (body["cells"][f"g-{key}"], body["tones"]) == ("Memuaskan", {f"g-{key}": "brand"})
    assert list(body["spread"].values()) == [False, False, False]


def test_the_grid_is_told_which_cells_are_now_too_far_apart(organiser: Client) -> None:
    batch, people = marking.running_batch(1)
    marking.fill(batch, people, by=marking.organiser())
    key = people[0].pk[-4:]
    codes = [cell.code for cell in cells_of_batch(Batch.objects.get(pk=batch.pk))]
    place = codes.index("LAP@coach")
    body = post_changes(organiser, batch, [(f"{key}.{place}", 1, "60")]).json()
    assert body["tones"] == {f"g-{key}": "warning"}
    assert body["spread"][f"{key}.{place}"] is True
    assert body["spread"][f"{key}.{codes.index('LAP@examiner')}"] is True


def test_the_grid_is_told_of_a_conflict_with_the_other_value(organiser: Client) -> None:
    batch, people = marking.running_batch(1)
    marking.fill(batch, people, by=marking.organiser(), mark="80")
    key = people[0].pk[-4:]
    answer = post_changes(organiser, batch, [(f"{key}.6", 0, "95.00")])
    assert answer.status_code == 409
    conflict = answer.json()["conflicts"][f"{key}.6"]
    assert (conflict["value"], conflict["version"]) == ("80", 1)


@pytest.mark.parametrize(
    "sent", ["", "[", "{}", '[{"key": 1}]', '[["a"]]', '[{"key":"x.9","version":0,"value":"1"}]']
)
def test_a_broken_message_of_the_grid_is_refused_calmly(organiser: Client, sent: str) -> None:
    batch, _ = marking.running_batch(1)
    answer = organiser.post(f"/pelatihan/angkatan/{batch.pk}/nilai/simpan/", {"changes": sent})
    assert answer.status_code in (200, 404, 422)
    assert not Mark.objects.exists()


def test_a_row_is_saved_as_a_form_without_script(organiser: Client) -> None:
    _batch, (person, *_) = marking.running_batch(1)
    address = f"/pelatihan/peserta/{person.pk}/nilai/"
    form = {"mark-RAP": "88,5", "version-RAP": "0", "mark-SKP": "", "version-SKP": "0"}
    assert organiser.post(address, form).status_code == 302
    assert organiser.post(address, form).status_code == 302
    assert Mark.objects.get().version == 1
    wrong = organiser.post(address, {"mark-RAP": "188,5", "version-RAP": "1"})
    assert wrong.status_code == 422
    assert "188,5" in wrong.content.decode()
    assert "0 sampai 100" in wrong.content.decode()


def test_the_grade_book_stays_small_and_asks_few_questions(
    organiser: Client, django_assert_max_num_queries: object
) -> None:
    batch, people = marking.running_batch(40)
    marking.fill(batch, people, by=marking.organiser())
    address = f"/pelatihan/angkatan/{batch.pk}/nilai/"
    organiser.get(address)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        answer = organiser.get(address)
    assert len(answer.content) <= 40_000


def test_strangers_and_participants_find_nothing() -> None:
    batch, (person, *_) = marking.running_batch(1)
    account = person.employee.account
    assert account is not None
    client = signed_in(account)
    for address in pages_of(batch, person):
        assert client.get(address).status_code in (403, 404), address
    client = signed_in(build.staff("lain", Role.ORGANISER, unit_code="KOTA"))
    for address in pages_of(batch, person):
        assert client.get(address).status_code == 404, address


def test_an_examiner_marks_only_own_participants_and_only_the_own_role() -> None:
    batch, people = marking.running_batch(2)
    actor = marking.give_role(batch, people[:1], AssignmentRole.EXAMINER, "penguji")
    client = signed_in(build.User.objects.get(pk=actor.id))
    assert client.get("/pelatihan/menilai/").status_code == 200
    own, other = (f"/pelatihan/menilai/{person.pk}/" for person in people)
    form = {"mark-LAP@examiner": "88", "version-LAP@examiner": "0"}
    assert client.get(own).status_code == 200
    assert client.post(own, form).status_code == 302
    assert client.get(other).status_code == 404
    assert client.post(other, form).status_code == 404
    assert client.post(own, {"mark-LAP@coach": "88"}).status_code == 404
    assert client.post(own, {"mark-RAP": "88"}).status_code == 404
    assert Mark.objects.count() == 1


def test_a_rater_sees_the_other_mark_only_when_both_are_in() -> None:
    batch, (person,) = marking.running_batch(1)
    examiner = marking.give_role(batch, [person], AssignmentRole.EXAMINER, "penguji")
    coach = marking.give_role(batch, [person], AssignmentRole.COACH, "coach")
    address = f"/pelatihan/menilai/{person.pk}/"
    client = signed_in(build.User.objects.get(pk=coach.id))
    client.post(address, {"mark-LAP@coach": "73,25", "version-LAP@coach": "0"})
    client = signed_in(build.User.objects.get(pk=examiner.id))
    assert "73,25" not in client.get(address).content.decode()
    client.post(address, {"mark-LAP@examiner": "90", "version-LAP@examiner": "0"})
    page = client.get(address).content.decode()
    assert "73,25" in page
    assert "Selisih 16,75" in page


def test_participants_see_their_marks_only_after_the_meeting_is_frozen() -> None:
    by = marking.organiser("x")
    batch, (person, other) = marking.running_batch(2)
    marking.fill(batch, [person, other], by=by, mark="83,21")
    account = person.employee.account
    assert account is not None
    client = signed_in(account)
    address = f"/pelatihan/saya/{person.pk}/nilai/"
    assert "83,21" not in client.get(address).content.decode()
    assert client.get(f"/pelatihan/saya/{other.pk}/nilai/").status_code == 404
    _, (late, *_) = marking.decided_batch(2, number=10, start=40)
    account = late.employee.account
    assert account is not None
    client = signed_in(account)
    page = client.get(f"/pelatihan/saya/{late.pk}/nilai/").content.decode()
    assert "85,00" in page
    assert "Lulus" in page


def test_scripts_in_text_are_shown_as_text(organiser: Client) -> None:
    _batch, (person, *_) = marking.running_batch(1)
    nasty = "<script>alert(1)</script>"
    answer = organiser.post(
        f"/pelatihan/peserta/{person.pk}/sikap/",
        {"kind": "note", "noted_on": "2026-09-01", "text": nasty},
    )
    assert answer.status_code == 302
    page = organiser.get(f"/pelatihan/peserta/{person.pk}/sikap/").content.decode()
    assert nasty not in page
    assert "&lt;script&gt;" in page


def test_attendance_is_saved_in_the_grid_and_a_stale_cell_is_told(organiser: Client) -> None:
    batch, (person, *_) = marking.running_batch(1)
    key = person.pk[-4:]
    address = f"/pelatihan/angkatan/{batch.pk}/kehadiran/simpan/"
    sent = [
        {"key": f"{key}:scheduled", "version": -1, "value": "290.00"},
        {"key": f"{key}:attended", "version": -1, "value": "280.50"},
    ]
    answer = organiser.post(address, {"changes": json.dumps(sent)})
    assert answer.json()["cells"] == {f"f-{key}": "96,7%"}
    stale = organiser.post(address, {"changes": json.dumps(sent[1:])})
    assert stale.status_code == 409
    more = [{"key": f"{key}:attended", "version": 28050, "value": "291"}]
    assert organiser.post(address, {"changes": json.dumps(more)}).status_code == 422


def post_changes(client: Client, batch: Batch, cells: list[tuple[str, int, str]]) -> object:
    changes = [{"key": key, "version": version, "value": value} for key, version, value in cells]
    return client.post(
        f"/pelatihan/angkatan/{batch.pk}/nilai/simpan/", {"changes": json.dumps(changes)}
    )


def test_marks_and_conduct_are_reached_from_the_page_of_a_person(organiser: Client) -> None:
    _, (person, *_) = marking.running_batch(1)
    page = organiser.get(f"/pelatihan/peserta/{person.pk}/").content.decode()
    assert f"/pelatihan/peserta/{person.pk}/nilai/" in page
    assert f"/pelatihan/peserta/{person.pk}/sikap/" in page
    account = person.employee.account
    assert account is not None
    own = signed_in(account).get(f"/pelatihan/saya/{person.pk}/").content.decode()
    assert f"/pelatihan/saya/{person.pk}/nilai/" in own
