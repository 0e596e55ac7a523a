"""What waits for the one who confirms and for the one who entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Task
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.regulation.models import LocalEdition, LocalState


def tasks_for(actor: Actor, *, on: dt.date) -> list[Task]:
    """Return the entries that wait for the actor's confirmation or that came back to the actor."""
    tasks = []
    if actor.may(Capability.CONFIRM_REGULATION):
        waiting = LocalEdition.objects.filter(state=LocalState.WAITING).exclude(
            entered_by_id=actor.id
        )
        tasks += [_confirm_task(entry) for entry in waiting.order_by("entered_at")[:20]]
    if actor.may(Capability.ENTER_REGULATION):
        tasks += [_returned_task(entry) for entry in _returned_to(actor)]
    return tasks


def _returned_to(actor: Actor) -> Iterable[LocalEdition]:
    """Returned entries that nobody has entered anew since."""
    mine = LocalEdition.objects.filter(state=LocalState.RETURNED, entered_by_id=actor.id)
    for entry in mine.order_by("-entered_at")[:20]:
        later = LocalEdition.objects.filter(
            edition_key=entry.edition_key, subject=entry.subject, entered_at__gte=entry.decided_at
        )
        if not later.exclude(pk=entry.pk).exists():
            yield entry


def _confirm_task(entry: LocalEdition) -> Task:
    return Task(
        title=_("Konfirmasi %(subject)s") % {"subject": entry.subject_label},
        href=f"/regulasi/{entry.edition_key}/{entry.subject}/",
        reason=_("%(name)s mengisinya dari %(source)s.")
        % {"name": entry.entered_by_name, "source": entry.source},
    )


def _returned_task(entry: LocalEdition) -> Task:
    return Task(
        title=_("Perbaiki %(subject)s") % {"subject": entry.subject_label},
        href=f"/regulasi/{entry.edition_key}/{entry.subject}/",
        reason=_("%(name)s mengembalikannya: %(reason)s")
        % {"name": entry.decided_by_name, "reason": entry.decision_reason},
    )
