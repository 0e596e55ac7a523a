"""Imports in numbers, and the list of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from sinambung.platform.exchange.alarms import share_text
from sinambung.platform.exchange.kinds import kind_named
from sinambung.platform.exchange.models import Import, State
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.paging import Page, page_by_key
from sinambung.platform.ui.templatetags.ui import moment, whole

KEPT = dt.timedelta(days=30)
_TONES = {
    State.APPLIED: " badge--success",
    State.REFUSED: " badge--danger",
    State.REVIEW: " badge--info",
}
_HEAVY = ("placed", "changes_by_column", "problems_by_column")


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """An import in numbers."""

    id: str
    version: int
    kind: str
    title: str
    target: str
    file_name: str
    sheet: str
    state: str
    state_name: str
    uploaded_by_name: str
    uploaded_at: dt.datetime
    refusal: str
    notes: Sequence[str]
    rows: int
    new_rows: int
    changed_rows: int
    same_rows: int
    problem_rows: int
    warned_rows: int
    chosen_rows: int
    applied_rows: int
    refused_rows: int
    undone_rows: int
    reason: str
    applied_by_name: str
    applied_at: dt.datetime | None
    job_id: str
    options: dict[str, str]

    @property
    def changed_share(self) -> str:
        return share_text(self.changed_rows, self.rows)

    @property
    def left_out_rows(self) -> int:
        counted = self.new_rows + self.changed_rows + self.same_rows + self.problem_rows
        return self.rows - counted

    @property
    def waiting_rows(self) -> int:
        return self.chosen_rows - self.applied_rows - self.refused_rows


def import_summary(id: str) -> ImportSummary:
    """Return an import in numbers; raise `NotFound` for an unknown one."""
    row = Import.objects.filter(pk=id).first()
    if row is None:
        raise NotFound
    return summary_of(row)


def summary_of(row: Import) -> ImportSummary:
    return ImportSummary(
        id=row.pk,
        version=row.version,
        kind=row.kind,
        title=str(kind_named(row.kind).title),
        target=row.target,
        file_name=row.file_name,
        sheet=row.sheet,
        state=row.state,
        state_name=str(State(row.state).label),
        uploaded_by_name=row.uploaded_by_name,
        uploaded_at=row.uploaded_at,
        refusal=row.refusal,
        notes=row.notes,
        rows=row.rows,
        new_rows=row.new_rows,
        changed_rows=row.changed_rows,
        same_rows=row.same_rows,
        problem_rows=row.problem_rows,
        warned_rows=row.warned_rows,
        chosen_rows=row.chosen_rows,
        applied_rows=row.applied_rows,
        refused_rows=row.refused_rows,
        undone_rows=row.undone_rows,
        reason=row.reason,
        applied_by_name=row.applied_by_name,
        applied_at=row.applied_at,
        job_id=row.job_id,
        options=row.options,
    )


def page_of_imports(
    imports: QuerySet[Import], *, after: str = "", before: str = ""
) -> Page[ImportSummary]:
    """Return one page of imports, newest first."""
    rows = imports.defer(*_HEAVY)
    page = page_by_key(rows, order=["-id"], after=after, before=before)
    return Page([summary_of(row) for row in page.rows], page.after, page.before)


def lines_of(rows: Sequence[ImportSummary]) -> list[tuple[str, ...]]:
    """Return id, file, title, target, moment, uploader, rows, applied rows, tone and state."""
    return [
        (
            *(row.id, row.file_name, row.title, row.target),
            *(moment(row.uploaded_at), row.uploaded_by_name),
            *(whole(row.rows), whole(row.applied_rows)),
            *(_TONES.get(State(row.state), ""), row.state_name),
        )
        for row in rows
    ]


def is_undoable(row: Import, *, at: dt.datetime) -> bool:
    """Whether rows were applied and the time to take them back has not run out."""
    began = row.applied_at or row.uploaded_at
    applied = row.state == State.APPLIED or (row.state == State.APPLYING and row.applied_rows > 0)
    return applied and kind_named(row.kind).undo is not None and at - began <= KEPT
