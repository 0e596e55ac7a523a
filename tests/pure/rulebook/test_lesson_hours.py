"""Lesson hours of activities and the yearly obligation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinambung.pure.rulebook.editions import NotInForce
from sinambung.pure.rulebook.learning_obligation import yearly_obligation
from sinambung.pure.rulebook.lesson_hours import Activity, ActivityRefused, lesson_hours
from sinambung.pure.rulebook.nip import EmployeeKind

ON = date(2026, 12, 31)
MAY = date(2026, 5, 3)


def activity(form: str, amount: object, **more: Any) -> Activity:
    day = more.pop("on", MAY)
    return Activity(
        key=more.pop("key", "1"),
        form=form,
        began_on=more.pop("began_on", day),
        ended_on=more.pop("ended_on", day),
        amount=Decimal(str(amount)),
        **more,
    )


def hours(*activities: Activity) -> list[Decimal | None]:
    return [counted.hours for counted in lesson_hours(activities, on=ON).activities]


@pytest.mark.parametrize(
    ("given_activity", "expected"),
    [
        (activity("KL06", 3), 12),
        (activity("KL07", 2, abroad=True), 14),
        (activity("NKL03", 5), 3),
        (activity("NKL07", 1, abroad=True), 20),
        (activity("TB", 1), 20),
        (activity("KL03", 40, abroad=True), 48),
        (activity("KL01", 830), 830),
        (activity("NKL03", 5, abroad=True), 4),
        (activity("NKL09", 3, abroad=True), Decimal("2.4")),
        (activity("NKL05", 1), 20),
    ],
)
def test_what_one_activity_gives(given_activity: Activity, expected: object) -> None:
    assert hours(given_activity) == [expected]


def test_a_third_coaching_in_a_month_gives_nothing() -> None:
    days = [date(2026, 5, 3), date(2026, 5, 10), date(2026, 5, 24), date(2026, 6, 1)]
    sessions = [activity("NKL01", 1, key=str(n), on=day) for n, day in enumerate(days)]
    assert hours(*reversed(sessions)) == [2, 2, 0, 2]


def test_the_limit_of_a_day_holds_across_activities() -> None:
    assert hours(activity("NKL03", 2, key="a"), activity("NKL03", 2, key="b")) == [2, 1]
    assert hours(activity("NKL03", 2, key="a"), activity("NKL09", 2, key="b")) == [2, 2]


def test_a_day_filled_abroad_leaves_nothing_for_home() -> None:
    abroad = activity("NKL03", 4, key="a", abroad=True)
    assert hours(abroad, activity("NKL03", 2, key="b"), activity("NKL03", 1, key="c")) == [4, 0, 0]


def test_a_period_has_its_limit_for_each_day_that_was_used() -> None:
    month = {"began_on": date(2026, 5, 1), "ended_on": date(2026, 5, 31)}
    assert hours(activity("NKL03", 20, **month)) == [20]
    assert hours(activity("NKL03", 20, days=5, **month)) == [15]


def test_other_forms_are_decided_by_a_verifier() -> None:
    result = lesson_hours([activity("NKL11", 4), activity("KL06", 1, key="2")], on=ON)
    assert [counted.hours for counted in result.activities] == [None, 4]
    assert result.total == 4
    assert not result.verified
    assert result.activities[0].working == "Bimbingan di tempat kerja: JP ditetapkan verifikator"


def test_the_working_says_what_was_counted_and_which_limit_held() -> None:
    result = lesson_hours([activity("NKL03", 5), activity("KL06", 3, abroad=True, key="2")], on=ON)
    assert [counted.working for counted in result.activities] == [
        "E-learning: 3 JP × 1 = 3 JP; paling banyak 3 JP sehari",
        "Seminar/konferensi/sarasehan (internasional): 3 hari × 6 = 18 JP",
    ]
    coaching = lesson_hours([activity("NKL01", 3)], on=ON).activities[0]
    assert coaching.working == "Coaching: 2 kali × 2 = 4 JP; paling banyak 2 kali sebulan"
    assert str(result.basis[0]) == "Surat Sekretaris Utama BPS B-031/BPS/2600/02/2019"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (activity("XX", 1), "Bentuk kegiatan “XX” tidak ada dalam tabel JP."),
        (activity("KL06", -1), "Tanggal atau jumlah kegiatan 1 tidak mungkin."),
        (
            activity("KL06", 1, began_on=date(2026, 5, 4), ended_on=date(2026, 5, 3)),
            "Tanggal atau jumlah kegiatan 1 tidak mungkin.",
        ),
        (activity("NKL03", 1, days=0), "Jumlah hari kegiatan 1 harus paling sedikit 1."),
        (
            activity("NKL03", 1, began_on=date(1990, 1, 1)),
            "Kegiatan 1 lebih lama dari sepuluh tahun.",
        ),
    ],
)
def test_an_impossible_activity_is_refused(wrong: Activity, sentence: str) -> None:
    with pytest.raises(ActivityRefused) as refusal:
        lesson_hours([wrong], on=ON)
    assert refusal.value.sentence == sentence


def test_before_the_table_nothing_can_be_counted() -> None:
    with pytest.raises(NotInForce):
        lesson_hours([], on=date(2015, 1, 1))


FORMS = st.sampled_from(["KL01", "KL06", "NKL01", "NKL03", "NKL09", "TB"])
LISTS = st.lists(
    st.tuples(FORMS, st.decimals(0, 12, places=1), st.integers(1, 28)), min_size=1, max_size=8
)


def built(rows: list[tuple[str, Decimal, int]]) -> list[Activity]:
    return [
        activity(form, amount, key=str(number), on=date(2026, 5, day))
        for number, (form, amount, day) in enumerate(rows)
    ]


@given(LISTS)
def test_more_activities_never_give_less(rows: list[tuple[str, Decimal, int]]) -> None:
    totals = [lesson_hours(built(rows[:count]), on=ON).total for count in range(len(rows) + 1)]
    assert totals == sorted(totals)


@given(LISTS)
def test_no_day_and_no_month_gives_more_than_its_limit(
    rows: list[tuple[str, Decimal, int]],
) -> None:
    result = lesson_hours(built(rows), on=ON)
    by_form: dict[str, Decimal] = {}
    for counted in result.activities:
        by_form[counted.form] = by_form.get(counted.form, Decimal(0)) + (counted.hours or 0)
    assert by_form.get("NKL01", 0) <= 4
    assert by_form.get("NKL03", 0) <= 3 * len({day for form, _, day in rows if form == "NKL03"})


@pytest.mark.parametrize(
    ("kind", "given_hours", "counted", "missing", "above", "fulfils", "band"),
    [
        ("PNS", 0, 0, 20, 0, False, "0 JP"),
        ("PNS", "19.5", "19.5", "0.5", 0, False, "di atas 0 dan di bawah 20 JP"),
        ("PNS", 20, 20, 0, 0, True, "20 JP atau lebih"),
        ("PNS", 48, 48, 0, 0, True, "20 JP atau lebih"),
        ("PPPK", 10, 10, 0, 0, True, "di atas 0 dan di bawah 20 JP"),
        ("PPPK", 30, 24, 0, 6, True, "20 JP atau lebih"),
    ],
)
def test_the_duty_of_a_year(
    kind: str, given_hours: Any, counted: Any, missing: Any, above: Any, fulfils: bool, band: str
) -> None:
    result = yearly_obligation(
        hours=Decimal(str(given_hours)), kind=EmployeeKind(kind), on=date(2026, 1, 1)
    )
    assert (result.counted, result.missing, result.above_maximum) == (
        Decimal(str(counted)),
        Decimal(str(missing)),
        Decimal(str(above)),
    )
    assert (result.fulfils, result.band, result.verified) == (fulfils, band, True)
