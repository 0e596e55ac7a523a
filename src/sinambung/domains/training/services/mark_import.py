"""Marks that come as rows of a workbook: saved together, refused row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from sinambung.domains.training.services.marks import (
    CellChange,
    MarksNotSaved,
    SavedCell,
    save_marks,
)
from sinambung.platform.foundation.actors import Actor


@transaction.atomic
def save_rows_of_marks(
    *, batch_id: str, rows: Sequence[Sequence[CellChange]], by: Actor, at: dt.datetime
) -> tuple[dict[tuple[str, str], SavedCell], dict[str, str]]:
    """Save the rows that can be saved; return what was saved by participant and cell, and the
    refusals by participant."""
    refusals: dict[str, str] = {}
    changes = [change for row in rows for change in row]
    try:
        saved = _save(batch_id, changes, by, at)
    except MarksNotSaved as refusal:
        for problem in refusal.problems:
            refusals.setdefault(problem.participant_id, problem.sentence)
        rest = [change for change in changes if change.participant_id not in refusals]
        saved = _save(batch_id, rest, by, at)
    return {(cell.participant_id, cell.cell): cell for cell in saved}, refusals


def _save(
    batch_id: str, changes: Sequence[CellChange], by: Actor, at: dt.datetime
) -> tuple[SavedCell, ...]:
    if not changes:
        return ()
    return save_marks(batch_id=batch_id, changes=changes, by=by, at=at)
