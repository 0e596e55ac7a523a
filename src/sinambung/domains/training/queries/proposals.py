"""What the system proposes to a graduation meeting, person by person, with the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sinambung.domains.training.models import (
    Batch,
    DocumentState,
    FinalGrade,
    Outcome,
    Participant,
    ParticipantDocument,
    ParticipantState,
)
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.queries.schemes import SchemeView, scheme_of
from sinambung.pure.rulebook.attendance import AttendanceRefused, attendance_share
from sinambung.pure.rulebook.marks import comma
from sinambung.pure.rulebook.programmes import EligibilityItem

BEFORE_DECISION = (
    ParticipantState.ACCEPTED,
    ParticipantState.ACTIVE,
    ParticipantState.WITHDRAWN,
    ParticipantState.DROPPED,
    ParticipantState.DECEASED,
)
LEFT = {
    ParticipantState.WITHDRAWN: Outcome.WITHDRAWN,
    ParticipantState.DROPPED: Outcome.DROPPED,
    ParticipantState.DECEASED: Outcome.DECEASED,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """`missing` is what a postponed participant still owes; `reasons` explains any outcome.

    `may_pass` says whether the meeting may let the person pass at all: with a grade that does."""

    participant: Participant
    outcome: Outcome
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    attendance: str
    grade: str
    shown: Decimal | None
    distinction: str
    place: int | None
    may_pass: bool


def proposals_for(batch: Batch, *, is_first: bool = True) -> list[Proposal]:
    """Return a proposal for everybody whom a meeting decides on, in the order of the roster.

    The first meeting decides on everybody, a later one on those who were postponed.
    """
    states = BEFORE_DECISION if is_first else (ParticipantState.POSTPONED,)
    people = list(
        Participant.objects.filter(batch=batch, state__in=states).order_by("number", "id")
    )
    grades = {
        grade.participant_id: grade
        for grade in FinalGrade.objects.filter(participant__in=people).defer("basis")
    }
    accepted = _accepted_items(people)
    view = scheme_of(batch)
    required = [item for item in edition_of(batch).curriculum.eligibility if item.required]
    return [
        _proposal(person, grades.get(person.pk), accepted[person.pk], required, view)
        for person in people
    ]


def owing_papers(batch: Batch, people: Iterable[Participant]) -> set[str]:
    """Return the participants for whom a required paper is neither accepted nor confirmed."""
    required = {item.code for item in edition_of(batch).curriculum.eligibility if item.required}
    accepted = _accepted_items(people)
    return {person.pk for person in people if required - accepted[person.pk]}


def attendance_of(person: Participant, view: SchemeView) -> tuple[str, bool]:
    """Return the share of lesson hours as text, and whether it reaches the scheme's minimum."""
    minimum = view.scheme.attendance_minimum
    scheduled, attended = person.lesson_hours_scheduled, person.lesson_hours_attended
    if scheduled is None or attended is None:
        return "", minimum is None
    try:
        share = attendance_share(
            attended_hours=attended,
            scheduled_hours=scheduled,
            minimum=minimum or Decimal(0),
            basis=view.scheme.basis,
            verified=view.scheme.attendance_verified,
        )
    except AttendanceRefused as refusal:
        return refusal.sentence, False
    return f"{comma(share.shown)}%", share.fulfils


def _accepted_items(people: Iterable[Participant]) -> Mapping[str, set[str]]:
    accepted: dict[str, set[str]] = defaultdict(set)
    for person in people:
        accepted[person.pk] |= set(person.confirmed_items)
    documents = ParticipantDocument.objects.filter(
        participant__in=list(accepted), state=DocumentState.ACCEPTED
    )
    for participant_id, item in documents.order_by().values_list("participant_id", "item"):
        accepted[participant_id].add(item)
    return accepted


def _proposal(
    person: Participant,
    grade: FinalGrade | None,
    accepted: set[str],
    required: Iterable[EligibilityItem],
    view: SchemeView,
) -> Proposal:
    share, attends = attendance_of(person, view)
    missing = [*_missing_marks(grade), *_missing_attendance(share, attends, view)]
    lacking = [item.name for item in required if item.code not in accepted]
    if lacking:
        missing.append(_("Berkas belum lengkap: %(items)s.") % {"items": ", ".join(lacking)})
    left = LEFT.get(ParticipantState(person.state))
    failed = _failed(grade, view)
    if left is not None:
        outcome, reasons = left, [person.state_reason or str(left.label)]
    elif missing:
        outcome, reasons = Outcome.POSTPONED, missing
    elif failed:
        outcome, reasons = Outcome.FAILED, failed
    else:
        outcome, reasons = Outcome.PASSED, [_passed(grade, share)]
    return Proposal(
        participant=person,
        outcome=outcome,
        reasons=tuple(reasons),
        missing=tuple(missing) if outcome == Outcome.POSTPONED else (),
        attendance=share,
        grade=grade.value if grade else "",
        shown=grade.shown if grade else None,
        distinction=grade.distinction if grade else "",
        place=grade.place if grade else None,
        may_pass=left is None and grade is not None and grade.passes and not grade.withheld,
    )


def _missing_marks(grade: FinalGrade | None) -> list[str]:
    if grade is None:
        return [_("Nilai akhir belum dihitung.")]
    missing = [reason["sentence"] for reason in grade.withheld]
    return [*missing, *(_failed_prerequisites(grade) if not missing else [])]


def _failed_prerequisites(grade: FinalGrade) -> list[str]:
    """Name prerequisites that are not met: the step says so, whatever the band."""
    return [
        f"{step[0]}{step[3]}."
        for step in grade.working
        if step[3].startswith(": prasyarat") and step[3].endswith("tidak terpenuhi")
    ]


def _missing_attendance(share: str, attends: bool, view: SchemeView) -> list[str]:
    minimum = view.scheme.attendance_minimum
    if attends or minimum is None:
        return []
    if not share:
        return [_("Kehadiran belum dicatat.")]
    facts = {"share": share, "minimum": comma(minimum)}
    return [_("Kehadiran %(share)s, paling sedikit %(minimum)s%%.") % facts]


def _failed(grade: FinalGrade | None, view: SchemeView) -> list[str]:
    if grade is None or grade.passes or grade.shown is None:
        return []
    facts = {
        "grade": comma(grade.shown),
        "distinction": grade.distinction,
        "pass_mark": comma(view.scheme.pass_mark or Decimal(0)),
    }
    return [
        _("Nilai akhir %(grade)s (%(distinction)s), nilai minimal lulus %(pass_mark)s.") % facts
    ]


def _passed(grade: FinalGrade | None, share: str) -> str:
    if grade is None or grade.shown is None:
        return _("Semua syarat terpenuhi, kehadiran %(share)s.") % {"share": share or "–"}
    facts = {"grade": comma(grade.shown), "distinction": grade.distinction, "share": share or "–"}
    return _("Nilai akhir %(grade)s (%(distinction)s), kehadiran %(share)s.") % facts
