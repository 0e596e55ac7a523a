"""Final grades: computed from marks and conduct notes, kept with working and basis."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    FinalGrade,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.mark_values import marks_to_grade
from sinambung.domains.training.queries.schemes import SchemeView, scheme_of
from sinambung.domains.training.services.subjects import batch_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.bulk import insert_rows, update_rows
from sinambung.platform.foundation.errors import Refused
from sinambung.pure.rulebook.grades import FinalGrade as Grade
from sinambung.pure.rulebook.grades import Step
from sinambung.pure.rulebook.marks import (
    BandsMissing,
    GradeWithheld,
    MarkMissing,
    RatersTooFarApart,
    WeightMissing,
)
from sinambung.pure.rulebook.ranking import ranking

GRADED_STATES = (
    ParticipantState.ACCEPTED,
    ParticipantState.ACTIVE,
    ParticipantState.POSTPONED,
)
DECIDED_STATES = (BatchState.DECIDED, BatchState.FINISHED, BatchState.CANCELLED)
COLUMNS = (
    "value",
    "shown",
    "distinction",
    "passes",
    "is_verified",
    "withheld",
    "working",
    "basis",
    "components",
    "computed_at",
)
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_quoted = encode_basestring
REASONS: dict[type[GradeWithheld], str] = {
    MarkMissing: "mark",
    WeightMissing: "weight",
    BandsMissing: "bands",
    RatersTooFarApart: "spread",
}


class GradesCannotBeComputed(Refused):
    """The scheme itself is incomplete; the sentence names the document to enter it from."""

    code = "scheme_incomplete"


class GradesAreFinal(Refused):
    message = _("Kelulusan angkatan ini sudah ditetapkan. Nilainya tidak dapat dihitung ulang.")


@dataclass(frozen=True, slots=True)
class Computed:
    computed: int
    withheld: int


@transaction.atomic
def compute_grades(*, batch_id: str, by: Actor, at: dt.datetime) -> Computed:
    """Compute every participant's final grade and place; refuse while the scheme lacks a weight."""
    batch = Batch.objects.select_related("edition").locked(batch_id)
    if batch.state in DECIDED_STATES:
        raise GradesAreFinal
    view = scheme_of(batch)
    require_complete_scheme(view)
    result = regrade(batch, view, None, at=at)
    audit.record(
        Trail.GRADES_COMPUTED,
        batch_subject(batch),
        by=by,
        computed=result.computed,
        withheld=result.withheld,
    )
    return result


def require_complete_scheme(view: SchemeView) -> None:
    """Refuse while a weight or the bands that every grade needs are unknown."""
    if view.missing:
        raise GradesCannotBeComputed(" ".join(view.missing))


def regrade(
    batch: Batch, view: SchemeView, participant_ids: Collection[str] | None, *, at: dt.datetime
) -> Computed:
    """Compute and keep the grades of some participants, in the caller's transaction and under its
    lock of the batch; `None` means all, and then everybody's place too."""
    people = Participant.objects.filter(batch=batch, state__in=GRADED_STATES)
    if participant_ids is not None:
        people = people.filter(pk__in=participant_ids)
    ids = list(people.order_by("number").values_list("pk", flat=True))
    marks = marks_to_grade(batch, view, participant_ids)
    grades = {id: view.grader.grade(marks.get(id, {})) for id in ids}
    places = None
    if participant_ids is None:
        ranked = ranking(grades, tie_breaks=view.scheme.tie_breaks)
        places = {place.participant: place.rank for place in ranked.places}
    stored = FinalGrade.objects.filter(participant__in=people.order_by())
    _keep(stored, grades, view, at, places)
    withheld = sum(1 for grade in grades.values() if grade.withheld)
    return Computed(computed=len(grades) - withheld, withheld=withheld)


def _keep(
    stored: QuerySet[FinalGrade],
    grades: Mapping[str, Grade],
    view: SchemeView,
    at: dt.datetime,
    places: Mapping[str, int] | None,
) -> None:
    """Write the grades: all of a batch anew (COPY is cheapest), or some in their places."""
    basis = json.dumps([citation.to_mapping() for citation in view.scheme.basis])
    rows = {id: _row(grade, basis, at) for id, grade in grades.items()}
    if places is not None:
        stored.delete()
        fresh = [(*row, places.get(id), id) for id, row in rows.items()]
        insert_rows(FinalGrade, [*COLUMNS, "place", "participant"], fresh)
        return
    known = set(stored.order_by("participant").values_list("participant_id", flat=True))
    update_rows(FinalGrade, COLUMNS, [(*rows[id], id) for id in rows if id in known])
    insert_rows(
        FinalGrade,
        [*COLUMNS, "participant"],
        [(*rows[id], id) for id in rows if id not in known],
    )


def _row(grade: Grade, basis: str, at: dt.datetime) -> tuple[Any, ...]:
    return (
        "" if grade.value is None else format(grade.value, "f"),
        grade.shown,
        grade.distinction,
        grade.passes,
        grade.verified,
        _as_json([_reason(reason) for reason in grade.withheld]) if grade.withheld else "[]",
        working_as_json(grade.working),
        basis,
        f'{{"marks": {_numbers(grade.components)}, "points": {_numbers(grade.points)}}}',
        at,
    )


def working_as_json(steps: Iterable[Step]) -> str:
    """Write the steps of a grade as JSON; `json.dumps` takes three times as long over decimals."""
    written = []
    for name, parts, value, note in steps:
        inner = ", ".join(
            f"[{'null' if weight is None else _number(weight)}, {_quoted(what)}, {_number(mark)}]"
            for weight, what, mark in parts
        )
        written.append(f"[{_quoted(name)}, [{inner}], {_number(value)}, {_quoted(note)}]")
    return f"[{', '.join(written)}]"


def _numbers(values: Mapping[str, Decimal]) -> str:
    inner = ", ".join(f"{_quoted(code)}: {_number(value)}" for code, value in values.items())
    return f"{{{inner}}}"


def _number(value: Decimal) -> str:
    """Write a decimal as JSON text, never with an exponent."""
    text = str(value)
    return f'"{value:f}"' if "E" in text else f'"{text}"'


def _reason(reason: GradeWithheld) -> dict[str, str]:
    return {
        "kind": REASONS[type(reason)],
        "item": "/".join(filter(None, reason.item)),
        "role": getattr(reason, "role", ""),
        "sentence": reason.sentence,
        "document": getattr(reason, "document", ""),
        "difference": str(getattr(reason, "difference", "")),
    }


def joined(sentences: Iterable[str]) -> str:
    """Return several sentences as one paragraph, each once."""
    return " ".join(dict.fromkeys(sentences))
