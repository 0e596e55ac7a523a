"""The list of batches: filtered, by key, with the number of participants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from sinambung.domains.training.models import Batch, BatchState, Programme
from sinambung.domains.training.queries.batches import TONES, counts_of
from sinambung.platform.foundation.paging import Page, page_by_key
from sinambung.platform.ui.templatetags.ui import day_range

LIST_FIELDS = (
    "id", "name", "year", "number", "programme__name", "starts_on", "ends_on", "venue", "quota",
    "state",
)  # fmt: skip


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
