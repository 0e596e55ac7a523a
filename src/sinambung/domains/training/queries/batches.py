"""Reads about batches: the list, one card, the page of one batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from sinambung.domains.training.models import (
    Assignment,
    AssignmentRole,
    Batch,
    BatchState,
    Participant,
    ParticipantState,
)
from sinambung.domains.training.queries.plain_rows import places, rows_of
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.platform.foundation.errors import NotFound
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


_ON_LIST = """
    SELECT batch_id, COUNT(*) FROM training_participant
    WHERE state IN ({states}) AND batch_id IN ({ids}) GROUP BY batch_id
"""


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


def counts_of(batch_ids: Iterable[str]) -> dict[str, int]:
    """Count the participants accepted or beyond, by batch."""
    ids = list(batch_ids)
    if not ids:
        return {}
    counts = _ON_LIST.format(states=places(ON_LIST), ids=places(ids))
    return dict(rows_of(counts, [*ON_LIST, *ids]))


def stage_steps(batch: Batch, *, on: dt.date) -> list[StageStep]:
    """Return the stages with what is done, now and later on a day."""
    stages = sorted(batch.stages.all(), key=lambda stage: stage.order)
    return [
        StageStep(
            label=stage.name,
            note="",
            state=stage_state(batch.state, stage.starts_on, stage.ends_on, on),
            code=stage.code,
            starts_on=stage.starts_on,
            ends_on=stage.ends_on,
        )
        for stage in stages
    ]


def stage_state(
    batch_state: str, starts_on: dt.date | None, ends_on: dt.date | None, on: dt.date
) -> str:
    """Say whether a stage of a batch is done, now or later on a day."""
    if batch_state in (BatchState.DECIDED, BatchState.FINISHED):
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


def batch_named(text: str) -> str:
    """Return the id of the batch that a command names: by id, or by name and year.

    "PKP Angkatan IX 2024" names one; without the year it must be the only one of that name.
    An unknown or ambiguous name comes back as it was: access refuses it.
    """
    words = text.split()
    found = Batch.objects.filter(name__iexact=" ".join(words))
    if words and words[-1].isdecimal() and len(words[-1]) == 4:
        dated = Batch.objects.filter(name__iexact=" ".join(words[:-1]), year=int(words[-1]))
        found = dated if dated.exists() else found
    ids = list(found.order_by("id").values_list("id", flat=True)[:2])
    return ids[0] if len(ids) == 1 else text
