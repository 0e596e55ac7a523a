"""Final grades agree with fractions, with and without deductions, and say what withholds them."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from sinambung.domains.training.models import FinalGrade, Mark, RemarkRequest
from sinambung.domains.training.queries.ranking import ranking_of
from sinambung.domains.training.services.grades import compute_grades
from sinambung.domains.training.services.marks import save_marks
from sinambung.platform.audit.models import Entry
from tests.domains.training import marking

pytestmark = pytest.mark.django_db


def test_every_grade_of_a_batch_is_what_fractions_give() -> None:
    batch, people = marking.running_batch(12)
    luck = random.Random(4)
    by = marking.organiser()
    asked = [
        change
        for person in people
        for change in marking.changes(
            person, {cell: f"{luck.randint(7500, 8499) / 100:.2f}" for cell in marking.CELLS}
        )
    ]
    save_marks(batch_id=batch.pk, changes=asked, by=by, at=marking.AT)
    done = compute_grades(batch_id=batch.pk, by=by, at=marking.AT)
    assert (done.computed, done.withheld) == (12, 0)
    for grade in FinalGrade.objects.select_related("participant__batch"):
        exact = marking.oracle(grade.participant)
        assert Fraction(grade.value) == exact
        assert grade.shown == Decimal(round(exact * 100 + Fraction(1, 10**9))) / 100
        band = "Memuaskan" if exact > 80 else "Cukup Memuaskan"
        assert grade.distinction == band
    values = sorted((marking.oracle(p) for p in people), reverse=True)
    for row in ranking_of(batch.pk).rows:
        person = next(p for p in people if p.pk == row.participant_id)
        assert row.place == 1 + values.index(marking.oracle(person))


def test_equal_grades_are_told_apart_by_the_declared_tie_break() -> None:
    batch, people = marking.running_batch(3)
    by = marking.organiser()
    marking.fill(batch, people, by=by, mark="80")
    higher_project = marking.changes(people[1], {"RAP": "83", "SKP": "76"})
    save_marks(batch_id=batch.pk, changes=higher_project, by=by, at=marking.AT)
    rows = ranking_of(batch.pk).rows
    assert [row.place for row in rows] == [1, 2, 2]
    assert rows[0].participant_id == people[1].pk
    assert rows[0].decided_by == "aksi perubahan"
    assert rows[1].is_shared


def test_a_mark_of_exactly_the_limit_of_a_band_is_not_above_it() -> None:
    batch, people = marking.running_batch(2)
    by = marking.organiser()
    marking.fill(batch, people[:1], by=by, mark="90")
    marking.fill(batch, people[1:], by=by, mark="70")
    names = dict(FinalGrade.objects.values_list("participant_id", "distinction"))
    assert names[people[0].pk] == "Memuaskan"
    assert names[people[1].pk] == "Cukup Memuaskan"


def test_a_substitute_without_a_share_withholds_only_their_participant() -> None:
    batch, people = marking.running_batch(2)
    by = marking.organiser()
    marking.fill(batch, people, by=by)
    moved = marking.changes(people[0], {"LAP@examiner": "", "LAP@substitute_examiner": "85"})
    save_marks(batch_id=batch.pk, changes=moved, by=by, at=marking.AT)
    withheld = FinalGrade.objects.get(participant=people[0])
    assert withheld.value == ""
    assert withheld.withheld[0]["kind"] == "weight"
    assert "LAN 2/K.1/PDP.07/2023" in withheld.withheld[0]["sentence"]
    assert FinalGrade.objects.get(participant=people[1]).value


def test_raters_too_far_apart_are_asked_to_mark_again_until_they_agree() -> None:
    batch, people = marking.running_batch(2)
    by = marking.organiser()
    marking.fill(batch, people, by=by)
    save_marks(
        batch_id=batch.pk,
        changes=marking.changes(people[0], {"LAP@examiner": "92", "LAP@coach": "76,50"}),
        by=by,
        at=marking.AT,
    )
    request = RemarkRequest.objects.get()
    assert (request.difference, request.limit) == (Decimal("15.50"), 10)
    assert FinalGrade.objects.get(participant=people[0]).withheld[0]["kind"] == "spread"
    assert Entry.objects.filter(action="training.remark_requested").count() == 1
    save_marks(
        batch_id=batch.pk,
        changes=marking.changes(people[0], {"LAP@coach": "82"}),
        by=by,
        at=marking.AT,
    )
    request.refresh_from_db()
    assert request.resolved_at == marking.AT
    assert FinalGrade.objects.get(participant=people[0]).value


def test_a_difference_of_exactly_the_limit_is_accepted() -> None:
    batch, people = marking.running_batch(1)
    by = marking.organiser()
    marking.fill(batch, people, by=by)
    save_marks(
        batch_id=batch.pk,
        changes=marking.changes(people[0], {"LAP@coach": "75"}),
        by=by,
        at=marking.AT,
    )
    assert not RemarkRequest.objects.exists()


def test_an_unmarked_participant_is_incomplete_and_has_no_grade() -> None:
    batch, people = marking.running_batch(1)
    by = marking.organiser()
    marking.fill(batch, people, by=by)
    save_marks(
        batch_id=batch.pk, changes=marking.changes(people[0], {"RAP": ""}), by=by, at=marking.AT
    )
    grade = FinalGrade.objects.get()
    assert grade.value == ""
    assert [reason["kind"] for reason in grade.withheld] == ["mark"]
    assert Mark.objects.filter(value=None).count() == 1
