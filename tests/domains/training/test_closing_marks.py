"""Closing marks, and changing one afterwards: with a reason and a second person."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from sinambung.domains.training.models import BatchState, FinalGrade, Mark, MarkChange
from sinambung.domains.training.services import closing, mark_changes
from sinambung.domains.training.services.marks import CellChange, MarkingIsOver, save_marks
from sinambung.platform.audit.models import Entry
from sinambung.platform.foundation.errors import ChangedMeanwhile, Invalid, Refused
from tests.domains.training import marking

pytestmark = pytest.mark.django_db


def test_closing_refuses_while_somebody_is_incomplete_and_names_them() -> None:
    batch, people = marking.running_batch()
    by = marking.organiser()
    marking.fill(batch, people[:2], by=by)
    with pytest.raises(closing.SomeAreIncomplete) as refusal:
        closing.close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT)
    assert people[2].display_name in refusal.value.sentence
    closing.close_marks(
        batch_id=batch.pk, version=None, by=by, at=marking.AT, accept_incomplete=True
    )
    batch.refresh_from_db()
    assert batch.state == BatchState.MARKS_CLOSED


def test_closing_refuses_while_raters_are_too_far_apart() -> None:
    batch, people = marking.running_batch()
    by = marking.organiser()
    marking.fill(batch, people, by=by)
    save_marks(
        batch_id=batch.pk,
        changes=marking.changes(people[0], {"LAP@coach": "60"}),
        by=by,
        at=marking.AT,
    )
    with pytest.raises(closing.GradesNotReady, match="Selisih"):
        closing.close_marks(
            batch_id=batch.pk, version=None, by=by, at=marking.AT, accept_incomplete=True
        )


def test_closing_twice_or_with_a_stale_version_is_refused() -> None:
    batch, people = marking.running_batch()
    by = marking.organiser()
    marking.fill(batch, people, by=by)
    with pytest.raises(ChangedMeanwhile):
        closing.close_marks(batch_id=batch.pk, version=99, by=by, at=marking.AT)
    closing.close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT)
    with pytest.raises(MarkingIsOver):
        closing.close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT)


def test_after_closing_no_mark_is_saved_straight_away() -> None:
    batch, (person, *_) = marking.closed_batch()
    with pytest.raises(MarkingIsOver):
        save_marks(
            batch_id=batch.pk,
            changes=[CellChange(person.pk, "RAP", "90", 1)],
            by=marking.organiser(),
            at=marking.AT,
        )
    assert not Mark.objects.filter(value=90).exists()


def test_a_change_needs_a_reason_and_somebody_else_who_confirms_it() -> None:
    _batch, (person, *_) = marking.closed_batch()
    by, other = marking.organiser(), marking.head()
    with pytest.raises(Invalid):
        _propose(person, by, reason="  ")
    change = _propose(person, by)
    assert Mark.objects.get(participant=person, cell="RAP").value == 85
    with pytest.raises(mark_changes.OwnProposal):
        mark_changes.confirm_mark_change(change_id=change.pk, version=None, by=by, at=marking.AT)
    mark_changes.confirm_mark_change(
        change_id=change.pk, version=change.version, by=other, at=marking.AT
    )
    assert Mark.objects.get(participant=person, cell="RAP").value == 95
    grade = FinalGrade.objects.get(participant=person)
    assert Fraction(grade.value) == marking.oracle(person)
    assert grade.place == 1
    actions = Entry.objects.filter(subject_id=person.pk).values_list("action", flat=True)
    assert "training.mark_change_proposed" in actions
    assert "training.mark_change_confirmed" in actions


def test_a_rejected_change_says_why_and_changes_nothing() -> None:
    _batch, (person, *_) = marking.closed_batch()
    change = _propose(person, marking.organiser())
    head = marking.head()
    with pytest.raises(Invalid):
        mark_changes.reject_mark_change(
            change_id=change.pk, version=None, note="", by=head, at=marking.AT
        )
    mark_changes.reject_mark_change(
        change_id=change.pk, version=None, note="Tanpa bukti.", by=head, at=marking.AT
    )
    assert Mark.objects.get(participant=person, cell="RAP").value == 85
    with pytest.raises(mark_changes.ChangeAlreadyDecided):
        mark_changes.confirm_mark_change(change_id=change.pk, version=None, by=head, at=marking.AT)


def test_only_one_change_of_a_mark_waits_at_a_time() -> None:
    _batch, (person, *_) = marking.closed_batch()
    by = marking.organiser()
    _propose(person, by)
    with pytest.raises(mark_changes.ChangeAlreadyProposed):
        _propose(person, by, after="96")
    assert MarkChange.objects.count() == 1


def test_changes_before_closing_or_after_the_decision_are_refused() -> None:
    _open_batch, (early, *_) = marking.running_batch(number=11, start=30)
    with pytest.raises(mark_changes.MarksStillOpen):
        _propose(early, marking.organiser("a"))
    _, (late, *_) = marking.decided_batch()
    with pytest.raises(mark_changes.ParticipantIsDecided):
        _propose(late, marking.organiser("b"))


def test_missing_weights_are_named_with_their_document() -> None:
    from sinambung.domains.training.services.grades import (
        GradesCannotBeComputed,
        compute_grades,
    )

    batch, people = marking.running_batch(key="pkp-2023")
    by = marking.organiser()
    marking.fill(batch, people, by=by)
    with pytest.raises(GradesCannotBeComputed) as refusal:
        compute_grades(batch_id=batch.pk, by=by, at=marking.AT)
    assert "Keputusan Kepala LAN 2/K.1/PDP.07/2023" in refusal.value.sentence
    with pytest.raises(Refused):
        closing.close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT)


def _propose(
    person: object, by: object, *, after: str = "95", reason: str = "Salah salin."
) -> MarkChange:
    return mark_changes.propose_mark_change(
        participant_id=person.pk,  # type: ignore[attr-defined]
        cell="RAP",
        after=Decimal(after),
        reason=reason,
        by=by,  # type: ignore[arg-type]
        at=marking.AT,
    )
