"""PKP Angkatan IX and X from their rosters to signed certificates, through the pages' services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from sinambung.demo.marks import sample_abilities, sample_marks
from sinambung.demo.papers import sample_paper
from sinambung.demo.people import Person, sample_roster, sample_trainers, superior_of
from sinambung.demo.portraits import drawn_portrait
from sinambung.demo.province import SampleBroken, import_file
from sinambung.domains.training.queries import participants as roster_queries
from sinambung.domains.training.queries.editions import editions_in_force
from sinambung.domains.training.queries.participants import ParticipantLine
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.queries.schemes import scheme_of
from sinambung.domains.training.services import (
    assignments,
    attendance,
    batches,
    closing,
    conduct,
    documents,
    freezing,
    groups,
    issuing,
    marks,
    meetings,
    participants,
)
from sinambung.domains.training.services.mark_checks import CellChange
from sinambung.domains.workforce import queries as workforce
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity import queries as identity_queries

if TYPE_CHECKING:
    from sinambung.domains.training.models import Batch

SCHEDULED = Decimal(830)
BROUGHT = ("pas-foto", "surat-tugas", "sk-jabatan")
EDITION = "Contoh (bukan angka resmi)"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts: the organiser does the work, the head of training decides."""

    organiser: Actor
    head: Actor


@dataclass(frozen=True, slots=True)
class SampleBatch:
    """A batch of the demonstration; `failing` and `leaving` are roster numbers."""

    number: int
    roster: Path
    postponed: int
    withdrawn: int | None = None
    deceased: int | None = None


def run_batch(sample: SampleBatch, *, cast: Cast, host_id: str) -> str:
    """Take a batch from its roster to its certificates; return its id."""
    batch = _create(sample, cast.organiser, host_id)
    batch_id = batch.pk
    import_file(kind="roster", path=sample.roster, options={"batch": batch_id}, by=cast.organiser)
    people = {person.nip: person for person in sample_roster(sample.number)}
    fill_files(batch, people, cast.organiser)
    accept_all(batch_id, cast.organiser)
    staff_batch(batch_id, people, cast.organiser)
    batches.start_batch(batch_id=batch_id, version=None, by=cast.organiser)
    _learn(sample, batch, cast.organiser)
    _decide(sample, batch_id, cast)
    issuing.issue_certificates(batch_id=batch_id, by=cast.head, at=clock.now(), inline=True)
    batches.finish_batch(batch_id=batch_id, version=None, by=cast.organiser)
    return batch_id


def edition_named(label: str) -> str:
    """Return the id of the leadership training's edition with this label."""
    for edition_id, programme, name in editions_in_force():
        if programme == "Pelatihan Kepemimpinan Pengawas" and name == label:
            return edition_id
    raise SampleBroken(f"Edisi {label} tidak ada.")


def accept_all(batch_id: str, by: Actor) -> None:
    lines = roster_queries.participants_of(batch_id)
    participants.accept_participants(
        batch_id=batch_id, participant_ids=[line.id for line in lines], by=by
    )


