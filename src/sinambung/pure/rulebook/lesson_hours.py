"""Lesson hours (JP, 45 minutes each) that activities give.

Source of the conversion: a letter of BPS (B-031/BPS/2600/02/2019) whose numbers match what is
remembered of the annex of Peraturan LAN 10/2018; an agency may set its own table by decree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import cast

from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.editions import NATIONAL, Law
from sinambung.pure.rulebook.marks import comma
from sinambung.pure.rulebook.refusals import RuleRefused

ZERO = Decimal(0)
LONGEST_PERIOD = 3700


class CountedBy(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    TIMES = "times"
    SEMESTERS = "semesters"
    VERIFIER = "verifier"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    CountedBy.HOURS: "JP",
    CountedBy.DAYS: "hari",
    CountedBy.TIMES: "kali",
    CountedBy.SEMESTERS: "semester",
    CountedBy.VERIFIER: "JP menurut verifikator",
}


class ActivityRefused(RuleRefused):
    """An activity lacks what its form is counted by, or its dates are impossible."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of one person; `amount` counts hours, days, times or semesters by its form.

    `days` are the days really used by an activity with a daily limit; all days when None.
    """

    key: str
    form: str
    began_on: date
    ended_on: date
    amount: Decimal
    abroad: bool = False
    days: int | None = None


@dataclass(frozen=True, slots=True)
class CountedActivity:
    """What one activity gives; `hours` is None when a verifier decides."""

    key: str
    form: str
    hours: Decimal | None
    working: str


@dataclass(frozen=True, slots=True)
class LessonHours:
    total: Decimal
    activities: tuple[CountedActivity, ...]
    basis: tuple[Citation, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class _Form:
    code: str
    name: str
    counted_by: CountedBy
    each: Decimal
    each_abroad: Decimal
    most_times_a_month: int | None
    most_a_day: Decimal | None
    most_a_day_abroad: Decimal | None


@dataclass(slots=True)
class _Used:
    times: dict[tuple[str, int, int], Decimal] = field(default_factory=dict)
    hours: dict[tuple[str, date], Decimal] = field(default_factory=dict)


def lesson_hours(activities: Iterable[Activity], *, on: date, law: Law = NATIONAL) -> LessonHours:
    """Return what the activities of one person give, by the table in force on a day.

    Limits per day and month hold across activities, in order of their last day. Activities
    belong to the year of their last day. Raises ActivityRefused.
    """
    edition = law.in_force("learning/lesson-hours", on=on)
    forms = _forms(cast(Sequence[Mapping[str, object]], edition.values["rows"]))
    used = _Used()
    ordered = sorted(activities, key=lambda activity: (activity.ended_on, activity.key))
    counted = tuple(_count(activity, forms, used) for activity in ordered)
    total = sum((each.hours for each in counted if each.hours is not None), ZERO)
    return LessonHours(total, counted, (edition.citation,), edition.citation.verified)


def _forms(rows: Sequence[Mapping[str, object]]) -> dict[str, _Form]:
    return {
        str(row["code"]): _Form(
            code=str(row["code"]),
            name=str(row["name"]),
            counted_by=CountedBy(str(row["counted_by"])),
            each=_decimal(row, "each") or ZERO,
            each_abroad=_decimal(row, "each_abroad") or ZERO,
            most_times_a_month=cast(int | None, row.get("most_times_a_month")),
            most_a_day=_decimal(row, "most_a_day"),
            most_a_day_abroad=_decimal(row, "most_a_day_abroad"),
        )
        for row in rows
    }


def _decimal(row: Mapping[str, object], key: str) -> Decimal | None:
    value = row.get(key)
    return None if value is None else Decimal(str(value))


def _count(activity: Activity, forms: Mapping[str, _Form], used: _Used) -> CountedActivity:
    form = forms.get(activity.form)
    if form is None:
        raise ActivityRefused(f"Bentuk kegiatan “{activity.form}” tidak ada dalam tabel JP.")
    _refuse_impossible(activity)
    if form.counted_by is CountedBy.VERIFIER:
        return CountedActivity(
            activity.key, form.code, None, f"{form.name}: JP ditetapkan verifikator"
        )
    counted, limit = _counted(activity, form, used)
    each = form.each_abroad if activity.abroad else form.each
    where = " (internasional)" if activity.abroad else ""
    return CountedActivity(
        activity.key,
        form.code,
        counted * each,
        f"{form.name}{where}: {comma(counted)} {form.counted_by.label} × {comma(each)} = "
        f"{comma(counted * each)} JP{limit}",
    )


def _refuse_impossible(activity: Activity) -> None:
    if activity.ended_on < activity.began_on or activity.amount < 0:
        raise ActivityRefused(f"Tanggal atau jumlah kegiatan {activity.key} tidak mungkin.")
    if activity.days is not None and activity.days < 1:
        raise ActivityRefused(f"Jumlah hari kegiatan {activity.key} harus paling sedikit 1.")
    if (activity.ended_on - activity.began_on).days > LONGEST_PERIOD:
        raise ActivityRefused(f"Kegiatan {activity.key} lebih lama dari sepuluh tahun.")


def _counted(activity: Activity, form: _Form, used: _Used) -> tuple[Decimal, str]:
    if form.most_times_a_month is not None:
        counted = _within_month(activity, form, used)
        limit = f"paling banyak {form.most_times_a_month} kali sebulan"
    elif form.most_a_day is not None:
        counted, most = _within_days(activity, form, used)
        limit = f"paling banyak {comma(most)} JP sehari"
    else:
        return activity.amount, ""
    return counted, f"; {limit}" if counted < activity.amount else ""


def _within_month(activity: Activity, form: _Form, used: _Used) -> Decimal:
    month = (form.code, activity.ended_on.year, activity.ended_on.month)
    before = used.times.get(month, ZERO)
    counted = max(ZERO, min(activity.amount, Decimal(form.most_times_a_month or 0) - before))
    used.times[month] = before + counted
    return counted


def _within_days(activity: Activity, form: _Form, used: _Used) -> tuple[Decimal, Decimal]:
    most = (form.most_a_day_abroad if activity.abroad else form.most_a_day) or ZERO
    span = (activity.ended_on - activity.began_on).days + 1
    days = [activity.began_on + timedelta(days=number) for number in range(span)]
    room = {day: max(ZERO, most - used.hours.get((form.code, day), ZERO)) for day in days}
    widest = sorted(days, key=lambda day: (-room[day], day))[: activity.days or span]
    rest = activity.amount
    for day in widest:
        taken = min(rest, room[day])
        used.hours[form.code, day] = used.hours.get((form.code, day), ZERO) + taken
        rest -= taken
    return activity.amount - rest, most
