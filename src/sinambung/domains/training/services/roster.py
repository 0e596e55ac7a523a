"""Participants from a roster: added, refreshed, and taken back when the import is undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import Participant, ParticipantState
from sinambung.domains.training.queries.people import Snapshot, snapshots
from sinambung.domains.training.services.batches import locked_open_batch
from sinambung.domains.training.services.participants import (
    SNAPSHOT_FIELDS,
    UnknownNip,
    add_rows,
    remove_row,
    take_snapshot,
)
from sinambung.domains.training.services.subjects import participant_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.audit.services import Draft
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import ChangedMeanwhile


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One line of a roster. An empty agency means: as the personnel data say.

    `version` is that of the participant as the check saw it; `None` where there was none.
    """

    nip: str
    sending_agency: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RosterOutcome:
    """What became of a line: `before` holds the former values of a refreshed participant."""

    participant_id: str = ""
    before: Mapping[str, Any] | None = None
    refusal: Any = ""


@transaction.atomic
def add_from_roster(
    *, batch_id: str, entries: Sequence[RosterEntry], by: Actor
) -> list[RosterOutcome]:
    """Add or refresh participants; one outcome per entry, in order, and none stops the others."""
    batch = locked_open_batch(batch_id)
    nips = [entry.nip for entry in entries]
    people = snapshots(nips)
    present = {row.nip: row for row in Participant.objects.filter(batch=batch, nip__in=nips)}
    fresh = {
        entry.nip: (people[entry.nip], entry.sending_agency)
        for entry in entries
        if entry.nip in people and entry.nip not in present
    }
    added = {row.nip: row for row in add_rows(batch, list(fresh.values()))}
    subjects = [Draft(subject=participant_subject(row)) for row in added.values()]
    audit.record_all(Trail.PARTICIPANT_ADDED, subjects, by=by)
    outcomes = []
    for entry in entries:
        if entry.nip not in people:
            outcomes.append(RosterOutcome(refusal=UnknownNip([entry.nip]).sentence))
        elif entry.nip in added:
            outcomes.append(RosterOutcome(participant_id=added[entry.nip].pk))
        else:
            row = present[entry.nip]
            outcomes.append(_refresh(row, people[entry.nip], entry, by=by))
    return outcomes


def _refresh(row: Participant, person: Snapshot, entry: RosterEntry, *, by: Actor) -> RosterOutcome:
    if entry.version is not None and entry.version != row.version:
        return RosterOutcome(refusal=ChangedMeanwhile().sentence)
    before = {name: getattr(row, name) for name in SNAPSHOT_FIELDS}
    take_snapshot(row, person, agency=entry.sending_agency or row.sending_agency)
    changed = [name for name in SNAPSHOT_FIELDS if getattr(row, name) != before[name]]
    if changed:
        save_changed(row, changed)
        audit.record(Trail.PARTICIPANT_REFRESHED, participant_subject(row), by=by)
    return RosterOutcome(participant_id=row.pk, before=before)


@transaction.atomic
def undo_from_roster(
    *, rows: Sequence[tuple[str, Mapping[str, Any] | None]], by: Actor
) -> list[Any]:
    """Take back what a roster import did; answer a refusal, or nothing, per row."""
    answers: list[Any] = []
    for participant_id, before in rows:
        row = Participant.objects.filter(pk=participant_id).first()
        if row is None:
            answers.append("")
        elif before is not None:
            for name, value in before.items():
                setattr(row, name, value)
            save_changed(row, list(before))
            audit.record(Trail.PARTICIPANT_REFRESHED, participant_subject(row), by=by)
            answers.append("")
        elif row.state != ParticipantState.NOMINATED or row.documents.exists():
            answers.append(
                _("%(name)s sudah diproses sejak impor, sehingga tidak dihapus.")
                % {"name": row.display_name}
            )
        else:
            remove_row(row, by=by)
            answers.append("")
    return answers
