"""Saving marks: all or nothing, in range, nothing overwritten silently, all on the trail."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinambung.domains.training.models import FinalGrade, Mark
from sinambung.domains.training.services import marks
from sinambung.domains.training.services.marks import CellChange, MarksNotSaved, save_marks
from sinambung.platform.audit.models import Entry
from tests.domains.training import marking

pytestmark = pytest.mark.django_db


def test_marks_are_saved_with_rater_time_version_and_trail() -> None:
    batch, (person, *_) = marking.running_batch()
    by = marking.organiser()
    saved = save_marks(
        batch_id=batch.pk,
        changes=[CellChange(person.pk, "AKD/A1", "88,50")],
        by=by,
        at=marking.AT,
    )
    mark = Mark.objects.get()
    assert (mark.value, mark.version, mark.rater_id) == (Decimal("88.50"), 1, by.id)
    assert mark.marked_at == marking.AT
    assert saved[0].version == 1
    entry = Entry.objects.filter(action="training.mark_saved").get()
    assert entry.subject_id == person.pk
    assert entry.context_id == batch.pk


def test_the_first_mark_locks_the_scheme() -> None:
    batch, (person, *_) = marking.running_batch()
    save_marks(
        batch_id=batch.pk,
        changes=[CellChange(person.pk, "RAP", "80")],
        by=marking.organiser(),
        at=marking.AT,
    )
    batch.refresh_from_db()
    assert batch.scheme_locked_at == marking.AT
    assert Entry.objects.filter(action="training.scheme_locked").count() == 1


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("101", "100"),
        ("-1", "100"),
        ("88,555", "dua angka"),
        ("delapan", "angka"),
        ("1e2", "angka"),
        ("NaN", "angka"),
        ("=1+1", "angka"),
        ("<script>alert(1)</script>", "angka"),
        ("9" * 400, "angka"),
        ("٨٨", "angka"),
    ],
)
def test_a_mark_that_is_none_or_out_of_range_is_refused_with_a_sentence(
    typed: str, word: str
) -> None:
    batch, (person, other, *_) = marking.running_batch()
    with pytest.raises(MarksNotSaved) as refusal:
        save_marks(
            batch_id=batch.pk,
            changes=[
                CellChange(other.pk, "RAP", "80"),
                CellChange(person.pk, "RAP", typed),
            ],
            by=marking.organiser(),
            at=marking.AT,
        )
    assert word in refusal.value.problems[0].sentence
    assert refusal.value.status == 422
    assert not Mark.objects.exists()


@pytest.mark.parametrize("typed", ["0", "100", "0,00", "100,00", "88.5", " 88,5 "])
def test_marks_at_the_limits_are_saved(typed: str) -> None:
    batch, (person, *_) = marking.running_batch()
    save_marks(
        batch_id=batch.pk,
        changes=[CellChange(person.pk, "RAP", typed)],
        by=marking.organiser(),
        at=marking.AT,
    )
    assert Mark.objects.count() == 1


def test_the_second_of_two_organisers_is_told_both_values_and_nothing_is_overwritten() -> None:
    batch, (person, *_) = marking.running_batch()
    first, second = marking.organiser("satu"), marking.organiser("dua")
    save_marks(
        batch_id=batch.pk, changes=[CellChange(person.pk, "RAP", "80")], by=first, at=marking.AT
    )
    with pytest.raises(MarksNotSaved) as refusal:
        save_marks(
            batch_id=batch.pk,
            changes=[CellChange(person.pk, "RAP", "90", version=0)],
            by=second,
            at=marking.AT,
        )
    problem = refusal.value.problems[0]
    assert problem.is_conflict
    assert refusal.value.status == 409
    assert "80" in problem.sentence
    assert "90" in problem.sentence
    assert first.name in problem.sentence
    assert Mark.objects.get().value == 80


def test_an_emptied_and_refilled_cell_still_tells_a_stale_form() -> None:
    batch, (person, *_) = marking.running_batch()
    by = marking.organiser()
    for value, version in (("80", 0), ("", 1), ("90", 2)):
        save_marks(
            batch_id=batch.pk,
            changes=[CellChange(person.pk, "RAP", value, version)],
            by=by,
            at=marking.AT,
        )
    with pytest.raises(MarksNotSaved):
        save_marks(
            batch_id=batch.pk,
            changes=[CellChange(person.pk, "RAP", "70", version=1)],
            by=by,
            at=marking.AT,
        )
    assert Mark.objects.get().value == 90


def test_sending_the_same_form_twice_saves_once() -> None:
    batch, (person, *_) = marking.running_batch()
    by = marking.organiser()
    form = [CellChange(person.pk, "RAP", "80", version=0)]
    for _ in range(2):
        saved = save_marks(batch_id=batch.pk, changes=form, by=by, at=marking.AT)
    assert saved[0].version == 1
    assert Entry.objects.filter(action="training.mark_saved").count() == 1


def test_the_same_cell_twice_in_one_form_is_refused() -> None:
    batch, (person, *_) = marking.running_batch()
    with pytest.raises(MarksNotSaved):
        save_marks(
            batch_id=batch.pk,
            changes=[CellChange(person.pk, "RAP", "80"), CellChange(person.pk, "RAP", "81")],
            by=marking.organiser(),
            at=marking.AT,
        )


def test_a_participant_of_another_batch_or_an_unknown_cell_is_refused() -> None:
    batch, (person, *_) = marking.running_batch()
    _, (stranger, *_) = marking.running_batch(number=10, start=50)
    for participant, cell in ((stranger, "RAP"), (person, "TIDAK-ADA")):
        with pytest.raises(MarksNotSaved):
            save_marks(
                batch_id=batch.pk,
                changes=[CellChange(participant.pk, cell, "80")],
                by=marking.organiser(participant.pk[:9] + cell[:3]),
                at=marking.AT,
            )
    assert not Mark.objects.exists()


def test_a_substitute_marks_instead_of_the_examiner_never_beside() -> None:
    batch, (person, *_) = marking.running_batch()
    by = marking.organiser()
    save_marks(
        batch_id=batch.pk,
        changes=[CellChange(person.pk, "LAP@examiner", "80")],
        by=by,
        at=marking.AT,
    )
    with pytest.raises(MarksNotSaved):
        save_marks(
            batch_id=batch.pk,
            changes=[CellChange(person.pk, "LAP@substitute_examiner", "82")],
            by=by,
            at=marking.AT,
        )
    save_marks(
        batch_id=batch.pk,
        changes=[
            CellChange(person.pk, "LAP@examiner", "", 1),
            CellChange(person.pk, "LAP@substitute_examiner", "82"),
        ],
        by=by,
        at=marking.AT,
    )


def test_a_crash_in_the_middle_of_saving_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    batch, (person, *_) = marking.running_batch()

    def crash(*args: object, **kwargs: object) -> None:
        raise RuntimeError("mati di tengah jalan")

    monkeypatch.setattr(marks, "regrade", crash)
    with pytest.raises(RuntimeError):
        save_marks(
            batch_id=batch.pk,
            changes=[CellChange(person.pk, "RAP", "80")],
            by=marking.organiser(),
            at=marking.AT,
        )
    batch.refresh_from_db()
    assert not Mark.objects.exists()
    assert batch.scheme_locked_at is None
    assert not Entry.objects.filter(action="training.mark_saved").exists()


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    values=st.lists(st.decimals(75, 85, places=2), min_size=10, max_size=10),
)
def test_any_marks_give_the_grade_that_the_written_weights_give(
    values: list[Decimal], django_db_blocker: object
) -> None:
    from django.db import transaction

    with transaction.atomic():
        number = Mark.objects.count()
        batch, (person, *_) = marking.running_batch(count=1, number=100 + number)
        asked = [
            CellChange(person.pk, cell, value)
            for cell, value in zip(marking.CELLS, values, strict=True)
        ]
        save_marks(batch_id=batch.pk, changes=asked, by=marking.build.SYSTEM, at=marking.AT)
        grade = FinalGrade.objects.get(participant=person)
        assert Fraction(grade.value) == marking.oracle(person)
        transaction.set_rollback(True)
