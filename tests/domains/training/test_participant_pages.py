"""Rosters, acceptance, groups and assignments on pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinambung.domains.training.models import Assignment, Batch, Group, Participant
from sinambung.domains.training.services import assignments
from sinambung.domains.training.services.participants import nominate
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> Client:
    return signed_in(build.staff("penyelenggara", Role.ORGANISER))


@pytest.fixture
def batch() -> Batch:
    return build.batch()


def root(batch: Batch) -> str:
    return f"/pelatihan/angkatan/{batch.pk}/"


def nominated(batch: Batch, count: int) -> list[Participant]:
    people = build.employees(count)
    return nominate(batch_id=batch.pk, nips=[person.nip for person in people], by=build.SYSTEM)


def test_several_are_accepted_at_once_and_incomplete_files_need_a_reason(
    organiser: Client, batch: Batch
) -> None:
    rows = [row.pk for row in nominated(batch, 3)]
    refused = organiser.post(f"{root(batch)}peserta/tetapkan/", {"row": rows})
    assert refused.status_code == 409
    assert "belum lengkap" in refused.content.decode()
    assert refused.content.decode().count("checked") == 3
    organiser.post(f"{root(batch)}peserta/tetapkan/", {"row": rows, "reason": "Berkas menyusul"})
    assert set(Participant.objects.values_list("state", flat=True)) == {"accepted"}
    assert "Berkas menyusul" in organiser.get(f"/pelatihan/peserta/{rows[0]}/").content.decode()


def test_accepting_twice_is_refused_and_changes_nothing(organiser: Client, batch: Batch) -> None:
    rows = [row.pk for row in nominated(batch, 2)]
    answer = {"row": rows, "reason": "Lengkap"}
    assert organiser.post(f"{root(batch)}peserta/tetapkan/", answer).status_code == 302
    assert organiser.post(f"{root(batch)}peserta/tetapkan/", answer).status_code == 409


def test_rejecting_needs_a_reason(organiser: Client, batch: Batch) -> None:
    rows = [row.pk for row in nominated(batch, 2)]
    assert organiser.post(f"{root(batch)}peserta/tolak/", {"row": rows}).status_code == 422
    organiser.post(f"{root(batch)}peserta/tolak/", {"row": rows[:1], "reason": "Kuota penuh"})
    assert Participant.objects.get(pk=rows[0]).state == "rejected"
    assert Participant.objects.get(pk=rows[1]).state == "nominated"


def test_somebody_of_another_batch_cannot_be_accepted_here(organiser: Client, batch: Batch) -> None:
    other = build.batch(number=10)
    row = nominated(other, 1)[0]
    answer = organiser.post(f"{root(batch)}peserta/tetapkan/", {"row": [row.pk], "reason": "x"})
    assert answer.status_code == 404


def test_groups_are_even_and_mixed_and_people_move_by_hand(organiser: Client, batch: Batch) -> None:
    build.participants(batch, 11)
    organiser.post(f"{root(batch)}kelompok/bagi/", {"count": "3", "version": batch.version})
    sizes = sorted(group.participants.count() for group in Group.objects.all())
    assert sizes == [3, 4, 4]
    person = Participant.objects.order_by("number").first()
    target = Group.objects.exclude(pk=person.group_id).first()
    organiser.post(f"{root(batch)}kelompok/pindah/", {"row": [person.pk], "group": target.pk})
    person.refresh_from_db()
    assert person.group_id == target.pk


@pytest.mark.parametrize("count", ["0", "12", "-1", "²", "abc", ""])
def test_an_impossible_number_of_groups_is_refused(
    organiser: Client, batch: Batch, count: str
) -> None:
    build.participants(batch, 11)
    answer = organiser.post(f"{root(batch)}kelompok/bagi/", {"count": count, "version": 1})
    assert answer.status_code == 422
    assert not Group.objects.exists()


def test_a_coach_is_assigned_to_several_and_replaced_with_a_reason(
    organiser: Client, batch: Batch
) -> None:
    rows = [row.pk for row in build.participants(batch, 5)]
    first, second = build.account("coach-satu", name="Coach Satu"), build.account("coach-dua")
    form = {"row": rows, "role": "coach", "person": first.pk}
    url = f"{root(batch)}penugasan/tunjuk/"
    assert organiser.post(url, form).status_code == 302
    assert organiser.post(url, form).status_code == 302  # a double click changes nothing
    assert Assignment.objects.count() == 5
    change = {"row": rows[:1], "role": "coach", "person_text": "coach-dua", "person": ""}
    refused = organiser.post(url, change)
    assert refused.status_code == 422
    assert 'value="coach-dua"' in refused.content.decode()
    assert organiser.post(url, {**change, "reason": "Sakit"}).status_code == 302
    history = Assignment.objects.filter(participant=rows[0]).order_by("since", "id")
    assert {(row.person_id, row.until is None) for row in history} == {
        (first.pk, False),
        (second.pk, True),
    }
    shown = organiser.get(f"/pelatihan/peserta/{rows[0]}/").content.decode()
    assert "Coach Satu" in shown
    assert "Sakit" in shown


def test_load_and_conflict_rules_say_what_to_do(batch: Batch) -> None:
    rows = [row.pk for row in build.participants(batch, 11)]
    person = build.account("serba-bisa")

    def assign(role: str, people: list[str]) -> None:
        assignments.assign(
            batch_id=batch.pk,
            role=assignments.role_named(role),
            participant_ids=people,
            person_id=person.pk,
            on=build.DAY,
            by=build.SYSTEM,
        )

    with pytest.raises(assignments.LoadExceeded) as refusal:
        assign("coach", rows)
    assert "11 peserta" in refusal.value.sentence
    assign("coach", rows[:10])
    with pytest.raises(assignments.ExaminerNotApart):
        assign("examiner", rows[:1])
    with pytest.raises(assignments.ExaminerNotApart):
        assign("substitute_examiner", rows[:1])
    assign("examiner", rows[10:])
    Batch.objects.update(examiner_stays_apart=False)
    assign("examiner", rows[:1])


def test_too_few_participants_of_a_coach_are_shown_and_who_has_none(
    organiser: Client, batch: Batch
) -> None:
    rows = [row.pk for row in build.participants(batch, 6)]
    person = build.account("coach-satu", name="Coach Satu")
    url = f"{root(batch)}penugasan/tunjuk/"
    organiser.post(url, {"row": rows[:4], "role": "coach", "person": person.pk})
    assert "Terlalu sedikit" in organiser.get(f"{root(batch)}penugasan/").content.decode()
    organiser.post(url, {"row": rows[4:5], "role": "coach", "person": person.pk})
    shown = organiser.get(f"{root(batch)}penugasan/").content.decode()
    assert "Terlalu sedikit" not in shown
    assert "Sesuai" in shown


def test_nobody_examines_themselves(batch: Batch) -> None:
    row = build.participants(batch, 1)[0]
    with pytest.raises(assignments.OwnJudge):
        assignments.assign(
            batch_id=batch.pk,
            role=assignments.role_named("examiner"),
            participant_ids=[row.pk],
            person_id=row.employee.account_id,
            on=build.DAY,
            by=build.SYSTEM,
        )


def test_who_leaves_is_recorded_with_a_reason(organiser: Client, batch: Batch) -> None:
    row = build.participants(batch, 1)[0]
    url = f"/pelatihan/peserta/{row.pk}/berhenti/"
    form = {"state": "withdrawn", "reason": "Pindah tugas", "version": 99}
    assert organiser.post(url, form).status_code == 409
    form["version"] = row.version
    assert organiser.post(url, {**form, "state": "passed"}).status_code == 409
    assert organiser.post(url, form).status_code == 302
    assert Participant.objects.get().state == "withdrawn"


@pytest.mark.parametrize("path", ["peserta/", "kelompok/", "penugasan/", "berkas/"])
def test_lists_of_people_ask_the_same_number_of_queries(
    organiser: Client, batch: Batch, path: str
) -> None:
    counts = []
    for size, start in ((3, 0), (27, 3)):
        rows = build.participants(batch, size, start=start)
        person = build.account(f"coach-{start}")
        Batch.objects.update(coach_load_maximum=90)
        assignments.assign(
            batch_id=batch.pk,
            role=assignments.role_named("coach"),
            participant_ids=[row.pk for row in rows],
            person_id=person.pk,
            on=build.DAY,
            by=build.SYSTEM,
        )
        organiser.get(root(batch) + path)
        with CaptureQueriesContext(connection) as queries:
            assert organiser.get(root(batch) + path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_pages_of_people_out_of_reach_answer_404(batch: Batch) -> None:
    row = build.participants(batch, 1)[0]
    build.unit("LAIN")
    other = signed_in(build.staff("lain", Role.ORGANISER, unit_code="LAIN"))
    for path in ("peserta/", "kelompok/", "penugasan/", "berkas/"):
        assert other.get(root(batch) + path).status_code == 404
    assert other.get(f"/pelatihan/peserta/{row.pk}/").status_code == 404
    assert other.get(f"/pelatihan/peserta/{row.pk}/foto/").status_code == 404
    assert other.post(f"{root(batch)}kelompok/bagi/", {"count": 2, "version": 1}).status_code == 404


def test_an_agency_proposes_only_its_own_people(batch: Batch) -> None:
    build.unit("DINSOS", parent=build.unit())
    mine = build.employees(1)[0]
    other = build.employees(1, start=5, agencies=[build.unit("DINSOS")])[0]
    hr = signed_in(build.staff("kepegawaian", Role.AGENCY_HR, unit_code="DINKES"))
    url = f"{root(batch)}usulkan/"
    assert batch.name in hr.get("/pelatihan/usulan/").content.decode()
    refused = hr.post(url, {"nips": f"{mine.nip}\n{other.nip}"})
    assert refused.status_code == 422
    assert other.nip in refused.content.decode()
    assert hr.post(url, {"nips": mine.nip, "note": "Calon kepala seksi"}).status_code == 302
    assert mine.display_name in hr.get(url).content.decode()
    assert hr.post(url, {"nips": mine.nip}).status_code == 422
    assert Participant.objects.get().state == "nominated"
