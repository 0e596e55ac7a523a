"""Marks out to a workbook and back in: unchanged, changed, wrong, stale, undone."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from sinambung.domains.training.models import Batch, FinalGrade, Mark, Participant
from sinambung.domains.training.services.marks import CellChange, save_marks
from sinambung.platform.exchange import exports
from sinambung.platform.exchange.models import Import, StagedRow, State
from sinambung.platform.exchange.services import apply_now, undo_now, upload
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from tests.domains.training import building as build
from tests.domains.training import marking

pytestmark = pytest.mark.django_db(transaction=True)
Edit = Callable[[openpyxl.worksheet.worksheet.Worksheet], None]


def exported(batch: Batch, by: Actor, suffix: str = ".xlsx") -> bytes:
    asked = exports.ExportRequest(by, marking.AT, marking.ON, {"batch": batch.pk}, suffix)
    return exports.kind_named("marks").content(asked)[0]


def imported(batch: Batch, content: bytes, by: Actor, *, apply: bool = True) -> Import:
    row = upload(
        kind="marks",
        file_name="nilai.xlsx",
        pieces=[content],
        options={"batch": batch.pk},
        by=by,
        inline=True,
    )
    if apply:
        row = apply_now(import_id=row.pk, version=row.version, by=by, reason="Lembar penilaian.")
    return row


def edited(content: bytes, edit: Edit) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def column_of(sheet: openpyxl.worksheet.worksheet.Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def test_an_export_comes_back_unchanged() -> None:
    by = marking.organiser()
    batch, people = marking.running_batch(3)
    marking.fill(batch, people, by=by, mark="83,25")
    row = imported(batch, exported(batch, by), by, apply=False)
    assert row.state == State.REVIEW
    assert set(StagedRow.objects.values_list("verdict", flat=True)) == {"same"}


def test_changed_marks_are_applied_and_undone() -> None:
    by = marking.organiser()
    batch, people = marking.running_batch(3)
    marking.fill(batch, people[:2], by=by, mark="80")

    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        column = column_of(sheet, "Rancangan aksi perubahan")
        sheet.cell(2, column).value = 90
        sheet.cell(4, column).value = "77,5"

    row = imported(batch, edited(exported(batch, by), change), by)
    assert row.state == State.APPLIED
    stored = dict(Mark.objects.filter(cell="RAP").values_list("participant_id", "value"))
    assert [str(stored[person.pk]) for person in people] == ["90.00", "80.00", "77.50"]
    assert str(FinalGrade.objects.get(participant=people[0]).shown) == "82.00"
    undo_now(import_id=row.pk, by=by, reason="Salah berkas.")
    stored = dict(Mark.objects.filter(cell="RAP").values_list("participant_id", "value"))
    assert stored == {people[0].pk: 80, people[1].pk: 80, people[2].pk: None}


def test_wrong_marks_and_strangers_are_named_by_row_and_column() -> None:
    by = marking.organiser()
    batch, _people = marking.running_batch(3)

    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        column = column_of(sheet, "Rancangan aksi perubahan")
        sheet.cell(2, column).value = 101
        sheet.cell(3, column).value = "delapan puluh"
        sheet.cell(4, column_of(sheet, "NIP")).value = build.nip(777)
        sheet.cell(4, column).value = 80

    row = imported(batch, edited(exported(batch, by), change), by, apply=False)
    staged = list(StagedRow.objects.filter(upload=row).order_by("number"))
    assert [item.verdict for item in staged] == ["problem"] * 3
    sentences = [str(item.problems) for item in staged]
    assert "0 sampai 100" in sentences[0]
    assert "RAP" in sentences[1]
    assert "bukan peserta" in sentences[2]
    assert not Mark.objects.exists()


def test_a_mark_that_changed_after_the_check_refuses_its_row_only() -> None:
    by = marking.organiser()
    batch, people = marking.running_batch(2)

    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        column = column_of(sheet, "Rancangan aksi perubahan")
        sheet.cell(2, column).value = 90
        sheet.cell(3, column).value = 91

    row = imported(batch, edited(exported(batch, by), change), by, apply=False)
    save_marks(
        batch_id=batch.pk,
        changes=[CellChange(people[0].pk, "RAP", "70")],
        by=marking.organiser("lain"),
        at=marking.AT,
    )
    apply_now(import_id=row.pk, version=row.version, by=by, reason="Lembar penilaian.")
    stored = dict(Mark.objects.values_list("participant_id", "value"))
    assert stored == {people[0].pk: 70, people[1].pk: 91}


def test_formulas_in_names_stay_text_in_every_export() -> None:
    by = marking.organiser()
    batch, people = marking.running_batch(1)
    Participant.objects.filter(pk=people[0].pk).update(display_name='=HYPERLINK("http://x")')
    sheet = openpyxl.load_workbook(io.BytesIO(exported(batch, by))).active
    name = sheet.cell(2, 3)
    assert (name.value, name.data_type) == ('=HYPERLINK("http://x")', "s")
    assert ",'=HYPERLINK" in exported(batch, by, ".csv").decode("utf-8-sig").replace('"', "")


def test_only_those_in_reach_export_or_import() -> None:
    batch, _ = marking.running_batch(1)
    stranger = build.actor(path="KOTA/")
    with pytest.raises(NotFound):
        exported(batch, stranger)
