"""Which coaches, mentors and examiners a batch still lacks, and who holds each seat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinambung.domains.training.models import Assignment, AssignmentRole, Batch, Participant
from sinambung.domains.training.queries.assignments import PRESENT, roles_of
from sinambung.domains.training.queries.programmes import edition_of

STANDS_IN_FOR = {AssignmentRole.SUBSTITUTE_EXAMINER.value: AssignmentRole.EXAMINER.value}


@dataclass(frozen=True, slots=True)
class MissingRole:
    """A role that `count` accepted or active participants have nobody for."""

    label: str
    count: int

    @property
    def sentence(self) -> str:
        return _("%(role)s untuk %(count)s peserta") % {
            "role": self.label.lower(),
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class Seat:
    """The account and the name of who holds a role for a participant."""

    account_id: str
    name: str


def missing_raters(batch: Batch) -> list[MissingRole]:
    """Return the roles of the programme that somebody present lacks; a substitute fills a seat."""
    people = set(
        Participant.objects.filter(batch=batch, state__in=PRESENT)
        .order_by()
        .values_list("pk", flat=True)
    )
    held = {
        (person, STANDS_IN_FOR.get(role, role))
        for person, role in Assignment.objects.filter(batch=batch, until__isnull=True)
        .order_by()
        .values_list("participant_id", "role")
    }
    counts = [
        MissingRole(label, sum((person, role) not in held for person in people))
        for role, label in roles_of(edition_of(batch))
        if role not in STANDS_IN_FOR
    ]
    return [role for role in counts if role.count]


def seats_of(batch_id: str, participant_ids: Iterable[str]) -> Mapping[tuple[str, str], Seat]:
    """Return who holds a role now, by participant and role."""
    rows = Assignment.objects.filter(
        batch=batch_id, participant_id__in=list(participant_ids), until__isnull=True
    ).order_by()
    fields = ("participant_id", "role", "person_id", "person_name")
    return {
        (person, role): Seat(account, name)
        for person, role, account, name in rows.values_list(*fields)
    }
