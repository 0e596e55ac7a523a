"""Kelengkapan regulasi: which values are complete, which wait, which are lacking."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity.capabilities import (
    CAPABILITIES_OF,
    ROLE_NAMES,
    Capability,
    Role,
)
from sinambung.platform.regulation import editions
from sinambung.platform.regulation.completing import LocalTable, completed
from sinambung.platform.regulation.models import LocalEdition, LocalState
from sinambung.platform.regulation.queries.in_force import edition_for, tables_by_edition
from sinambung.platform.regulation.subjects import Cell, Subject, subjects_of


class Completeness(StrEnum):
    COMPLETE = "complete"
    WAITING = "waiting"
    LACKING = "lacking"

    @property
    def label(self) -> str:
        return {
            "complete": _("Lengkap"),
            "waiting": _("Menunggu konfirmasi"),
            "lacking": _("Kurang"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One line of Kelengkapan regulasi."""

    edition_key: str
    key: str
    label: str
    document: str
    state: Completeness
    sentence: str
    is_local: bool
    is_optional: bool


@dataclass(frozen=True, slots=True)
class EditionRows:
    key: str
    title: str
    rows: tuple[SubjectRow, ...]

    @property
    def lacking(self) -> int:
        return sum(row.state is Completeness.LACKING for row in self.rows)

    @property
    def waiting(self) -> int:
        return sum(row.state is Completeness.WAITING for row in self.rows)

    @property
    def complete(self) -> int:
        return sum(row.state is Completeness.COMPLETE for row in self.rows)


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell as the page shows it: the national value beside the local one."""

    cell: Cell
    national: str
    local: str

    @property
    def is_verified(self) -> bool:
        return self.cell.is_verified

    @property
    def is_text(self) -> bool:
        return self.cell.kind.is_text


@dataclass(frozen=True, slots=True)
class SubjectPage:
    edition_key: str
    edition_title: str
    subject: Subject
    row: SubjectRow
    cells: tuple[CellRow, ...]
    waiting: LocalEdition | None
    history: tuple[LocalEdition, ...]
    may_enter: bool
    may_confirm: bool
    is_own: bool
    entered_by: str
    confirmed_by: str

    @property
    def waiting_values(self) -> list[tuple[str, str]]:
        """Label and value of each cell that the waiting entry fills."""
        values = self.waiting.values if self.waiting else {}
        return [(cell.label, values[cell.key]) for cell in self.subject.cells if cell.key in values]


def completeness(*, on: dt.date) -> tuple[EditionRows, ...]:
    """Return every edition with the state of each of its subjects, as of a day.

    Editions with invented numbers are left out: no document can confirm them.
    """
    confirmed = tables_by_edition(on)
    waiting = _waiting()
    return tuple(
        EditionRows(facts.key, facts.title, _rows(facts, confirmed[facts.key], waiting))
        for facts in editions.all_editions()
        if not facts.mapping.get("is_sample")
    )


@dataclass(frozen=True, slots=True)
class CompletenessPage:
    """Every edition with its counts: what Kelengkapan regulasi opens with."""

    editions: tuple[EditionRows, ...]
    lacking: int
    waiting: int
    complete: int
    entered_by: str
    confirmed_by: str
    may_enter: bool


@dataclass(frozen=True, slots=True)
class EditionPage:
    """The subjects of one edition; `rows` are those asked for."""

    edition: EditionRows
    rows: tuple[SubjectRow, ...]
    everything: bool


def completeness_page(actor: Actor, *, on: dt.date) -> CompletenessPage:
    """Return every edition, those that lack most first."""
    found = sorted(completeness(on=on), key=lambda edition: (-edition.lacking, edition.title))
    return CompletenessPage(
        editions=tuple(found),
        lacking=sum(edition.lacking for edition in found),
        waiting=sum(edition.waiting for edition in found),
        complete=sum(edition.complete for edition in found),
        entered_by=_roles_with(Capability.ENTER_REGULATION),
        confirmed_by=_roles_with(Capability.CONFIRM_REGULATION),
        may_enter=actor.may(Capability.ENTER_REGULATION),
    )


def edition_page(*, edition_key: str, on: dt.date, everything: bool) -> EditionPage:
    """Return one edition: what is not complete, or everything."""
    facts = edition_for(edition_key)
    tables = tables_by_edition(on, edition_key)[edition_key]
    edition = EditionRows(facts.key, facts.title, _rows(facts, tables, _waiting()))
    rows = tuple(
        row for row in edition.rows if everything or row.state is not Completeness.COMPLETE
    )
    return EditionPage(edition, rows, everything)


def _waiting() -> set[tuple[str, str]]:
    """Edition and subject of every entry that waits."""
    rows = LocalEdition.objects.filter(state=LocalState.WAITING)
    return set(rows.values_list("edition_key", "subject"))


def _roles_with(capability: Capability) -> str:
    """Name the roles that hold a capability: `Administrator, Penyelenggara`."""
    return ", ".join(str(ROLE_NAMES[role]) for role in Role if capability in CAPABILITIES_OF[role])


def subject_page(*, edition_key: str, subject_key: str, actor: Actor, on: dt.date) -> SubjectPage:
    """Return one subject of an edition: what is in force, what waits, what was before."""
    facts = edition_for(edition_key)
    tables = tables_by_edition(on)[edition_key]
    whole = completed(facts.mapping, tables)
    national = {part.key: part for part in subjects_of(facts.mapping)}.get(subject_key)
    present = {part.key: part for part in subjects_of(whole)}.get(subject_key)
    if national is None or present is None:
        raise NotFound
    entries = list(
        LocalEdition.objects.filter(edition_key=edition_key, subject=subject_key)
        .select_related("file")
        .defer("file__content")
        .order_by("-effective_on", "-id")
    )
    waiting = next((entry for entry in entries if entry.state == LocalState.WAITING), None)
    local = next((table for table in reversed(tables) if table.subject == subject_key), None)
    keys = {(edition_key, subject_key)} if waiting else set()
    return SubjectPage(
        edition_key=edition_key,
        edition_title=facts.title,
        subject=present,
        row=_row(facts.key, national, present, local, is_waiting=bool(keys)),
        cells=_cell_rows(national, present, local),
        waiting=waiting,
        history=tuple(entry for entry in entries if entry is not waiting),
        may_enter=actor.may(Capability.ENTER_REGULATION),
        may_confirm=actor.may(Capability.CONFIRM_REGULATION),
        is_own=waiting is not None and waiting.entered_by_id == actor.id,
        entered_by=_roles_with(Capability.ENTER_REGULATION),
        confirmed_by=_roles_with(Capability.CONFIRM_REGULATION),
    )


def _rows(
    facts: editions.EditionFacts, tables: list[LocalTable], waiting: set[tuple[str, str]]
) -> tuple[SubjectRow, ...]:
    whole = completed(facts.mapping, tables) if tables else facts.mapping
    local = {table.subject: table for table in tables}
    return tuple(
        _row(
            facts.key,
            national,
            present,
            local.get(present.key),
            is_waiting=(facts.key, present.key) in waiting,
        )
        for national, present in zip(subjects_of(facts.mapping), subjects_of(whole), strict=True)
    )


def _row(
    edition_key: str,
    national: Subject,
    present: Subject,
    local: LocalTable | None,
    *,
    is_waiting: bool,
) -> SubjectRow:
    if is_waiting:
        state = Completeness.WAITING
    else:
        state = Completeness.COMPLETE if present.is_complete else Completeness.LACKING
    return SubjectRow(
        edition_key=edition_key,
        key=present.key,
        label=present.label,
        document=national.document,
        state=state,
        sentence=_sentence(present, local),
        is_local=local is not None,
        is_optional=present.is_optional,
    )


def _sentence(present: Subject, local: LocalTable | None) -> str:
    if present.missing and not (present.is_optional and local):
        if present.is_optional:
            return _("Tidak ditetapkan; boleh dikosongkan.")
        count = {"missing": present.missing, "all": len(present.cells)}
        return _("%(missing)d dari %(all)d nilai belum diisi.") % count
    if present.unverified and not present.is_optional:
        return ngettext(
            "%(count)d nilai bawaan, belum diverifikasi.",
            "%(count)d nilai bawaan, belum diverifikasi.",
            present.unverified,
        ) % {"count": present.unverified}
    if local:
        return _("Nilai setempat menurut %(source)s.") % {"source": local.source}
    return _("Terverifikasi secara nasional.")


def _cell_rows(
    national: Subject, present: Subject, local: LocalTable | None
) -> tuple[CellRow, ...]:
    values = local.values if local else {}
    before = {cell.key: cell for cell in national.cells}
    return tuple(
        CellRow(
            cell=cell,
            national=before[cell.key].present if cell.key in before else "",
            local=values.get(cell.key, ""),
        )
        for cell in present.cells
    )
