"""A batch in the middle of its way, so that every home has something that waits for it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sinambung.demo.batches import (
    EDITION,
    Cast,
    account_of,
    actor_named,
    edition_named,
    fill_files,
    staff_batch,
)
from sinambung.demo.marks import sample_abilities, sample_marks
from sinambung.demo.papers import sample_paper
from sinambung.demo.people import Person, sample_roster, sample_trainers
from sinambung.domains.training.queries import participants as roster_queries
from sinambung.domains.training.queries.schemes import scheme_of
from sinambung.domains.training.services import batches, documents, marks, participants
from sinambung.domains.training.services.mark_checks import CellChange
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor

NUMBER = 11
LATE = 4
STILL_OWED = "sehat"


def open_running_batch(cast: Cast, *, host_id: str) -> str:
    """Open PKP Angkatan XI: most people at work, a few whose files wait to be checked."""
    today = clock.today()
    start, end = today - dt.timedelta(days=70), today + dt.timedelta(days=26)
    plan = batches.BatchPlan(
        number=NUMBER,
        year=start.year,
        starts_on=start,
        ends_on=end,
        sponsor="Pemerintah Provinsi Contoh",
        funding="APBD Provinsi dan pola kontribusi",
        venue="Kampus BPSDM Provinsi Contoh",
        theme="Siap melayani, siap menghadapi gangguan",
        manager_name="Laksmi Anindita",
        stages={
            "belajar": batches.StageDates(start, start + dt.timedelta(days=35)),
            "aktualisasi": batches.StageDates(start + dt.timedelta(days=36), end),
        },
    )
    by = cast.organiser
    batch = batches.create_batch(
        edition_id=edition_named(EDITION), host_id=host_id, plan=plan, by=by
    )
    people = sample_roster(NUMBER)
    on_time, late = people[:-LATE], people[-LATE:]
    participants.nominate(batch_id=batch.pk, nips=[person.nip for person in on_time], by=by)
    fill_files(batch, {person.nip: person for person in on_time}, by)
    ids = [line.id for line in roster_queries.participants_of(batch.pk)]
    participants.accept_participants(batch_id=batch.pk, participant_ids=ids, by=by)
    staff_batch(batch.pk, {person.nip: person for person in on_time}, by)
    batches.start_batch(batch_id=batch.pk, version=None, by=by)
    documents.confirm_item(
        batch_id=batch.pk, participant_ids=ids[:1], item=STILL_OWED, by=by, confirmed=False
    )
    batch.refresh_from_db()
    _mark_what_is_done(batch.pk, batch, by)
    _nominate_late(batch.pk, late, by)
    return f"PKP Angkatan XI {start.year}"


def _mark_what_is_done(batch_id: str, batch: object, by: Actor) -> None:
    """Academic marks of everybody; one seminar marked by two who are too far apart."""
    lines = [line for line in roster_queries.participants_of(batch_id) if line.group_id]
    columns = scheme_of(batch).columns  # type: ignore[arg-type]
    cells = [cell.code for cell in columns if cell.component in ("AKD", "STL")]
    rows = sample_marks(
        cells=cells, abilities=sample_abilities(len(lines), seed=NUMBER), seed=NUMBER
    )
    changes = [
        CellChange(participant_id=line.id, cell=cell, value=mark)
        for line, row in zip(lines[:-2], rows[:-2], strict=True)
        for cell, mark in row.items()
    ]
    marks.save_marks(batch_id=batch_id, changes=changes, by=by, at=clock.now())
    _mark_too_far_apart(batch_id, lines[3].id, lines[3].group_name, columns)


def _mark_too_far_apart(batch_id: str, participant_id: str, group: str, columns: object) -> None:
    trainers = sample_trainers()
    names = sorted(
        {line.group_name for line in roster_queries.participants_of(batch_id) if line.group_name}
    )
    index = names.index(group)
    for role, trainer, value in (
        ("coach", trainers[index], Decimal("76.5")),
        ("examiner", trainers[8 + index // 2], Decimal("92")),
    ):
        for cell in columns:  # type: ignore[attr-defined]
            if cell.component == "LAP" and cell.role == role:
                marks.save_rated_marks(
                    batch_id=batch_id,
                    changes=[CellChange(participant_id, cell.code, value)],
                    by=actor_named(trainer.nip),
                    at=clock.now(),
                    on=clock.today(),
                )


def _nominate_late(batch_id: str, late: list[Person], by: Actor) -> None:
    """Nominate the last ones; they bring some files themselves, which wait for the organiser."""
    participants.nominate(batch_id=batch_id, nips=[person.nip for person in late], by=by)
    lines = {line.nip: line for line in roster_queries.participants_of(batch_id)}
    for person in late:
        account_of(person.nip)
        for item in ("biodata", "surat-tugas", "sk-jabatan"):
            documents.upload_document(
                participant_id=lines[person.nip].id,
                item=item,
                content=sample_paper(),
                name=f"{item}.pdf",
                by=actor_named(person.nip),
                at=clock.now(),
            )
