"""Leaving a row with problems out of an import, and taking it back among them."""

from __future__ import annotations

import json
from collections import Counter

from django.db import transaction

from sinambung.platform.audit import services as audit
from sinambung.platform.exchange.kinds import Verdict
from sinambung.platform.exchange.models import Import, StagedRow, State
from sinambung.platform.exchange.services.correcting import NotInReview
from sinambung.platform.exchange.services.uploads import subject
from sinambung.platform.exchange.trail import Trail
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import NotFound


@transaction.atomic
def leave_out(
    *, import_id: str, version: int | None, number: int, left_out: bool = True, by: Actor
) -> StagedRow:
    """Leave a row with problems out, or (`left_out=False`) count it among them again."""
    upload = Import.objects.locked(import_id, version=version)
    was, becomes = Verdict.PROBLEM, Verdict.LEFT_OUT
    if not left_out:
        was, becomes = becomes, was
    row = StagedRow.objects.filter(upload=upload, number=number, verdict=was.value).first()
    if row is None:
        raise NotFound
    if upload.state != State.REVIEW:
        raise NotInReview
    row.verdict = becomes.value
    row.save(update_fields=["verdict"])
    problems = Counter(upload.problems_by_column)
    columns = {problem[0] for problem in json.loads(row.problems)}
    if left_out:
        problems.subtract(columns)
    else:
        problems.update(columns)
    upload.problem_rows += -1 if left_out else 1
    upload.problems_by_column = {name: count for name, count in problems.items() if count > 0}
    save_changed(upload, ["problem_rows", "problems_by_column"])
    action = Trail.LEFT_OUT if left_out else Trail.TAKEN_IN
    audit.record(action, subject(upload), by=by, number=number)
    return row
