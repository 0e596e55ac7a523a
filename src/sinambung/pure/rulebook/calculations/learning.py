"""Calculations of learning: lesson hours and the yearly obligation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sinambung.pure.rulebook.calculations.values import Outcome, accept
from sinambung.pure.rulebook.editions import Law
from sinambung.pure.rulebook.learning_obligation import yearly_obligation
from sinambung.pure.rulebook.lesson_hours import Activity, lesson_hours
from sinambung.pure.rulebook.mapping_reader import MappingReader
from sinambung.pure.rulebook.marks import comma, plain
from sinambung.pure.rulebook.nip import EmployeeKind


def hours(reader: MappingReader, on: date, law: Law) -> Outcome:
    activities = reader.children("activities", lambda child: _activity(child, on))
    accept(reader)
    result = lesson_hours(activities, on=on, law=law)
    value = {
        "total": plain(result.total),
        "activities": [
            {
                "key": counted.key,
                "form": counted.form,
                "hours": None if counted.hours is None else plain(counted.hours),
            }
            for counted in result.activities
        ],
    }
    working = (
        *(counted.working for counted in result.activities),
        f"Jumlah {comma(result.total)} JP",
    )
    return Outcome(value, working, result.basis, result.verified)


def _activity(reader: MappingReader, on: date) -> Activity:
    ended_on = reader.day("ended_on")
    if ended_on is None:
        reader.complain("ended_on", "wajib diisi dengan tanggal.")
    amount = reader.number("amount")
    if amount is None:
        reader.complain("amount", "wajib diisi dengan angka.")
    return Activity(
        key=reader.text("key"),
        form=reader.text("form"),
        began_on=reader.day("began_on") or ended_on or on,
        ended_on=ended_on or on,
        amount=amount or Decimal(0),
        abroad=reader.flag("abroad"),
        days=reader.whole("days"),
    )


def obligation(reader: MappingReader, on: date, law: Law) -> Outcome:
    hours, kind = reader.number("hours"), reader.choice("kind", EmployeeKind)
    if hours is None:
        reader.complain("hours", "wajib diisi dengan angka.")
    accept(reader)
    result = yearly_obligation(hours=hours or Decimal(0), kind=kind, on=on, law=law)
    value = {
        "counted": plain(result.counted),
        "minimum": None if result.minimum is None else plain(result.minimum),
        "maximum": None if result.maximum is None else plain(result.maximum),
        "missing": plain(result.missing),
        "above_maximum": plain(result.above_maximum),
        "fulfils": result.fulfils,
        "band": result.band,
    }
    working = (
        f"{kind.value}: {comma(hours or Decimal(0))} JP, terhitung {comma(result.counted)} JP",
        f"Kurang {comma(result.missing)} JP, melebihi batas {comma(result.above_maximum)} JP",
    )
    return Outcome(value, working, result.basis, result.verified)
