"""What a roster is compared with before anything is applied."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sinambung.domains.training.models import (
    Batch,
    BatchState,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.passed_before import passed_before
from sinambung.domains.training.queries.people import Snapshot, nips_by_name, snapshots

BUSY_STATES = (
    ParticipantState.NOMINATED,
    ParticipantState.ACCEPTED,
    ParticipantState.ACTIVE,
    ParticipantState.POSTPONED,
)
OPEN_BATCHES = (BatchState.PREPARING, BatchState.RUNNING, BatchState.MARKS_CLOSED)


@dataclass(frozen=True, slots=True)
class RosterFacts:
    """Everything by NIP: personnel data, who is in the batch already, where else, what passed.

    `alike` gives, by name in small letters, the NIPs of employees so named.
    """

    people: Mapping[str, Snapshot]
    present: Mapping[str, Participant]
    elsewhere: Mapping[str, str]
    passed: Mapping[str, str]
    alike: Mapping[str, list[str]]


def roster_facts(batch_id: str, *, nips: Collection[str], names: Mapping[str, str]) -> RosterFacts:
    """Look up everything that checking a roster needs, in a constant number of queries.

    `names` gives the plain name written beside each NIP, to suggest the right NIP for a wrong one.
    """
    people = snapshots(nips)
    rows = Participant.objects.select_related("batch").filter(nip__in=list(nips)).order_by("id")
    present: dict[str, Participant] = {}
    elsewhere: dict[str, str] = {}
    for row in rows:
        title = f"{row.batch.name} {row.batch.year}"
        if row.batch_id == batch_id:
            present[row.nip] = row
        elif row.state in BUSY_STATES and row.batch.state in OPEN_BATCHES:
            elsewhere[row.nip] = title
    passed = passed_before(batch_id, nips=nips)
    unknown = [name for nip, name in names.items() if nip not in people and name]
    return RosterFacts(people, present, elsewhere, passed, nips_by_name(unknown))


def batch_title(batch_id: str) -> str:
    """Return "PKP Angkatan IX" of a batch, or nothing."""
    return Batch.objects.filter(pk=batch_id).values_list("name", flat=True).first() or ""
