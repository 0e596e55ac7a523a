"""The page of one batch, and what its form needs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sinambung.domains.training.models import AssignmentRole, Batch, BatchState, ParticipantState
from sinambung.domains.training.queries.batches import (
    ON_LIST,
    AgencyRow,
    BatchCard,
    StageStep,
    agencies_of,
    assigned_names,
    card_of,
    quota_warning,
    stage_steps,
)
from sinambung.domains.training.queries.missing_raters import MissingRole, missing_raters
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.platform.audit.queries import TrailLine, entries_about, page_of_lines
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.models import Unit
from sinambung.pure.rulebook.programmes import ProgrammeEdition, Unverified, unverified_values

TRAIL_LINES = 12


@dataclass(frozen=True, slots=True)
class TrailDay:
    """Entries with their sentences; one that ends in a title's point takes no second one."""

    title: str
    entries: list[tuple[TrailLine, bool]]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Everything that the page of a batch shows, apart from the meeting's checklist."""

    batch: Batch
    card: BatchCard
    edition: ProgrammeEdition
    steps: list[StageStep]
    step_now: int
    agencies: list[AgencyRow]
    totals: AgencyRow
    warnings: list[str]
    unverified: tuple[Unverified, ...]
    nominated: int
    accepted: int
    missing_raters: list[MissingRole]
    coaches: list[str]
    examiners: list[str]
    trail: list[TrailDay]


def batch_page(batch: Batch, *, on: dt.date) -> BatchPage:
    """Return the page of a batch that access has already given."""
    edition = edition_of(batch)
    states = _states(batch)
    count = sum(number for state, number in states.items() if state in ON_LIST)
    steps = stage_steps(batch, on=on)
    agencies = agencies_of(batch.pk)
    warning = quota_warning(batch, count, edition=edition)
    return BatchPage(
        batch=batch,
        card=card_of(batch, participants=count),
        edition=edition,
        steps=steps,
        step_now=sum(step.state != "later" for step in steps),
        agencies=agencies,
        totals=AgencyRow(
            _("Jumlah"), sum(row.men for row in agencies), sum(row.women for row in agencies)
        ),
        warnings=[warning] if warning else [],
        unverified=unverified_values(edition),
        nominated=states.get(ParticipantState.NOMINATED, 0),
        accepted=states.get(ParticipantState.ACCEPTED, 0),
        missing_raters=missing_raters(batch) if batch.state == BatchState.PREPARING else [],
        coaches=assigned_names(batch.pk, AssignmentRole.COACH),
        examiners=assigned_names(batch.pk, AssignmentRole.EXAMINER),
        trail=trail_of(batch.pk),
    )


def trail_of(batch_id: str, *, size: int = TRAIL_LINES) -> list[TrailDay]:
    """Return the latest lines of a batch's trail by day."""
    lines = page_of_lines(entries_about(context_id=batch_id), size=size).rows
    days = groupby(lines, key=lambda line: timezone.localtime(line.at).date())
    return [
        TrailDay(date_format(day, "l, j F Y"), [(line, _needs_point(line)) for line in entries])
        for day, entries in days
    ]


def _needs_point(line: TrailLine) -> bool:
    return not line.text.removesuffix("</strong>").endswith(".")


def _states(batch: Batch) -> Mapping[str, int]:
    counted: dict[str, int] = {}
    for state in batch.participants.order_by().values_list("state", flat=True):
        counted[state] = counted.get(state, 0) + 1
    return counted


def host_choices(actor: Actor) -> list[tuple[str, str]]:
    """Return the agencies in the actor's reach, those that hosted before first.

    The government itself is offered only where no agency is recorded yet.
    """
    paths = actor.paths(Capability.MANAGE_BATCHES)
    rows = Unit.objects.exclude(kind=Unit.Kind.DIVISION).filter(until__isnull=True)
    units = list(rows.order_by("path").values_list("id", "name", "path", "kind", "code"))
    reached = [
        unit
        for unit in units
        if paths is None or any(unit[2].startswith(prefix) for prefix in paths)
    ]
    able = [unit for unit in reached if unit[3] == Unit.Kind.AGENCY] or reached
    names = Counter(unit[1] for unit in able)
    inside = [
        (id, name if names[name] == 1 else f"{name} ({code})")
        for id, name, _path, _kind, code in able
    ]
    used = set(Batch.objects.order_by().values_list("host_id", flat=True).distinct())
    return sorted(inside, key=lambda unit: unit[0] not in used)
