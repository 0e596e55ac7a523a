"""Reads about programmes and editions, as their pages show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from sinambung.domains.training.models import (
    EditionState,
    Programme,
    ProgrammeEdition,
)
from sinambung.domains.training.queries.programmes import parsed_edition
from sinambung.domains.training.queries.schemes import missing_of
from sinambung.platform.regulation.editions import EditionFacts
from sinambung.platform.regulation.queries import completed_scheme
from sinambung.pure.rulebook.bands import Band
from sinambung.pure.rulebook.letter_numbers import parse_pattern
from sinambung.pure.rulebook.programmes import (
    Agenda,
    Component,
    Difference,
    LearningMode,
    Subject,
    Unverified,
    differences,
    unverified_values,
)
from sinambung.pure.rulebook.programmes import ProgrammeEdition as Content

TONES = {
    EditionState.DRAFT: "warning",
    EditionState.PUBLISHED: "success",
    EditionState.WITHDRAWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class EditionRow:
    id: str
    label: str
    source: str
    is_verified: bool
    is_shipped: bool
    state: str
    state_label: str
    tone: str
    batches: int


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    code: str
    name: str
    kind: str
    editions: list[EditionRow]


@dataclass(frozen=True, slots=True)
class EditionChoice:
    id: str
    key: str
    code: str
    name: str
    label: str
    lacks_weights: bool


@dataclass(frozen=True, slots=True)
class EditionKind:
    name: str
    choices: list[EditionChoice]


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """An agenda with its subjects; `agenda` is None for subjects outside of any."""

    agenda: Agenda | None
    subjects: list[Subject]


@dataclass(frozen=True, slots=True)
class BandLine:
    name: str
    range: str
    passes: bool


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition with its content, what nobody confirmed, and what it may be compared with."""

    row: ProgrammeEdition
    content: Content
    tone: str
    state_label: str
    agendas: list[AgendaPart]
    modes: list[LearningMode]
    bands: list[BandLine]
    unverified: tuple[Unverified, ...]
    missing: tuple[Unverified, ...]
    others: list[tuple[str, str]]
    sample_number: str
    weight_sum: Decimal | None
    has_unverified_requirements: bool


@dataclass(frozen=True, slots=True)
class DifferencePage:
    before: ProgrammeEdition
    after: ProgrammeEdition
    lines: tuple[Difference, ...]


def programme_list(*, with_drafts: bool) -> list[ProgrammeRow]:
    """Return every programme with its editions, in two queries."""
    editions: dict[str, list[EditionRow]] = {}
    rows = ProgrammeEdition.objects.defer("content").annotate(count=Count("batches"))
    if not with_drafts:
        rows = rows.exclude(state=EditionState.DRAFT)
    for row in rows.order_by("programme", "label", "id"):
        editions.setdefault(row.programme_id, []).append(_edition_row(row, row.count))
    return [
        ProgrammeRow(programme.code, programme.name, programme.kind, editions.get(programme.pk, []))
        for programme in Programme.objects.order_by("code")
    ]


def _edition_row(row: ProgrammeEdition, batches: int) -> EditionRow:
    state = EditionState(row.state)
    return EditionRow(
        id=row.pk,
        label=row.label,
        source=row.source,
        is_verified=row.is_verified,
        is_shipped=row.is_shipped,
        state=row.state,
        state_label=str(state.label),
        tone=TONES[state],
        batches=batches,
    )


def editions_in_force() -> list[tuple[str, str, str]]:
    """Return (id, programme name, label) of the editions a batch may be pinned to."""
    rows = ProgrammeEdition.objects.filter(
        state=EditionState.PUBLISHED, programme__is_active=True
    ).order_by("programme__code", "label", "id")
    return list(rows.values_list("id", "programme__name", "label"))


def edition_choices(*, on: dt.date) -> list[EditionKind]:
    """Return the editions a batch may be pinned to by kind of programme, and which cannot grade.

    The kind with the most editions comes first.

    Confirmed local values count, as they do for a batch that begins on the day.
    """
    rows = ProgrammeEdition.objects.select_related("programme").filter(
        state=EditionState.PUBLISHED, programme__is_active=True
    )
    kinds: dict[str, list[EditionChoice]] = {}
    for row in rows.order_by("programme__kind", "programme__code", "label", "id"):
        programme = row.programme
        choice = EditionChoice(
            row.pk, row.key, programme.code, programme.name, row.label, not _grades(row, on)
        )
        kinds.setdefault(programme.kind, []).append(choice)
    groups = [EditionKind(kind, choices) for kind, choices in kinds.items()]
    return sorted(groups, key=lambda group: -len(group.choices))


