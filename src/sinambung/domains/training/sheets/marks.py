"""What the marks of a batch look like as a workbook, in and out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training import access
from sinambung.domains.training.queries import mark_table as queries
from sinambung.domains.training.queries import roster
from sinambung.domains.training.queries.mark_table import MarkedPerson, MarkFacts
from sinambung.domains.training.queries.schemes import MarkCell, scheme_of
from sinambung.domains.training.services import mark_import as services
from sinambung.domains.training.services.mark_checks import parsed_mark
from sinambung.domains.training.services.marks import CellChange
from sinambung.platform.exchange.exports import ExportKind, ExportRequest, table_as_file
from sinambung.platform.exchange.kinds import (
    CellKind,
    Change,
    Checked,
    Column,
    Options,
    Outcome,
    Problem,
    ReadyRow,
    SheetContext,
    SheetKind,
    SheetRow,
    Verdict,
)
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Capability
from sinambung.pure.rulebook.marks import comma
from sinambung.pure.rulebook.nip import normalise_nip


def columns(context: SheetContext) -> list[Column]:
    """Return NIP, name and one column for every cell of the batch's scheme."""
    batch = queries.batch_with_scheme(context.options["batch"])
    return [
        Column(
            "nip",
            _("NIP"),
            ("NIP Baru", "NIP/NRP", "Nomor Induk Pegawai"),
            CellKind.IDENTIFIER,
            required=True,
            filled=True,
            hint=_("Tulis 18 angka dalam sel bertipe teks."),
        ),
        Column("name", _("Nama"), ("Nama Peserta", "Nama Lengkap")),
        *(_column(cell) for cell in scheme_of(batch).cells),
    ]


def _column(cell: MarkCell) -> Column:
    return Column(cell.code, cell.full_name, (cell.code,), CellKind.NUMBER)


def check(rows: Sequence[SheetRow], context: SheetContext) -> list[Checked]:
    """Compare the rows with the stored marks; an empty cell leaves what is stored."""
    nips = [normalise_nip(row.text("nip")) for row in rows]
    facts = queries.mark_facts(context.options["batch"], nips=nips)
    return [_checked(row, nip, facts) for row, nip in zip(rows, nips, strict=True)]


def _checked(row: SheetRow, nip: str, facts: MarkFacts) -> Checked:
    person = facts.people.get(nip)
    if person is None or not person.is_active or not facts.is_open:
        problems = [] if row.is_faulty("nip") else [Problem("nip", _refusal(person, facts))]
        name = person.name if person else row.text("name")
        return Checked(nip, name, Verdict.CHANGED, problems=problems)
    problems = list(_problems(row, facts))
    cells = dict(_differing(row, person, facts)) if not problems else {}
    if not cells and not problems:
        return Checked(nip, person.name, Verdict.SAME)
    changes = [
        Change(code, before.replace(".", ","), comma(Decimal(text)))
        for code, (text, _version, before) in cells.items()
    ]
    values = {"id": person.id, "cells": cells}
    return Checked(nip, person.name, Verdict.CHANGED, values, changes, problems)


def _refusal(person: MarkedPerson | None, facts: MarkFacts) -> str:
    if not facts.is_open:
        return say("Nilai angkatan ini sedang tidak dibuka. Impor tidak dapat mengubahnya.")
    if person is None:
        return say("NIP ini bukan peserta angkatan ini. Periksa angkanya.")
    return say("Peserta ini tidak aktif dalam angkatan ini.")


def _problems(row: SheetRow, facts: MarkFacts) -> Iterator[Problem]:
    scheme = facts.view.scheme
    for cell in facts.view.cells:
        value = row.amount(cell.code)
        if value is None:
            continue
        try:
            parsed_mark(value)
        except ValueError as refusal:
            yield Problem(cell.code, str(refusal))
            continue
        if not scheme.mark_lowest <= value <= scheme.mark_highest:
            limits = {"lowest": comma(scheme.mark_lowest), "highest": comma(scheme.mark_highest)}
            yield Problem(
                cell.code, say("Nilai harus dari %(lowest)s sampai %(highest)s.") % limits
            )


def _differing(
    row: SheetRow, person: MarkedPerson, facts: MarkFacts
) -> Iterator[tuple[str, tuple[str, int, str]]]:
    """Yield by cell the new mark, the version that is stored and the former mark."""
    for cell in facts.view.cells:
        value = row.amount(cell.code)
        stored, version = person.marks.get(cell.code, (None, 0))
        if value is not None and value != stored:
            before = "" if stored is None else format(stored, "f")
            yield cell.code, (format(value, "f"), version, before)


def apply(rows: Sequence[ReadyRow], context: SheetContext) -> list[Outcome]:
    """Save the marks; a mark that changed since the check refuses its row."""
    changes = [_changes(row.values) for row in rows]
    saved, refusals = services.save_rows_of_marks(
        batch_id=context.options["batch"], rows=changes, by=context.by, at=context.at
    )
    outcomes = []
    for row in rows:
        id = row.values["id"]
        if id in refusals:
            outcomes.append(Outcome(refusal=refusals[id]))
            continue
        former = [
            [code, before, saved[id, code].version]
            for code, (_text, _version, before) in row.values["cells"].items()
        ]
        outcomes.append(Outcome(subject_id=id, undo=former))
    return outcomes


def undo(rows: Sequence[ReadyRow], context: SheetContext) -> list[Outcome]:
    """Give the cells their former marks, where nobody has changed them since."""
    changes = [
        [
            CellChange(row.subject_id, code, former, version)
            for code, former, version in (row.undo or [])
        ]
        for row in rows
    ]
    _saved, refusals = services.save_rows_of_marks(
        batch_id=context.options["batch"], rows=changes, by=context.by, at=context.at
    )
    return [Outcome(refusal=refusals.get(row.subject_id, "")) for row in rows]


def _changes(values: Any) -> list[CellChange]:
    return [
        CellChange(values["id"], code, text, version)
        for code, (text, version, _before) in values["cells"].items()
    ]


def _authorise(actor: Actor, options: Options) -> None:
    access.batch_for(actor, options.get("batch", ""), Capability.GRADE)


def content(asked: ExportRequest) -> tuple[bytes, int]:
    """Return the marks of a batch as a file that imports again unchanged."""
    found = access.batch_for(asked.by, asked.options.get("batch", ""), Capability.VIEW_BATCHES)
    return table_as_file(
        columns=queries.mark_columns(found),
        rows=queries.mark_rows(found),
        suffix=asked.suffix,
        title=found.name,
    )


MARKS = SheetKind(
    name="marks",
    title=_("Nilai angkatan"),
    capability=Capability.GRADE,
    columns=columns,
    check=check,
    apply=apply,
    undo=undo,
    options=("batch",),
    authorise=_authorise,
    target=lambda options: roster.batch_title(options.get("batch", "")),
    back=lambda options: f"/pelatihan/angkatan/{options.get('batch', '')}/nilai/",
    threshold=100,
)

MARKS_OUT = ExportKind(
    name="marks",
    title=_("Nilai angkatan"),
    capability=Capability.VIEW_BATCHES,
    suffixes=(".xlsx", ".csv"),
    content=content,
    options=("batch",),
)
