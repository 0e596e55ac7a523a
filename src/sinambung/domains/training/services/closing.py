"""Closing the marks of a batch, and completing its scheme with confirmed local values."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    FinalGrade,
    ParticipantState,
)
from sinambung.domains.training.queries.local_values import adoptable_scheme, scheme_changes
from sinambung.domains.training.queries.schemes import scheme_of
from sinambung.domains.training.services.grades import regrade, require_complete_scheme
from sinambung.domains.training.services.marks import MarkingHasNotBegun, MarkingIsOver
from sinambung.domains.training.services.subjects import batch_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Refused
from sinambung.pure.rulebook.programmes.parsing import EditionProblems


class GradesNotReady(Refused):
    """Some grade is withheld for a reason that must be settled before closing."""

    code = "grades_not_ready"


class SomeAreIncomplete(Refused):
    code = "some_are_incomplete"
    message = _(
        "%(names)s belum lengkap dinilai dan akan diusulkan ditunda. Nyatakan bahwa nilai ditutup "
        "tanpa nilai itu, atau lengkapi dahulu."
    )


@transaction.atomic
def close_marks(
    *,
    batch_id: str,
    version: int | None,
    by: Actor,
    at: dt.datetime,
    accept_incomplete: bool = False,
) -> Batch:
    """Close the marks; from now on a change needs a reason and a second person.

    Refuses while a weight is missing or raters must mark again. Participants without all marks
    are named, and closing goes on only with `accept_incomplete`.
    """
    batch = Batch.objects.select_related("edition").locked(batch_id, version=version)
    if batch.state == BatchState.PREPARING:
        raise MarkingHasNotBegun
    if batch.state != BatchState.RUNNING:
        raise MarkingIsOver
    view = scheme_of(batch)
    require_complete_scheme(view)
    regrade(batch, view, None, at=at)
    incomplete = _incomplete(batch)
    if incomplete and not accept_incomplete:
        raise SomeAreIncomplete(names=", ".join(incomplete))
    batch.state = BatchState.MARKS_CLOSED
    batch.marks_closed_at = at
    save_changed(batch, ["state", "marks_closed_at"])
    audit.record(Trail.MARKS_CLOSED, batch_subject(batch), by=by, incomplete=", ".join(incomplete))
    return batch


def _incomplete(batch: Batch) -> list[str]:
    """Return who lacks marks; refuse when a grade is withheld for another reason."""
    rows = FinalGrade.objects.filter(
        participant__batch=batch, participant__state=ParticipantState.ACTIVE, passes=False
    )
    incomplete = []
    for grade in rows.select_related("participant").order_by("participant__number"):
        others = [reason for reason in grade.withheld if reason["kind"] != "mark"]
        name = grade.participant.display_name
        if others:
            raise GradesNotReady(f"{name}: {others[0]['sentence']}")
        if grade.withheld:
            incomplete.append(name)
    return incomplete


class NothingToAdopt(Refused):
    message = _(
        "Tidak ada nilai daerah yang sudah disahkan untuk edisi ini. Isi lebih dahulu pada "
        "Kelengkapan regulasi, lalu minta orang lain mengesahkannya."
    )


class LocalValuesDoNotFit(Refused):
    code = "local_values_do_not_fit"


@transaction.atomic
def complete_scheme(
    *, batch_id: str, version: int | None, by: Actor, at: dt.datetime, on: dt.date
) -> Batch:
    """Complete the batch's scheme with confirmed local values, and compute its grades again.

    Only while the marks are open; what changed stands on the trail.
    """
    batch = Batch.objects.select_related("edition").locked(batch_id, version=version)
    if batch.marks_closed_at is not None or batch.state == BatchState.CANCELLED:
        raise MarkingIsOver
    after = adoptable_scheme(batch, on=on)
    if after == batch.scheme:
        raise NothingToAdopt
    changes = list(scheme_changes(batch.scheme, after))
    batch.scheme = after
    try:
        view = scheme_of(batch)
    except EditionProblems as problems:
        raise LocalValuesDoNotFit(problems.sentence) from None
    save_changed(batch, ["scheme"])
    what = "; ".join(f"{change.path} {change.before or '–'} → {change.after}" for change in changes)
    audit.record(Trail.SCHEME_COMPLETED, batch_subject(batch), by=by, what=what)
    regrade(batch, view, None, at=at)
    return batch