def _grades(row: ProgrammeEdition, on: dt.date) -> bool:
    """Whether the edition has every weight and band that a final grade needs."""
    if not missing_of(parsed_edition(row.content).assessment):
        return True
    completed = completed_scheme(edition_key=row.key, mapping=row.content, on=on)
    return not missing_of(parsed_edition(completed).assessment)


def published_content(edition_id: str) -> Content | None:
    """Return the content of an edition in force, or nothing."""
    row = ProgrammeEdition.objects.filter(pk=edition_id, state=EditionState.PUBLISHED).first()
    return parsed_edition(row.content) if row else None


def edition_page(row: ProgrammeEdition) -> EditionPage:
    """Return an edition as its page shows it."""
    content = parsed_edition(row.content)
    unverified = unverified_values(content)
    others = ProgrammeEdition.objects.exclude(pk=row.pk).exclude(state=EditionState.DRAFT)
    same_first = others.order_by("programme__code", "label").values_list(
        "id", "programme__code", "label"
    )
    weights = [part.weight for part in content.assessment.components if part.kind == "weighted"]
    return EditionPage(
        row=row,
        content=content,
        tone=TONES[EditionState(row.state)],
        state_label=row.get_state_display(),
        agendas=_agendas(content),
        modes=_modes(content.curriculum.subjects),
        bands=_bands(content.assessment.bands),
        unverified=unverified,
        missing=tuple(value for value in unverified if value.is_missing),
        others=sorted(
            ((id, f"{code}, {label}") for id, code, label in same_first),
            key=lambda option: not option[1].startswith(f"{content.code},"),
        ),
        sample_number=_sample_number(content),
        weight_sum=None if None in weights else sum((w for w in weights if w), Decimal(0)),
        has_unverified_requirements=not all(
            item.verified for item in content.curriculum.eligibility
        ),
    )


def _agendas(content: Content) -> list[AgendaPart]:
    subjects = content.curriculum.subjects
    parts = [
        AgendaPart(agenda, [subject for subject in subjects if subject.agenda == agenda.code])
        for agenda in content.curriculum.agendas
    ]
    loose = [subject for subject in subjects if not subject.agenda]
    return [*parts, AgendaPart(None, loose)] if loose else parts


def _modes(subjects: Sequence[Subject]) -> list[LearningMode]:
    used = {hours.mode for subject in subjects for hours in subject.hours}
    return [mode for mode in LearningMode if mode in used]


def _bands(bands: Sequence[Band]) -> list[BandLine]:
    lines = []
    upper = ""
    for band in bands:
        start = format(band.threshold.normalize(), "f").replace(".", ",")
        words = _("%(start)s atau lebih") if band.inclusive else _("di atas %(start)s")
        text = words % {"start": start}
        lines.append(BandLine(band.name, f"{text}{upper}", band.passes))
        end = _("kurang dari %(start)s") if band.inclusive else _("sampai %(start)s")
        upper = f", {end % {'start': start}}"
    return lines


def _sample_number(content: Content) -> str:
    """Show how a certificate number would look, with values that are plainly examples."""
    values: Mapping[str, str | int] = {
        "urut": 1,
        "kode_unit": "BPSDM",
        "kode_klasifikasi": "800.2.4",
        "bulan_romawi": "XII",
        "tahun": "2026",
        "angkatan": "IX",
        "program": content.code,
    }
    return parse_pattern(content.certificate.number_pattern).format(values)


def difference_page(*, before: ProgrammeEdition, after: ProgrammeEdition) -> DifferencePage:
    """Return every value that two editions state differently."""
    lines = differences(parsed_edition(before.content), parsed_edition(after.content))
    return DifferencePage(before, after, lines)


def copied_editions() -> list[EditionFacts]:
    """Return the editions that are no copy of the rulebook's, for *Kelengkapan regulasi*."""
    rows = ProgrammeEdition.objects.filter(
        is_shipped=False, state=EditionState.PUBLISHED
    ).select_related("programme")
    return [EditionFacts(row.key, _title(row), row.content) for row in rows.order_by("key")]


def _title(row: ProgrammeEdition) -> str:
    return f"{row.programme.name} ({row.programme.code}), {row.label}"


def component_parts(component: Component) -> list[Any]:
    """Return the sub-components or aspects of a component, whichever it has."""
    return [*component.sub_components, *component.aspects]
