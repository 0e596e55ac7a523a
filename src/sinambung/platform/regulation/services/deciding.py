"""Confirm or return what another person entered."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.regulation.models import LocalEdition, LocalState
from sinambung.platform.regulation.services.entering import subject_for_trail
from sinambung.platform.regulation.trail import Trail

_DECISION = ["state", "decided_by_id", "decided_by_name", "decided_at", "decision_reason"]


class AlreadyDecided(Refused):
    message = _("Isian ini sudah diputuskan dan tidak dapat diubah lagi. Buat edisi baru.")


class SamePerson(Refused):
    message = _("Nilai harus dikonfirmasi orang lain, bukan yang mengisinya.")


class AlreadyInForce(Refused):
    message = _(
        "Sudah ada nilai yang dikonfirmasi sejak tanggal yang sama. "
        "Kembalikan isian ini agar tanggal berlakunya diperbaiki."
    )


@transaction.atomic
def confirm_local_values(*, id: str, version: int, by: Actor, at: dt.datetime) -> LocalEdition:
    """Put an entry in force; from then on it never changes."""
    entry = _undecided(id, version, by)
    same_day = LocalEdition.objects.filter(
        edition_key=entry.edition_key,
        subject=entry.subject,
        effective_on=entry.effective_on,
        state=LocalState.CONFIRMED,
    )
    if same_day.exists():
        raise AlreadyInForce
    _decide(entry, LocalState.CONFIRMED, by, at, "")
    audit.record(
        Trail.VALUES_CONFIRMED,
        subject_for_trail(entry),
        by=by,
        entered_by=entry.entered_by_name,
        values=entry.values,
    )
    return entry


@transaction.atomic
def return_local_values(
    *, id: str, version: int, reason: str, by: Actor, at: dt.datetime
) -> LocalEdition:
    """Send an entry back to the one who entered it, with the reason."""
    entry = _undecided(id, version, by)
    if not reason:
        raise Invalid(_("Tulis alasan pengembalian."), field="reason")
    _decide(entry, LocalState.RETURNED, by, at, reason)
    audit.record(
        Trail.VALUES_RETURNED,
        subject_for_trail(entry),
        by=by,
        reason=reason,
        entered_by=entry.entered_by_name,
    )
    return entry


def _undecided(id: str, version: int, by: Actor) -> LocalEdition:
    entry = LocalEdition.objects.locked(id, version=version)
    if entry.state != LocalState.WAITING:
        raise AlreadyDecided
    if entry.entered_by_id == by.id:
        raise SamePerson
    return entry


def _decide(
    entry: LocalEdition, state: LocalState, by: Actor, at: dt.datetime, reason: str
) -> None:
    entry.state = state
    entry.decided_by_id = by.id
    entry.decided_by_name = by.name
    entry.decided_at = at
    entry.decision_reason = reason
    save_changed(entry, _DECISION)
