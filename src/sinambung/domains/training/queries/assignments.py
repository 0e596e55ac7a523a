"""Reads about coaches, mentors and examiners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from sinambung.domains.training.models import Assignment, AssignmentRole, Batch
from sinambung.domains.training.queries.participants import ParticipantLine, participants_of
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.platform.identity.models import User
from sinambung.pure.rulebook.programmes import ProgrammeEdition

MOST_PEOPLE = 12
PRESENT = ("accepted", "active")


@dataclass(frozen=True, slots=True)
class LoadLine:
    """How many participants a person holds in a role; `remark` is too few or too many."""

    role: str
    name: str
    count: int
    is_low: bool
    is_high: bool


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    batch: Batch
    lines: list[ParticipantLine]
    loads: list[LoadLine]
    roles: list[tuple[str, str]]
    without: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    id: str
    version: int
    role: str
    role_label: str
    person_name: str
    since: dt.date
    until: dt.date | None
    reason: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    id: str
    name: str
    username: str
    title: str


def assignment_page(batch: Batch) -> AssignmentPage:
    """Return who holds which participant of a batch, with loads and gaps."""
    lines = participants_of(batch.pk, states=PRESENT, with_progress=True, batch=batch)
    roles = roles_of(edition_of(batch))
    held = {
        AssignmentRole.COACH: [line.coach for line in lines],
        AssignmentRole.MENTOR: [line.mentor for line in lines],
        AssignmentRole.EXAMINER: [line.examiner for line in lines],
    }
    without = [
        (str(AssignmentRole(role).label), held[AssignmentRole(role)].count(""))
        for role, _label in roles
        if AssignmentRole(role) in held
    ]
    return AssignmentPage(
        batch=batch,
        lines=lines,
        loads=_loads(batch),
        roles=roles,
        without=[(label, count) for label, count in without if count],
    )


def roles_of(edition: ProgrammeEdition) -> list[tuple[str, str]]:
    """Return the roles that a kind of programme has."""
    traits = edition.traits
    asked = [
        (traits.has_coach, AssignmentRole.COACH),
        (traits.has_mentor, AssignmentRole.MENTOR),
        (traits.has_examiner, AssignmentRole.EXAMINER),
        (traits.has_examiner, AssignmentRole.SUBSTITUTE_EXAMINER),
    ]
    return [(role.value, str(role.label)) for has, role in asked if has]


def _loads(batch: Batch) -> list[LoadLine]:
    counts: dict[tuple[str, str], int] = {}
    rows = Assignment.objects.filter(
        batch=batch, until__isnull=True, participant__state__in=PRESENT
    ).exclude(role=AssignmentRole.MENTOR)
    for role, name in rows.order_by("role", "person_name").values_list("role", "person_name"):
        counts[role, name] = counts.get((role, name), 0) + 1
    return [_load(batch, role, name, count) for (role, name), count in counts.items()]


def _load(batch: Batch, role: str, name: str, count: int) -> LoadLine:
    limits: Mapping[str, tuple[int, int]] = {
        AssignmentRole.COACH: (batch.load_minimum, batch.coach_load_maximum),
        AssignmentRole.EXAMINER: (0, batch.examiner_load_maximum),
    }
    least, most = limits.get(role, (0, 10_000))
    label = str(AssignmentRole(role).label)
    return LoadLine(label, name, count, is_low=count < least, is_high=count > most)


def assignments_of(participant_id: str) -> list[AssignmentLine]:
    """Return the present and former coaches, mentors and examiners of one participant."""
    rows = Assignment.objects.filter(participant=participant_id).order_by("role", "-since", "-id")
    return [
        AssignmentLine(
            id=row.pk,
            version=row.version,
            role=row.role,
            role_label=row.get_role_display(),
            person_name=row.person_name,
            since=row.since,
            until=row.until,
            reason=row.reason,
        )
        for row in rows
    ]


def people_like(text: str) -> list[PersonLine]:
    """Return active accounts whose name holds the text or whose user name begins with it."""
    matches = Q(name__icontains=text) | Q(username__startswith=text)
    rows = User.objects.filter(matches, is_active=True).order_by("name", "id")[:MOST_PEOPLE]
    return [PersonLine(row.pk, row.name, row.username, row.title) for row in rows]


def person_named(*, id: str, text: str) -> str | None:
    """Return the account chosen from the list, or the one whose user name or NIP was written."""
    rows = User.objects.filter(is_active=True)
    if id:
        return rows.filter(pk=id).values_list("pk", flat=True).first()
    digits = "".join(letter for letter in text if not letter.isspace())
    return rows.filter(username=digits).values_list("pk", flat=True).first() if digits else None
