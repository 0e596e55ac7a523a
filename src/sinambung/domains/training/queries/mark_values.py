"""Many marks at once: read as text, because the field's own conversion costs most of the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from sinambung.domains.training.models import Batch, ConductNote, Mark
from sinambung.domains.training.queries.schemes import SchemeView
from sinambung.pure.rulebook.marks import MarkKey

CENT = Decimal("0.01")


def stored_marks(marks: QuerySet[Mark]) -> Iterator[tuple[str, str, Decimal | None, int]]:
    """Yield participant, cell, value and version of every mark, in no order."""
    rows = marks.order_by().annotate(text=Cast("value", CharField()))
    known: dict[str, Decimal] = {}
    for participant, cell, text, version in rows.values_list(
        "participant_id", "cell", "text", "version"
    ):
        if text is None:
            yield participant, cell, None, version
            continue
        value = known.get(text)
        if value is None:
            # SQLite writes 88.5 where PostgreSQL writes 88.50.
            value = known[text] = Decimal(text).quantize(CENT)
        yield participant, cell, value, version


def marks_to_grade(
    batch: Batch, view: SchemeView, participant_ids: Collection[str] | None
) -> Mapping[str, Mapping[MarkKey, Decimal]]:
    """Return what the grade of each participant is computed from; `None` means everybody's.

    Deductions of conduct notes are among the marks, each with its note as rater.
    """
    marks: dict[str, dict[MarkKey, Decimal]] = defaultdict(dict)
    chosen: dict[str, Any] = {"participant__batch": batch}
    if participant_ids is not None:
        chosen["participant_id__in"] = participant_ids
    keys = {code: cell.key for code, cell in view.by_code.items()}
    for participant_id, cell, value, _version in stored_marks(Mark.objects.filter(**chosen)):
        key = keys.get(cell)
        if key is not None and value is not None:
            marks[participant_id][key] = value
    if view.deductions:
        notes = ConductNote.objects.filter(withdrawn_at=None, deduction__gt=0, **chosen).order_by()
        known = {deduction.code for deduction in view.deductions}
        for participant_id, id, component, points in notes.values_list(
            "participant_id", "pk", "component", "deduction"
        ):
            if component in known:
                marks[participant_id][MarkKey(component, rater=id)] = points
    return marks
