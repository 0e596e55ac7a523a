"""Read the curriculum part of an edition."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sinambung.pure.rulebook.mapping_reader import MappingReader
from sinambung.pure.rulebook.programmes.kinds import DayKind, LearningMode, SubjectKind
from sinambung.pure.rulebook.programmes.values import (
    Agenda,
    Curriculum,
    EligibilityItem,
    HoursByMode,
    Stage,
    Subject,
)


def read_curriculum(reader: MappingReader) -> Curriculum:
    """Return the curriculum; known hours may not exceed a known total."""
    curriculum = Curriculum(
        total_hours=reader.number("total_hours"),
        total_hours_verified=reader.flag("total_hours_verified"),
        total_days=reader.whole("total_days"),
        total_days_verified=reader.flag("total_days_verified"),
        quota_minimum=reader.whole("quota_minimum"),
        quota_maximum=reader.whole("quota_maximum"),
        quota_verified=reader.flag("quota_verified"),
        stages=reader.children("stages", _read_stage),
        agendas=reader.children("agendas", _read_agenda),
        subjects=reader.children("subjects", _read_subject),
        electives_minimum=reader.whole("electives_minimum"),
        electives_maximum=reader.whole("electives_maximum"),
        electives_verified=reader.flag("electives_verified"),
        eligibility=reader.children("eligibility", _read_eligibility),
    )
    _check_ranges(reader, curriculum)
    _check_codes(reader, curriculum)
    _check_hours(reader, curriculum)
    return curriculum


def _check_ranges(reader: MappingReader, curriculum: Curriculum) -> None:
    pairs = (
        ("quota_maximum", curriculum.quota_minimum, curriculum.quota_maximum),
        ("electives_maximum", curriculum.electives_minimum, curriculum.electives_maximum),
    )
    for key, least, most in pairs:
        if least is not None and most is not None and most < least:
            reader.complain(key, f"harus paling sedikit {least}.")


def _check_codes(reader: MappingReader, curriculum: Curriculum) -> None:
    refuse_repeated(reader, "stages", (stage.code for stage in curriculum.stages))
    refuse_repeated(reader, "agendas", (agenda.code for agenda in curriculum.agendas))
    refuse_repeated(reader, "subjects", (subject.code for subject in curriculum.subjects))
    refuse_repeated(reader, "eligibility", (item.code for item in curriculum.eligibility))
    known = {agenda.code for agenda in curriculum.agendas}
    for subject in curriculum.subjects:
        if subject.agenda and subject.agenda not in known:
            reader.complain(
                "subjects", f"“{subject.name}” menunjuk agenda {subject.agenda} yang tidak ada."
            )


def _check_hours(reader: MappingReader, curriculum: Curriculum) -> None:
    total = curriculum.total_hours
    if total is None:
        return
    stages = [stage.hours for stage in curriculum.stages]
    known = sum((hours for hours in stages if hours is not None), Decimal(0))
    if stages and None not in stages and known != total:
        reader.complain("stages", f"jumlah JP tahap {known}, seharusnya {total}.")
    elif known > total:
        reader.complain("stages", f"jumlah JP tahap {known} melebihi jumlah JP {total}.")
    subjects = sum(
        (subject.total_hours or Decimal(0) for subject in curriculum.subjects), Decimal(0)
    )
    if subjects > total:
        reader.complain("subjects", f"jumlah JP {subjects} melebihi jumlah JP {total}.")


def refuse_repeated(reader: MappingReader, key: str, codes: Iterable[str]) -> None:
    """Complain about every code that occurs twice in one list."""
    seen: set[str] = set()
    for code in codes:
        if code in seen and code:
            reader.complain(key, f"kode {code} dipakai dua kali.")
        seen.add(code)


def _read_stage(reader: MappingReader) -> Stage:
    least, most = reader.whole("days_minimum"), reader.whole("days_maximum")
    if least is not None and most is not None and most < least:
        reader.complain("days_maximum", f"harus paling sedikit {least}.")
    return Stage(
        code=reader.text("code"),
        name=reader.text("name"),
        mode=reader.choice("mode", LearningMode),
        hours=reader.number("hours"),
        days_minimum=least,
        days_maximum=most,
        day_kind=reader.choice("day_kind", DayKind, default=DayKind.TRAINING),
        verified=reader.flag("verified"),
    )


def _read_agenda(reader: MappingReader) -> Agenda:
    return Agenda(
        code=reader.text("code"),
        name=reader.text("name"),
        kind=reader.choice("kind", SubjectKind, default=SubjectKind.CORE),
        verified=reader.flag("verified"),
    )


def _read_subject(reader: MappingReader) -> Subject:
    return Subject(
        code=reader.text("code"),
        name=reader.text("name"),
        agenda=reader.text("agenda", default=""),
        kind=reader.choice("kind", SubjectKind, default=SubjectKind.CORE),
        hours=reader.children("hours", _read_hours),
        verified=reader.flag("verified"),
        hours_verified=reader.flag("hours_verified"),
    )


def _read_hours(reader: MappingReader) -> HoursByMode:
    return HoursByMode(
        mode=reader.choice("mode", LearningMode), hours=reader.number("hours", most=Decimal(10_000))
    )


def _read_eligibility(reader: MappingReader) -> EligibilityItem:
    return EligibilityItem(
        code=reader.text("code"),
        name=reader.text("name"),
        rule=reader.text("rule", default=""),
        document=reader.flag("document"),
        required=reader.flag("required", default=True),
        verified=reader.flag("verified"),
    )
