"""Marks: saved cell by cell, all or nothing, by organisers and by raters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import Assignment, Batch, BatchState, Mark
from sinambung.domains.training.queries.missing_raters import Seat, seats_of
from sinambung.domains.training.queries.schemes import SchemeView, scheme_of
from sinambung.domains.training.services.grades import regrade
from sinambung.domains.training.services.mark_checks import (
    AcceptedMark,
    CellChange,
    CellProblem,
    MarkCheck,
    MarksNotSaved,
    shown_mark,
)
from sinambung.domains.training.services.own_participation import own_employee_id
from sinambung.domains.training.services.remarking import check_spreads
from sinambung.domains.training.services.subjects import batch_subject, participant_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.bulk import insert_rows, update_rows
from sinambung.platform.foundation.errors import NotFound, Refused
from sinambung.platform.foundation.identifiers import new_ulid

__all__ = [
    "CellChange",
    "CellProblem",
    "MarksNotSaved",
    "SavedCell",
    "save_marks",
    "save_rated_marks",
]


@dataclass(frozen=True, slots=True)
class SavedCell:
    participant_id: str
    cell: str
    value: Decimal | None
    version: int


class MarkingIsOver(Refused):
    message = _("Nilai angkatan ini sudah ditutup. Ajukan perubahan nilai dengan alasannya.")


class OwnMarks(Refused):
    code = "own_marks"
    message = _("Anda peserta angkatan ini. Nilai Anda sendiri harus diisi orang lain.")


class MarkingHasNotBegun(Refused):
    message = _("Angkatan ini belum berjalan. Mulai angkatan lebih dahulu, lalu isi nilai.")


@transaction.atomic
def save_marks(
    *, batch_id: str, changes: Sequence[CellChange], by: Actor, at: dt.datetime
) -> tuple[SavedCell, ...]:
    """Save an organiser's marks; raise `MarksNotSaved` when one of them cannot be saved.

    A cell that already holds the value counts as saved, so that sending twice does no harm.
    """
    batch = _open_batch(batch_id)
    return _save(batch, changes, by=by, at=at)


@transaction.atomic
def save_rated_marks(
    *, batch_id: str, changes: Sequence[CellChange], by: Actor, at: dt.datetime, on: dt.date
) -> tuple[SavedCell, ...]:
    """Save the marks of an examiner, coach or mentor; only own participants and own role."""
    batch = _open_batch(batch_id)
    roles = set(
        Assignment.objects.filter(batch=batch, person_id=by.id, since__lte=on, until=None)
        .order_by()
        .values_list("participant_id", "role")
    )
    view = scheme_of(batch)
    for change in changes:
        cell = view.by_code.get(change.cell)
        if cell is None or (change.participant_id, cell.role) not in roles:
            raise NotFound
    return _save(batch, changes, by=by, at=at)


def _open_batch(batch_id: str) -> Batch:
    batch = Batch.objects.select_related("edition").locked(batch_id)
    if batch.state == BatchState.PREPARING:
        raise MarkingHasNotBegun
    if batch.state != BatchState.RUNNING:
        raise MarkingIsOver
    return batch


def _save(
    batch: Batch, changes: Sequence[CellChange], *, by: Actor, at: dt.datetime
) -> tuple[SavedCell, ...]:
    view = scheme_of(batch)
    accepted = MarkCheck(batch, view, changes, by=by).accepted()
    changed = [item for item in accepted if item.differs]
    if changed:
        _lock_scheme(batch, by, at)
        write_marks(batch, view, changed, by=by, at=at)
    return tuple(_saved(item) for item in accepted)


def write_marks(
    batch: Batch, view: SchemeView, changed: Sequence[AcceptedMark], *, by: Actor, at: dt.datetime
) -> None:
    """Write checked marks with their trail, then what follows from them: spreads and grades."""
    refuse_own(changed, by)
    _write(changed, by, at)
    _record(changed, by, on_behalf=_on_behalf(batch, changed, by))
    touched = {item.person.pk: item.person for item in changed}
    check_spreads(view, touched, at=at)
    regrade(batch, view, set(touched), at=at)


def refuse_own(changed: Sequence[AcceptedMark], by: Actor) -> None:
    """Refuse marks of the one who writes them: an organiser may be a participant too."""
    own = own_employee_id(by)
    if own and any(item.person.employee_id == own for item in changed):
        raise OwnMarks


def _lock_scheme(batch: Batch, by: Actor, at: dt.datetime) -> None:
    if batch.scheme_locked_at is None:
        batch.scheme_locked_at = at
        batch.save(update_fields=["scheme_locked_at"])
        audit.record(Trail.SCHEME_LOCKED, batch_subject(batch), by=by)


def _write(changed: Sequence[AcceptedMark], by: Actor, at: dt.datetime) -> None:
    rater = by.id or None
    name = by.name[:260]
    fresh = [item for item in changed if item.stored is None]
    insert_rows(
        Mark,
        ["id", "version", "participant", "cell", "value", "rater", "rater_name", "marked_at"],
        [
            (new_ulid(), 1, item.person.pk, item.cell.code, item.value, rater, name, at)
            for item in fresh
        ],
    )
    update_rows(
        Mark,
        ["value", "version", "rater", "rater_name", "marked_at"],
        [
            (item.value, item.stored.version + 1, rater, name, at, item.stored.id)
            for item in changed
            if item.stored is not None
        ],
    )


def _on_behalf(batch: Batch, changed: Sequence[AcceptedMark], by: Actor) -> list[str]:
    """Say for each mark in whose place it was written: a rater's mark may come by somebody else."""
    if not any(item.cell.role for item in changed):
        return [""] * len(changed)
    seats = seats_of(batch.pk, {item.person.pk for item in changed if item.cell.role})
    return [_place_of(item, seats.get((item.person.pk, item.cell.role)), by) for item in changed]


def _place_of(item: AcceptedMark, seat: Seat | None, by: Actor) -> str:
    if not item.cell.role or (seat is not None and seat.account_id == by.id):
        return ""
    facts = {"role": item.cell.role_name.lower(), "name": seat.name if seat else ""}
    if seat is None:
        return say("Diisi tanpa %(role)s yang ditugaskan.") % facts
    return say("Diisi atas nama %(role)s %(name)s.") % facts


def _record(changed: Sequence[AcceptedMark], by: Actor, *, on_behalf: Sequence[str]) -> None:
    audit.record_all(
        Trail.MARK_SAVED,
        [
            audit.Draft(
                subject=participant_subject(item.person),
                facts={
                    "cell": item.cell.full_name,
                    "before": shown_mark(item.before),
                    "after": shown_mark(item.value),
                },
                reason=note,
            )
            for item, note in zip(changed, on_behalf, strict=True)
        ],
        by=by,
    )


def _saved(item: AcceptedMark) -> SavedCell:
    version = item.stored.version if item.stored else 0
    return SavedCell(item.person.pk, item.cell.code, item.value, version + int(item.differs))
