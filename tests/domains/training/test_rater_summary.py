"""Who has marked what, how far, and how a rater differs from the others."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sinambung.domains.training.models import AssignmentRole, Batch
from sinambung.domains.training.queries.rater_summary import RaterPage, rater_page
from sinambung.domains.training.services.marks import save_marks
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db


def page_of(batch: Batch) -> RaterPage:
    return rater_page(Batch.objects.select_related("edition").get(pk=batch.pk))


def marked_batch() -> Batch:
    """Two examiners and one coach; the first examiner marks 4 above the coach, then 2 above."""
    batch, people = marking.running_batch(3)
    by = marking.organiser()
    marking.give_role(batch, people[:2], AssignmentRole.EXAMINER, "penguji")
    marking.give_role(batch, people[2:], AssignmentRole.EXAMINER, "penguji-dua")
    marking.give_role(batch, people, AssignmentRole.COACH, "coach")
    given = [{"LAP@examiner": "84", "LAP@coach": "80"}, {"LAP@examiner": "84", "LAP@coach": "82"}]
    for person, marks in zip(people, [*given, {"LAP@examiner": "90", "SKP": "88"}], strict=True):
        changes = marking.changes(person, marks)
        save_marks(batch_id=batch.pk, changes=changes, by=by, at=marking.AT)
    return batch


def test_each_rater_is_compared_with_the_others_of_the_same_participants() -> None:
    rows = {row.name: row for row in page_of(marked_batch()).raters}
    first = rows["Akun penguji"]
    assert (first.filled, first.total, first.people, first.compared) == (2, 2, 2, 2)
    assert (first.apart, first.furthest) == (Decimal("3.00"), Decimal("4.00"))
    assert (first.mean, first.of_role) == (Decimal("84.00"), Decimal("86.00"))
    coach = rows["Akun coach"]
    assert (coach.filled, coach.total) == (2, 3)
    assert [name for _id, name in coach.waiting] == ["Contoh Nama 002"]
    assert (coach.apart, coach.furthest) == (Decimal("-3.00"), Decimal("-4.00"))
    assert coach.of_role is None
    assert rows["Akun penguji-dua"].compared == 0
    assert rows["Akun penguji-dua"].apart is None


def test_cells_without_a_rater_say_who_filled_them() -> None:
    cells = {cell.name: cell for cell in page_of(marked_batch()).cells}
    attitude = next(cell for name, cell in cells.items() if name.startswith("Sikap"))
    assert (attitude.filled, attitude.total) == (1, 3)
    assert attitude.markers == (("Akun penyelenggara", 1),)
    assert len(cells) == 8


def test_a_substitute_takes_over_what_the_examiner_owes() -> None:
    batch, people = marking.running_batch(2)
    by = marking.organiser()
    marking.give_role(batch, people, AssignmentRole.EXAMINER, "penguji")
    marking.give_role(batch, people, AssignmentRole.SUBSTITUTE_EXAMINER, "pengganti")
    changes = marking.changes(people[0], {"LAP@substitute_examiner": "81"})
    save_marks(batch_id=batch.pk, changes=changes, by=by, at=marking.AT)
    rows = {row.name: row for row in page_of(batch).raters}
    assert (rows["Akun penguji"].filled, rows["Akun penguji"].total) == (1, 2)
    assert (rows["Akun pengganti"].filled, rows["Akun pengganti"].waiting) == (1, ())
    assert page_of(batch).unassigned == (("Coach", 2),)


def test_open_remarks_stand_at_both_raters() -> None:
    batch, (person,) = marking.running_batch(1)
    marking.give_role(batch, [person], AssignmentRole.EXAMINER, "penguji")
    marking.give_role(batch, [person], AssignmentRole.COACH, "coach")
    changes = marking.changes(person, {"LAP@examiner": "92", "LAP@coach": "70"})
    save_marks(batch_id=batch.pk, changes=changes, by=marking.organiser(), at=marking.AT)
    assert [row.remarks for row in page_of(batch).raters] == [1, 1]


def test_the_page_and_the_api_show_it_within_reach_only() -> None:
    batch = marked_batch()
    organiser = signed_in(User.objects.get(username="penyelenggara"))
    html = organiser.get(f"/pelatihan/angkatan/{batch.pk}/nilai/penilai/").content.decode()
    assert "Akun penguji-dua" in html
    assert "+3,00" in html
    book = organiser.get(f"/pelatihan/angkatan/{batch.pk}/nilai/").content.decode()
    assert f"/pelatihan/angkatan/{batch.pk}/nilai/penilai/" in book
    data = organiser.get(f"/api/v1/training/batches/{batch.pk}/raters").json()
    assert {row["name"] for row in data["raters"]} == {
        "Akun coach",
        "Akun penguji",
        "Akun penguji-dua",
    }
    stranger = signed_in(build.staff("lain", Role.ORGANISER, unit_code="LAIN"))
    assert stranger.get(f"/pelatihan/angkatan/{batch.pk}/nilai/penilai/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_people() -> None:
    counts = []
    for number, size in ((1, 2), (2, 9)):
        batch, people = marking.running_batch(size, number=number, start=number * 20)
        marking.give_role(batch, people, AssignmentRole.COACH, f"coach-{number}")
        with CaptureQueriesContext(connection) as asked:
            page_of(batch)
        counts.append(len(asked))
    assert counts[0] == counts[1]
