"""Reads about batches: the list, one card, the page of one batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinambung.domains.training.models import (
    Assignment,
    AssignmentRole,
    Batch,
    BatchState,
    Participant,
    ParticipantState,
    Programme,
)
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.paging import Page, page_by_key
from sinambung.platform.ui.templatetags.ui import day_range
from sinambung.pure.rulebook.letter_numbers import to_roman
from sinambung.pure.rulebook.programmes import ProgrammeEdition, unverified_values

ON_LIST = (
    ParticipantState.ACCEPTED,
    ParticipantState.ACTIVE,
    ParticipantState.POSTPONED,
    ParticipantState.FAILED,
    ParticipantState.PASSED,
)
TONES = {
    BatchState.PREPARING: "info",
    BatchState.RUNNING: "brand",
    BatchState.MARKS_CLOSED: "warning",
    BatchState.DECIDED: "success",
    BatchState.FINISHED: "neutral",
    BatchState.CANCELLED: "danger",
}
LIST_FIELDS = (
    "id", "name", "year", "number", "programme__name", "starts_on", "ends_on", "venue", "quota",
    "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BatchCard:
    """What other parts show of a batch. `participants` counts those accepted or beyond."""

    id: str
    version: int
    name: str
    title: str
    year: int
    number: int
    roman: str
    programme_code: str
    programme_name: str
    edition_key: str
    edition_label: str
    state: str
    state_label: str
    tone: str
    starts_on: dt.date
    ends_on: dt.date
    venue: str
    theme: str
    sponsor: str
    funding: str
    manager_name: str
    host_id: str
    host_name: str
    host_path: str
    quota: int
    participants: int
    lesson_hours: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class BatchRow:
    id: str
    name: str
    year: int
    programme: str
    starts_on: dt.date
    ends_on: dt.date
    days: str
    venue: str
    quota: int
    participants: int
    state_label: str
    tone: str


@dataclass(frozen=True, slots=True)
class BatchFilter:
    text: str = ""
    programme: str = ""
    year: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class BatchList:
    page: Page[BatchRow]
    asked: BatchFilter
    programmes: list[tuple[str, str]]
    years: list[int]
    states: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class StageStep:
    label: str
    note: str
    state: str
    code: str
    starts_on: dt.date | None
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class AgencyRow:
    name: str
    men: int
    women: int

    @property
    def total(self) -> int:
        return self.men + self.women


def batch_card(batch_id: str) -> BatchCard:
    """Return the card of one batch."""
    rows = Batch.objects.select_related("programme", "edition", "host").filter(pk=batch_id)
    batch = rows.annotate(people=Count("participants", Q(participants__state__in=ON_LIST))).first()
    if batch is None:
        raise NotFound
    return card_of(batch, participants=batch.people)


def card_of(batch: Batch, *, participants: int) -> BatchCard:
    """Return the card of a batch that is already loaded."""
    edition = edition_of(batch)
    hours = edition.curriculum.total_hours
    return BatchCard(
        id=batch.pk,
        version=batch.version,
        name=batch.name,
        title=f"{batch.name} {_('Tahun')} {batch.year}",
        year=batch.year,
        number=batch.number,
        roman=to_roman(batch.number),
        programme_code=batch.programme.code,
        programme_name=batch.programme.name,
        edition_key=batch.edition.key,
        edition_label=batch.edition.label,
        state=batch.state,
        state_label=batch.get_state_display(),
        tone=TONES[BatchState(batch.state)],
        starts_on=batch.starts_on,
        ends_on=batch.ends_on,
        venue=batch.venue,
        theme=batch.theme,
        sponsor=batch.sponsor,
        funding=batch.funding,
        manager_name=batch.manager_name,
        host_id=batch.host_id,
        host_name=batch.host.name,
        host_path=batch.host.path,
        quota=batch.quota,
        participants=participants,
        lesson_hours="" if hours is None else format(hours.normalize(), "f"),
        is_sample=edition.is_sample,
    )


def batch_list(
    batches: QuerySet[Batch], *, asked: BatchFilter, after: str = "", before: str = ""
) -> BatchList:
    """Return one page of the batches in reach, newest first."""
    rows = _filtered(batches, asked).values_list(*LIST_FIELDS, named=True)
    page = page_by_key(rows, order=["-starts_on", "id"], after=after, before=before)
    counts = counts_of(row.id for row in page.rows)
    labels = {state.value: str(state.label) for state in BatchState}
    return BatchList(
        page=Page(
            rows=[_row(row, counts.get(row.id, 0), labels) for row in page.rows],
            after=page.after,
            before=page.before,
        ),
        asked=asked,
        programmes=list(Programme.objects.order_by("code").values_list("code", "name")),
        years=list(batches.order_by("-year").values_list("year", flat=True).distinct()),
        states=list(labels.items()),
    )


def _filtered(batches: QuerySet[Batch], asked: BatchFilter) -> QuerySet[Batch]:
    if asked.programme:
        batches = batches.filter(programme__code=asked.programme)
    if asked.year is not None:
        batches = batches.filter(year=asked.year)
    if asked.state in BatchState.values:
        batches = batches.filter(state=asked.state)
    if asked.text:
        matches = Q(name__icontains=asked.text) | Q(venue__icontains=asked.text)
        batches = batches.filter(matches | Q(programme__name__icontains=asked.text))
    return batches


def counts_of(batch_ids: Iterable[str]) -> dict[str, int]:
    """Count the participants accepted or beyond, by batch."""
    rows = Participant.objects.filter(batch__in=list(batch_ids), state__in=ON_LIST)
    return dict(rows.order_by().values_list("batch").annotate(Count("id")))


def _row(row: Any, participants: int, labels: Mapping[str, str]) -> BatchRow:
    return BatchRow(
        id=row.id,
        name=row.name,
        year=row.year,
        programme=row.programme__name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        days=_days(row.starts_on, row.ends_on, get_language() or ""),
        venue=row.venue,
        quota=row.quota,
        participants=participants,
        state_label=labels[row.state],
        tone=TONES[BatchState(row.state)],
    )


@lru_cache(maxsize=4096)
def _days(since: dt.date, until: dt.date, language: str) -> str:
    """Write two days in a language; the words are the same on every page that shows them."""
    return day_range(since, until)


def stage_steps(batch: Batch, *, on: dt.date) -> list[StageStep]:
    """Return the stages with what is done, now and later on a day."""
    stages = sorted(batch.stages.all(), key=lambda stage: stage.order)
    return [
        StageStep(
            label=stage.name,
            note="",
            state=_stage_state(batch, stage.starts_on, stage.ends_on, on),
            code=stage.code,
            starts_on=stage.starts_on,
            ends_on=stage.ends_on,
        )
        for stage in stages
    ]


def _stage_state(
    batch: Batch, starts_on: dt.date | None, ends_on: dt.date | None, on: dt.date
) -> str:
    if batch.state in (BatchState.DECIDED, BatchState.FINISHED):
        return "done"
    if ends_on and ends_on < on:
        return "done"
    return "now" if starts_on and starts_on <= on else "later"


def agencies_of(batch_id: str) -> list[AgencyRow]:
    """Count accepted participants by sending agency and sex, largest first."""
    rows = (
        Participant.objects.filter(batch=batch_id, state__in=ON_LIST)
        .order_by()
        .values_list("sending_agency")
        .annotate(men=Count("id", Q(employee__sex="L")), women=Count("id", Q(employee__sex="P")))
    )
    found = [AgencyRow(name, men, women) for name, men, women in rows]
    return sorted(found, key=lambda row: (-row.total, row.name))


def assigned_names(batch_id: str, role: AssignmentRole) -> list[str]:
    """Return the names of those who hold a role in a batch now."""
    rows = Assignment.objects.filter(batch=batch_id, role=role, until__isnull=True)
    return list(rows.order_by("person_name").values_list("person_name", flat=True).distinct())


def quota_warning(batch: Batch, count: int, *, edition: ProgrammeEdition) -> str:
    """Say when the number of participants is unusual; it never blocks."""
    if count > batch.quota:
        return _("Jumlah peserta %(count)s melebihi kuota %(quota)s.") % {
            "count": count,
            "quota": batch.quota,
        }
    least, most = edition.curriculum.quota_minimum, edition.curriculum.quota_maximum
    facts = {"quota": batch.quota, "least": least, "most": most}
    if most is not None and batch.quota > most:
        return _("Kuota %(quota)s di atas kebiasaan program ini (%(most)s).") % facts
    if least is not None and batch.quota < least:
        return _("Kuota %(quota)s di bawah kebiasaan program ini (%(least)s).") % facts
    return ""


def has_unverified_values(edition: ProgrammeEdition) -> bool:
    return bool(unverified_values(edition))


def batch_titles(batch_ids: Iterable[str]) -> dict[str, str]:
    """Return "PKP Angkatan IX 2026" by id."""
    rows = Batch.objects.filter(pk__in=list(batch_ids)).values_list("id", "name", "year")
    return {key: f"{name} {year}" for key, name, year in rows}
