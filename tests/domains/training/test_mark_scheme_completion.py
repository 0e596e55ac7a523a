"""A scheme without weights is completed by confirmed local values, explicitly and on the trail."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from sinambung.domains.training.models import Batch, FinalGrade
from sinambung.domains.training.queries.local_values import local_values_page
from sinambung.domains.training.services import closing
from sinambung.domains.training.services.grades import GradesCannotBeComputed, compute_grades
from sinambung.domains.training.services.marks import MarkingIsOver
from sinambung.platform.audit.models import Entry
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.regulation import services as regulation
from tests.domains.training import marking

pytestmark = pytest.mark.django_db
WEIGHTS = {"AKD": "20", "STL": "15", "RAP": "20", "LAP": "30", "SKP": "15"}


def confirmed(by: Actor, head: Actor, *, since: dt.date = dt.date(2024, 1, 1)) -> None:
    entry = regulation.enter_local_values(
        edition_key="pkp-2023",
        subject_key="weights",
        values=WEIGHTS,
        effective_on=since,
        source="Keputusan Kepala LAN 2/K.1/PDP.07/2023",
        article="Lampiran penilaian",
        by=by,
        at=marking.AT,
    )
    regulation.confirm_local_values(id=entry.pk, version=entry.version, by=head, at=marking.AT)


def complete(batch: Batch, by: Actor) -> Batch:
    return closing.complete_scheme(
        batch_id=batch.pk, version=None, by=by, at=marking.AT, on=marking.ON
    )


def test_marks_given_before_count_with_the_weights_that_came_later() -> None:
    by, head = marking.organiser(), marking.head()
    batch, people = marking.running_batch(2, key="pkp-2023")
    marking.fill(batch, people[:1], by=by, mark="84")
    with pytest.raises(GradesCannotBeComputed):
        compute_grades(batch_id=batch.pk, by=by, at=marking.AT)
    with pytest.raises(closing.NothingToAdopt):
        complete(batch, by)
    confirmed(by, head)
    batch.refresh_from_db()
    shown = local_values_page(batch, on=marking.ON)
    assert len(shown.missing) == 5
    assert {change.after for change in shown.changes} == set(WEIGHTS.values())
    complete(batch, by)
    grade = FinalGrade.objects.get(participant=people[0])
    assert Fraction(grade.value) == marking.oracle(people[0].__class__.objects.get(pk=people[0].pk))
    entry = Entry.objects.filter(action="training.scheme_completed").get()
    assert "Bobot" in entry.facts
    with pytest.raises(closing.NothingToAdopt):
        complete(batch, by)


def test_a_value_in_force_only_after_the_batch_is_not_taken() -> None:
    by = marking.organiser()
    batch, _ = marking.running_batch(1, key="pkp-2023")
    confirmed(by, marking.head(), since=dt.date(2027, 1, 1))
    with pytest.raises(closing.NothingToAdopt):
        closing.complete_scheme(
            batch_id=batch.pk, version=None, by=by, at=marking.AT, on=dt.date(2027, 2, 1)
        )


def test_after_closing_the_scheme_stays() -> None:
    batch, _ = marking.closed_batch(1)
    with pytest.raises(MarkingIsOver):
        complete(batch, marking.organiser("lain"))
