"""Calculations of training: final grade, ranking, attendance and certificate numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sinambung.pure.rulebook.attendance import attendance_share
from sinambung.pure.rulebook.calculations.values import Outcome, accept
from sinambung.pure.rulebook.editions import Law
from sinambung.pure.rulebook.grades import FinalGrade
from sinambung.pure.rulebook.grading import final_grade
from sinambung.pure.rulebook.letter_numbers import TOKENS, parse_pattern
from sinambung.pure.rulebook.mapping_reader import MappingReader
from sinambung.pure.rulebook.marks import MarkKey, comma, plain
from sinambung.pure.rulebook.programmes.parsing import parse_edition
from sinambung.pure.rulebook.programmes.shipped import (
    edition_in_force,
    programme_codes,
    programme_edition,
)
from sinambung.pure.rulebook.programmes.values import ProgrammeEdition
from sinambung.pure.rulebook.ranking import ranking


def _edition(reader: MappingReader, on: date, law: Law) -> ProgrammeEdition:
    value = reader.get("edition")
    if isinstance(value, Mapping):
        return parse_edition(value)
    name = reader.text("edition")
    accept(reader)
    if name in programme_codes(law):
        return edition_in_force(name, on=on, law=law)
    return programme_edition(name, law, on=on)


def _marks(reader: MappingReader) -> dict[MarkKey, Decimal]:
    marks: dict[MarkKey, Decimal] = {}
    for key, mark in reader.children("marks", _mark):
        if key in marks:
            reader.complain(
                "marks", f"nilai {key.component} diisi dua kali oleh penilai yang sama."
            )
        marks[key] = mark
    accept(reader)
    return marks


def _mark(reader: MappingReader) -> tuple[MarkKey, Decimal]:
    mark = reader.number("mark")
    if mark is None and reader.get("mark") is None:
        reader.complain("mark", "wajib diisi.")
    key = MarkKey(
        reader.text("component"),
        *(reader.text(name, default="") for name in ("sub_component", "aspect", "role", "rater")),
    )
    return key, mark or Decimal(0)


def grade(reader: MappingReader, on: date, law: Law) -> Outcome:
    edition = _edition(reader, on, law)
    grade = final_grade(edition.assessment, _marks(reader))
    return Outcome(
        value=_grade_value(grade),
        working=tuple(step.text for step in grade.working),
        basis=grade.basis,
        verified=grade.verified,
    )


def _grade_value(grade: FinalGrade) -> dict[str, object]:
    return {
        "value": None if grade.value is None else plain(grade.value),
        "shown": None if grade.shown is None else format(grade.shown, "f"),
        "distinction": grade.distinction,
        "passes": grade.passes,
        "components": {code: plain(mark) for code, mark in grade.components.items()},
        "failed": list(grade.failed),
    }


def rank_batch(reader: MappingReader, on: date, law: Law) -> Outcome:
    edition = _edition(reader, on, law)
    participants = reader.children(
        "participants", lambda child: (child.text("participant"), _marks(child))
    )
    accept(reader)
    grades = {name: final_grade(edition.assessment, marks) for name, marks in participants}
    result = ranking(grades, tie_breaks=edition.assessment.tie_breaks)
    places = [
        {
            "participant": place.participant,
            "rank": place.rank,
            "value": plain(place.value),
            "shared": place.shared,
            "decided_by": place.decided_by,
        }
        for place in result.places
    ]
    working = tuple(
        f"Peringkat {place.rank}: {place.participant}, nilai {comma(place.value)}"
        + (f", ditentukan oleh {place.decided_by}" if place.decided_by else "")
        for place in result.places
    )
    return Outcome(places, working, edition.basis, result.verified)


def attend(reader: MappingReader, on: date, law: Law) -> Outcome:
    edition = _edition(reader, on, law)
    attended, scheduled = reader.number("attended_hours"), reader.number("scheduled_hours")
    if attended is None or scheduled is None:
        reader.complain("attended_hours", "isi JP yang dihadiri dan JP terjadwal.")
    minimum = edition.assessment.attendance_minimum
    if minimum is None:
        reader.complain("edition", "kehadiran minimal belum diisi pada edisi ini.")
    accept(reader)
    share = attendance_share(
        attended_hours=attended or Decimal(0),
        scheduled_hours=scheduled or Decimal(0),
        minimum=minimum or Decimal(0),
        basis=edition.basis,
        verified=edition.assessment.attendance_verified,
    )
    value = {
        "percent": plain(share.percent),
        "shown": format(share.shown, "f"),
        "minimum": plain(minimum or Decimal(0)),
        "fulfils": share.fulfils,
    }
    return Outcome(value, share.working, share.basis, share.verified)


def certificate_number(reader: MappingReader, on: date, law: Law) -> Outcome:
    pattern_text = reader.text("pattern")
    accept(reader)
    pattern = parse_pattern(pattern_text)
    values: dict[str, str | int] = dict(reader.child("values", _token_values))
    accept(reader)
    text = pattern.format(values)
    working = tuple(f"{{{token}}} = {values[token]}" for token in pattern.tokens)
    return Outcome(text, working, (law.cite("praktik-penomoran"),), False)


def _token_values(reader: MappingReader) -> dict[str, str | int]:
    values: dict[str, str | int] = {}
    for name in TOKENS:
        if name == "urut":
            values[name] = reader.whole(name) or 0
        elif reader.get(name) is not None:
            values[name] = str(reader.get(name))
    return values
