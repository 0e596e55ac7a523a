"""The list of batches: filtered, by key, with the number of participants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinambung.domains.training.models import Batch, BatchState
from sinambung.domains.training.queries.batches import TONES, counts_of
from sinambung.domains.training.queries.plain_rows import rows_of
from sinambung.platform.foundation.paging import Page, page_by_key
from sinambung.platform.ui.templatetags.ui import day_range

LIST_FIELDS = (
    "id", "name", "year", "number", "programme__name", "starts_on", "ends_on", "venue", "quota",
    "state",
)  # fmt: skip


_CELLS = (
    '<th scope="row"><a href="/pelatihan/angkatan/{id}/">{name}</a>'
    "<small>{programme}, {year}</small></th>"
    '<td data-label="{time_label}"><span>{days}</span></td>'
    '<td data-label="{venue_label}"><span>{venue}</span></td>'
    '<td class="num" data-label="{people_label}">{places}</td>'
    '<td data-label="{state_label}"><span class="badge badge--{tone}">{state}</span></td>'
)
_PROGRAMMES = "SELECT code, name FROM training_programme ORDER BY code"
_YEARS = "SELECT MIN(year), MAX(year) FROM training_batch"


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

    def cells(self) -> SafeString:
        """Write the row's cells here: in the template, 50 rows cost three times as much."""
        return format_html(
            _CELLS,
            id=self.id,
            name=self.name,
            programme=self.programme,
            year=self.year,
            days=self.days,
            venue=self.venue or "–",
            places=f"{self.participants}/{self.quota}",
            tone=self.tone,
            state=self.state_label,
            **_labels(get_language() or ""),
        )


@lru_cache(maxsize=8)
def _labels(language: str) -> dict[str, str]:
    """Return what stands before each cell on a phone, in a language."""
    return {
        "time_label": _("Waktu"),
        "venue_label": _("Tempat"),
        "people_label": _("Peserta"),
        "state_label": _("Status"),
    }


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
        programmes=[(code, name) for code, name in rows_of(_PROGRAMMES, [])],
        years=_years(),
        states=list(labels.items()),
    )


def _years() -> list[int]:
    """Return every year from the newest batch back to the oldest, whoever may see them."""
    ((first, last),) = rows_of(_YEARS, [])
    return [] if last is None else list(range(last, first - 1, -1))


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
