"""Reads for agencies that propose people."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import QuerySet

from sinambung.domains.training.models import Batch, Participant, ParticipantState
from sinambung.domains.training.queries.participants import TONES
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.pure.rulebook.nip import normalise_nip
from sinambung.pure.rulebook.programmes import EligibilityItem

MOST_BATCHES = 100


@dataclass(frozen=True, slots=True)
class OpenBatch:
    id: str
    name: str
    programme: str
    year: int
    starts_on: dt.date
    ends_on: dt.date
    venue: str
    quota: int


@dataclass(frozen=True, slots=True)
class ProposedLine:
    id: str
    nip: str
    name: str
    position: str
    unit_name: str
    tone: str
    state_label: str
    reason: str


@dataclass(frozen=True, slots=True)
class NominationPage:
    batch: Batch
    eligibility: tuple[EligibilityItem, ...]
    proposed: list[ProposedLine]

    @property
    def has_unverified(self) -> bool:
        return not all(item.verified for item in self.eligibility)


def open_batches(batches: QuerySet[Batch]) -> list[OpenBatch]:
    """Return the batches for which people may be proposed, the next one first."""
    rows = batches.select_related("programme").order_by("starts_on", "id")[:MOST_BATCHES]
    return [
        OpenBatch(
            id=row.pk,
            name=row.name,
            programme=row.programme.name,
            year=row.year,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            venue=row.venue,
            quota=row.quota,
        )
        for row in rows
    ]


def nomination_page(batch: Batch, proposed: QuerySet[Participant]) -> NominationPage:
    """Return the requirements of a batch and those whom the actor's units proposed."""
    lines = [
        ProposedLine(
            id=row.pk,
            nip=row.nip,
            name=row.display_name,
            position=row.position,
            unit_name=row.unit_name,
            tone=TONES[ParticipantState(row.state)],
            state_label=row.get_state_display(),
            reason=row.state_reason,
        )
        for row in proposed
    ]
    return NominationPage(batch, edition_of(batch).curriculum.eligibility, lines)


def nips_in(text: str) -> list[str]:
    """Return the NIPs in a text, one a line or separated by commas, each once."""
    words = [normalise_nip(word) for word in re.split(r"[,;\n\r\t]+", text)]
    return list(dict.fromkeys(word[:40] for word in words if word))
