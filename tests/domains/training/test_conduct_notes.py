"""Conduct notes: written, answered once, withdrawn with a reason; deductions reach the grade."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from sinambung.domains.training.models import ConductNote, FinalGrade, Participant
from sinambung.domains.training.services import conduct
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Invalid
from tests.domains.training import marking

pytestmark = pytest.mark.django_db


def note(person: Participant, by: Actor, **facts: object) -> ConductNote:
    values = {
        "kind": "light",
        "text": "Terlambat apel pagi.",
        "noted_on": dt.date(2026, 9, 1),
        **facts,
    }
    return conduct.note_conduct(participant_id=person.pk, by=by, at=marking.AT, **values)  # type: ignore[arg-type]


def test_a_deduction_lowers_the_grade_and_a_withdrawn_one_gives_it_back() -> None:
    batch, (person, *_) = marking.running_batch(1, key="latsar-contoh")
    by = marking.organiser()
    marking.fill(batch, [person], by=by)
    before = Fraction(FinalGrade.objects.get().value)
    made = note(person, by, component="PLG", deduction="2,50")
    assert Fraction(FinalGrade.objects.get().value) == before - Fraction(5, 2)
    assert Fraction(FinalGrade.objects.get().value) == marking.oracle(person)
    with pytest.raises(Invalid):
        conduct.withdraw_note(note_id=made.pk, version=None, reason=" ", by=by, at=marking.AT)
    conduct.withdraw_note(
        note_id=made.pk, version=made.version, reason="Salah orang.", by=by, at=marking.AT
    )
    assert Fraction(FinalGrade.objects.get().value) == before
    with pytest.raises(conduct.NoteIsWithdrawn):
        conduct.withdraw_note(note_id=made.pk, version=None, reason="Lagi.", by=by, at=marking.AT)


def test_deductions_together_do_not_pass_the_maximum_of_the_scheme() -> None:
    batch, (person, *_) = marking.running_batch(1, key="latsar-contoh")
    by = marking.organiser()
    marking.fill(batch, [person], by=by)
    for _ in range(3):
        note(person, by, component="PLG", deduction=Decimal(6))
    assert FinalGrade.objects.get().shown == Decimal("75.00")
    assert Fraction(FinalGrade.objects.get().value) == marking.oracle(person)


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "bukan-jenis"},
        {"text": ""},
        {"text": "x" * 2001},
        {"component": "TIDAK-ADA", "deduction": "1"},
        {"component": "PLG", "deduction": "11"},
        {"component": "PLG", "deduction": "-1"},
        {"component": "PLG", "deduction": "banyak"},
        {"deduction": "1"},
        {"noted_on": dt.date(2026, 1, 1)},
        {"noted_on": dt.date(2027, 1, 1)},
    ],
)
def test_a_note_that_does_not_fit_is_refused(facts: dict[str, object]) -> None:
    _, (person, *_) = marking.running_batch(1, key="latsar-contoh")
    with pytest.raises(Invalid):
        note(person, marking.organiser(), **facts)


def test_the_participant_answers_once() -> None:
    _, (person, *_) = marking.running_batch(1)
    made = note(person, marking.organiser())
    own = Actor(id=person.employee.account_id or "", name=person.display_name)
    conduct.answer_note(
        note_id=made.pk, version=made.version, reply="Ban bocor.", by=own, at=marking.AT
    )
    with pytest.raises(conduct.NoteIsAnswered):
        conduct.answer_note(note_id=made.pk, version=None, reply="Lagi.", by=own, at=marking.AT)
    made.refresh_from_db()
    assert (made.reply, made.replied_at) == ("Ban bocor.", marking.AT)


def test_after_closing_nothing_is_noted_or_withdrawn() -> None:
    batch, (person, *_) = marking.running_batch(1)
    by = marking.organiser()
    made = note(person, by)
    marking.fill(batch, [person], by=by)
    marking.close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT)
    with pytest.raises(conduct.ConductIsClosed):
        note(person, by)
    with pytest.raises(conduct.ConductIsClosed):
        conduct.withdraw_note(note_id=made.pk, version=None, reason="x", by=by, at=marking.AT)
