"""Setting a file right before it is applied: correct a row, leave rows out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.exchange.kinds import Verdict, kind_named
from sinambung.platform.exchange.models import Import, StagedRow, State
from sinambung.platform.exchange.reading.layouts import RawRow, typed_row
from sinambung.platform.exchange.services.staging import (
    STAGED_FIELDS,
    context_of,
    judged,
    staged_values,
)
from sinambung.platform.exchange.services.uploads import subject
from sinambung.platform.exchange.trail import Trail
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import NotFound, Refused


class NotInReview(Refused):
    message = _("Impor ini tidak sedang ditinjau, jadi barisnya tidak dapat diubah lagi.")


@transaction.atomic
def correct_row(
    *, import_id: str, version: int | None, number: int, cells: Mapping[str, str], by: Actor
) -> StagedRow:
    """Put other texts into the cells of a row with problems, and check it again."""
    upload = Import.objects.locked(import_id, version=version)
    staged = StagedRow.objects.filter(
        upload=upload, number=number, verdict=Verdict.PROBLEM.value
    ).first()
    if staged is None:
        raise NotFound
    if upload.state != State.REVIEW:
        raise NotInReview
    kind = kind_named(upload.kind)
    context = context_of(upload, by=by)
    columns = [one for one in kind.columns(context) if one.key in upload.placed]
    columns.sort(key=lambda column: upload.placed.index(column.key))
    raw = [
        cells.get(column.key, old)
        for column, old in zip(columns, json.loads(staged.cells), strict=True)
    ]
    index = {column.key: order for order, column in enumerate(columns)}
    row = RawRow(typed_row(number, raw, columns, index), list(raw))
    checked = kind.check([row.row], context)[0]
    judged(row, checked, kind, _other_row_with(upload, checked.key, number))
    before = staged.problems
    for name, value in zip(STAGED_FIELDS, staged_values(row, checked), strict=True):
        setattr(staged, name, value)
    staged.save(update_fields=list(STAGED_FIELDS))
    _recount(upload, before, staged)
    audit.record(Trail.CORRECTED, subject(upload), by=by, number=number)
    return staged


@transaction.atomic
def choose(
    *,
    import_id: str,
    version: int | None,
    listed: Sequence[int],
    chosen: Sequence[int],
    by: Actor,
) -> int:
    """Of the listed rows, take in the chosen ones and leave the others out; return how many."""
    upload = Import.objects.locked(import_id, version=version)
    if upload.state != State.REVIEW:
        raise NotInReview
    rows = StagedRow.objects.filter(upload=upload, number__in=list(listed)[:1000])
    wanted = set(chosen)
    left_out = [number for number in listed if number not in wanted]
    rows.filter(number__in=left_out).update(is_chosen=False)
    rows.filter(number__in=list(wanted)).update(is_chosen=True)
    save_changed(upload, [])
    return len(wanted)


def _other_row_with(upload: Import, key: str, number: int) -> int | None:
    if not key:
        return None
    others = StagedRow.objects.filter(upload=upload, key=key).exclude(number=number)
    others = others.exclude(verdict=Verdict.LEFT_OUT.value)
    return others.order_by("number").values_list("number", flat=True).first()


def _recount(upload: Import, before: str, staged: StagedRow) -> None:
    problems = Counter(upload.problems_by_column)
    problems.subtract({problem[0] for problem in json.loads(before)})
    if staged.verdict == Verdict.PROBLEM.value:
        problems.update({problem[0] for problem in json.loads(staged.problems)})
    else:
        upload.problem_rows -= 1
        counter = f"{staged.verdict}_rows"
        setattr(upload, counter, getattr(upload, counter) + 1)
        upload.warned_rows += bool(staged.warnings)
        upload.deactivating_rows += staged.deactivates
    upload.problems_by_column = {name: count for name, count in problems.items() if count > 0}
    save_changed(
        upload,
        [
            *("problem_rows", "new_rows", "changed_rows", "same_rows"),
            *("warned_rows", "deactivating_rows", "problems_by_column"),
        ],
    )