def staff_batch(batch_id: str, people: Mapping[str, Person], by: Actor) -> None:
    """Form four groups; give each a coach, each half an examiner, everybody a mentor."""
    groups.form_groups(batch_id=batch_id, count=4, by=by)
    lines = roster_queries.participants_of(batch_id)
    trainers = [account_of(person.nip) for person in sample_trainers()]
    names = sorted({line.group_name for line in lines})
    on = clock.today()
    for index, name in enumerate(names):
        ids = [line.id for line in lines if line.group_name == name]
        for role, person_id in (
            ("coach", trainers[index]),
            ("examiner", trainers[8 + index // 2]),
        ):
            assignments.assign(
                batch_id=batch_id,
                role=assignments.role_named(role),
                participant_ids=ids,
                person_id=person_id,
                on=on,
                by=by,
            )
    for line in lines:
        assignments.assign(
            batch_id=batch_id,
            role=assignments.role_named("mentor"),
            participant_ids=[line.id],
            person_id=account_of(superior_of(people[line.nip]).nip),
            on=on,
            by=by,
        )


def account_of(nip: str) -> str:
    employee = workforce.employees_by_nip([nip]).get(nip)
    if employee is None or employee.account_id is None:
        raise SampleBroken(f"Pegawai contoh {nip} tidak punya akun.")
    return str(employee.account_id)


def _create(sample: SampleBatch, by: Actor, host_id: str) -> Batch:
    plan = batches.BatchPlan(
        number=sample.number,
        year=2024,
        starts_on=dt.date(2024, 4, 16),
        ends_on=dt.date(2024, 7, 25),
        sponsor="Pemerintah Provinsi Contoh",
        funding="APBD Provinsi dan pola kontribusi",
        venue="Kampus BPSDM Provinsi Contoh",
        theme="Pelayanan publik yang cepat, mudah, dan akuntabel",
        manager_name="Laksmi Anindita",
        quota=40,
        stages={
            "belajar": batches.StageDates(dt.date(2024, 4, 16), dt.date(2024, 5, 24)),
            "aktualisasi": batches.StageDates(dt.date(2024, 5, 25), dt.date(2024, 7, 24)),
        },
    )
    return batches.create_batch(
        edition_id=edition_named(EDITION), host_id=host_id, plan=plan, by=by
    )


def fill_files(batch: Batch, people: Mapping[str, Person], by: Actor) -> None:
    """Bring three files of each participant, check them, and confirm the rest as seen on paper."""
    at = clock.now()
    items = edition_of(batch).curriculum.eligibility
    files = [item.code for item in items if item.code in BROUGHT]
    lines = roster_queries.participants_of(batch.pk)
    uploaded = []
    for line in lines:
        portrait = drawn_portrait(line.nip, is_female=people[line.nip].is_female)
        documents.set_portrait(
            participant_id=line.id, content=portrait, name="pas-foto.jpg", by=by, at=at
        )
        for item in files:
            content = portrait if item == "pas-foto" else sample_paper()
            name = "pas-foto.jpg" if item == "pas-foto" else f"{item}.pdf"
            row = documents.upload_document(
                participant_id=line.id, item=item, content=content, name=name, by=by, at=at
            )
            uploaded.append(row.pk)
    for start in range(0, len(uploaded), 100):
        documents.accept_documents(
            batch_id=batch.pk, document_ids=uploaded[start : start + 100], by=by, at=at
        )
    ids = [line.id for line in lines]
    for requirement in items:
        if requirement.required and requirement.code not in BROUGHT:
            documents.confirm_item(
                batch_id=batch.pk, participant_ids=ids, item=requirement.code, by=by
            )


def _learn(sample: SampleBatch, batch: Batch, by: Actor) -> None:
    """Record who left, count the hours, note conduct, mark everybody, close the marks."""
    _record_leaving(sample, roster_queries.participants_of(batch.pk), by)
    lines = [line for line in roster_queries.participants_of(batch.pk) if line.state == "active"]
    attendance.record_lesson_hours(
        batch_id=batch.pk,
        hours=[
            attendance.HoursAttended(line.id, SCHEDULED, SCHEDULED - Decimal(line.number % 7 * 4))
            for line in lines
        ],
        by=by,
    )
    conduct.note_conduct(
        participant_id=lines[2].id,
        kind="praise",
        text="Membantu kelompok lain menyusun peta pemangku kepentingan.",
        noted_on=dt.date(2024, 5, 8),
        by=by,
        at=clock.now(),
    )
    save_sample_marks(batch, without=_unmarked(sample), seed=sample.number, by=by)
    closing.close_marks(
        batch_id=batch.pk, version=None, by=by, at=clock.now(), accept_incomplete=True
    )


def _unmarked(sample: SampleBatch) -> dict[int, str]:
    """Roster numbers with the component in which they have no mark (empty: in none at all)."""
    missing = {sample.postponed: "LAP"}
    missing.update({number: "" for number in (sample.withdrawn, sample.deceased) if number})
    return missing


def _record_leaving(sample: SampleBatch, lines: Sequence[ParticipantLine], by: Actor) -> None:
    for number, state, reason in (
        (sample.withdrawn, "withdrawn", "Mengundurkan diri karena pindah tugas ke luar daerah."),
        (sample.deceased, "deceased", "Meninggal dunia pada masa aktualisasi."),
    ):
        for line in lines:
            if line.number == number:
                participants.record_leaving(
                    participant_id=line.id, version=line.version, state=state, reason=reason, by=by
                )


def save_sample_marks(batch: Batch, *, without: Mapping[int, str], seed: int, by: Actor) -> None:
    """Enter a believable mark in every cell but those named in `without`."""
    lines = roster_queries.participants_of(batch.pk)
    cells = [cell.code for cell in scheme_of(batch).columns]
    abilities = sample_abilities(len(lines), seed=seed)
    values = sample_marks(cells=cells, abilities=abilities, seed=seed)
    changes = [
        CellChange(participant_id=line.id, cell=cell, value=mark)
        for line, row in zip(lines, values, strict=True)
        for cell, mark in row.items()
        if not (line.number in without and cell.startswith(without[line.number]))
    ]
    marks.save_marks(batch_id=batch.pk, changes=changes, by=by, at=clock.now())


def _decide(sample: SampleBatch, batch_id: str, cast: Cast) -> None:
    facts = meetings.MeetingFacts(
        held_on=dt.date(2024, 7, 24),
        chair="Maria Goreti Ngalai",
        place="Ruang Rapat BPSDM Provinsi Contoh",
        members=("Laksmi Anindita, pengelola kelas", "Hendrikus Tamen, widyaiswara"),
        notes="Seluruh peserta yang hadir memenuhi batas kehadiran.",
    )
    meeting = meetings.prepare_meeting(
        batch_id=batch_id, version=None, facts=facts, by=cast.organiser
    )
    meetings.decide_as_proposed(
        meeting_id=meeting.pk, version=None, deadline=dt.date(2027, 3, 31), by=cast.organiser
    )
    freezing.freeze_meeting(meeting_id=meeting.pk, version=None, by=cast.head, at=clock.now())


def actor_named(nip: str) -> Actor:
    """Return the actor of an employee's account."""
    return identity_queries.actor_of(identity_queries.user_named(nip), on=clock.today())
