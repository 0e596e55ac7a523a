"""Batches of 40 in every state, with people, raters, marks and final grades."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from benchmarks.province.ground import AGENCY, EmployeeRow, Staff, Units
from sinambung.demo.marks import sample_abilities, sample_marks
from sinambung.domains.training.models import (
    Assignment,
    Batch,
    BatchStage,
    FinalGrade,
    Mark,
    Participant,
    ProgrammeEdition,
)
from sinambung.domains.training.queries.schemes import scheme_of
from sinambung.domains.training.services import batches as services
from sinambung.domains.training.services.grades import regrade
from sinambung.domains.training.services.programmes import install_national_editions
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.bulk import insert_rows
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.pure.rulebook.letter_numbers import to_roman

SIZE = 40
EDITION = "pkp-contoh"
_LAST = dt.date(2026, 9, 1)
_RANKS = "Penata, III/c"


def add_batches(units: Units, staff: Staff, employees: list[EmployeeRow]) -> list[str]:
    """Add a batch for every 40 people, oldest first: the last 40 are under way, half belong to one
    agency. Return their ids."""
    actor = staff.actor("organiser")
    install_national_editions(by=actor, at=now())
    count = len(employees) // SIZE
    edition = ProgrammeEdition.objects.get(key=EDITION)
    pattern = services.create_batch(
        edition_id=edition.pk,
        host_id=units.training_agency,
        plan=services.BatchPlan(
            number=999, year=1999, starts_on=dt.date(1999, 1, 4), ends_on=dt.date(1999, 5, 4)
        ),
        by=actor,
    )
    Random(1).shuffle(employees)
    hosts = [
        units.agencies[AGENCY] if index % 2 else units.training_agency for index in range(count)
    ]
    ids = [new_ulid() for _ in range(count)]
    columns = ("id", "version", "programme", "edition", "scheme", "pinned", "number", "year")
    columns += ("name", "host", "sponsor", "funding", "venue", "theme", "quota", "starts_on")
    columns += ("ends_on", "state", "manager_name", "cancel_reason", "load_minimum")
    columns += ("coach_load_maximum", "examiner_load_maximum", "examiner_stays_apart")
    with transaction.atomic():
        rows = [_batch(ids[i], i, count, hosts[i], pattern) for i in range(count)]
        insert_rows(Batch, columns, rows)
        stages = [stage["code"] for stage in edition.content["curriculum"]["stages"]]
        insert_rows(
            BatchStage,
            ["batch", "order", "code", "name"],
            [(id, order, code, code) for id in ids for order, code in enumerate(stages, 1)],
        )
    people = [(id, employees[index * SIZE : index * SIZE + SIZE]) for index, id in enumerate(ids)]
    for start in range(0, count, 50):
        with transaction.atomic():
            _add_participants(people[start : start + 50], people, start, staff)
    return ids


def _batch(id: str, index: int, count: int, host: str, pattern: Batch) -> tuple[Any, ...]:
    starts_on = _LAST - dt.timedelta(days=6 * (count - 1 - index))
    year, number = starts_on.year, index % 400 + 1
    scheme = json.dumps(pattern.scheme, ensure_ascii=False)
    pinned = json.dumps(pattern.pinned, ensure_ascii=False)
    return (
        *(id, 1, pattern.programme_id, pattern.edition_id, scheme, pinned, number, year),
        *(f"PKP Angkatan {to_roman(number)}", host, "Pemerintah Provinsi Contoh", "APBD Provinsi"),
        *("Kampus BPSDM Provinsi Contoh", "Pelayanan publik yang cepat", SIZE, starts_on),
        *(starts_on + dt.timedelta(days=100), _state(index, count), "Laksmi Anindita", ""),
        *(5, 10, 20, True),
    )


def _state(index: int, count: int) -> str:
    """The last ten prepare, those before them run, then five each wait for meeting and papers."""
    left = count - 1 - index
    if left < 10:
        return "preparing"
    if left < 30:
        return "running"
    if left < 35:
        return "marks_closed"
    return "decided" if left < 40 else "finished"


_PERSON_STATES = {"preparing": "accepted", "decided": "passed", "finished": "passed"}


def _add_participants(
    batches: list[tuple[str, list[EmployeeRow]]],
    everybody: list[tuple[str, list[EmployeeRow]]],
    first: int,
    staff: Staff,
) -> None:
    """Add the people of some batches; those who coach and examine them finished one long ago."""
    people, raters, drafts = [], [], []
    count = len(everybody)
    for index, (batch_id, members) in enumerate(batches, start=first):
        state = _PERSON_STATES.get(_state(index, count), "active")
        for number, member in enumerate(members, start=1):
            id = new_ulid()
            people.append(_participant(id, batch_id, number, member, state))
            raters += _raters(id, batch_id, number, everybody[index - count // 2][1])
            subject = audit.Subject(
                *("participant", id, member.display_name), person_id=member.id, context_id=batch_id
            )
            drafts.append(audit.Draft(subject))
    columns = ("id", "version", "batch", "employee", "number", "state", "state_reason", "nip")
    columns += ("name", "display_name", "rank", "position", "unit_name", "sending_agency")
    columns += ("electives", "confirmed_items", "lesson_hours_scheduled", "portrait")
    insert_rows(Participant, [*columns, "lesson_hours_attended"], people)
    columns = ("id", "version", "batch", "participant", "role", "person", "person_name", "since")
    insert_rows(Assignment, [*columns, "reason"], raters)
    audit.record_all(Trail.PARTICIPANT_ADDED, drafts, by=staff.actor("organiser"))


def _participant(
    id: str, batch_id: str, number: int, row: EmployeeRow, state: str
) -> tuple[Any, ...]:
    person = row.person
    return (
        *(id, 1, batch_id, row.id, number, state, "", person.nip, person.name.name),
        *(row.display_name, _RANKS, person.position, person.unit.name, person.unit.agency),
        *("[]", "[]", Decimal(830), "", Decimal(800)),
    )


def _raters(
    id: str, batch_id: str, number: int, others: list[EmployeeRow]
) -> list[tuple[Any, ...]]:
    """Four coaches and two examiners a batch, and a mentor for each."""
    chosen = {
        "coach": others[number % 4],
        "examiner": others[4 + number % 2],
        "mentor": others[6 + number % 34],
    }
    return [
        (new_ulid(), 1, batch_id, id, role, who.account_id, who.display_name, _LAST, "")
        for role, who in chosen.items()
    ]


def add_marks(batch_ids: list[str], staff: Staff) -> None:
    """Give everybody of some batches every mark, and compute the grades."""
    batches = list(Batch.objects.select_related("edition").filter(pk__in=batch_ids))
    view = scheme_of(batches[0])
    cells = [cell.code for cell in view.columns]
    rater, at = staff.accounts["organiser"], now()
    columns = ("id", "version", "participant", "cell", "value", "rater", "rater_name", "marked_at")
    for batch in batches:
        ids = list(
            Participant.objects.filter(batch=batch).order_by("number").values_list("pk", flat=True)
        )
        seed = batch.number * 10_000 + batch.year
        abilities = sample_abilities(len(ids), seed=seed)
        values = sample_marks(cells=cells, abilities=abilities, seed=seed)
        rows = [
            (new_ulid(), 1, id, cell, mark, rater, "Contoh", at)
            for id, marks in zip(ids, values, strict=True)
            for cell, mark in marks.items()
        ]
        with transaction.atomic():
            insert_rows(Mark, columns, rows)
            _grade_all(batch, at)


def _grade_all(batch: Batch, at: dt.datetime) -> None:
    """Compute grades whatever became of the people: the service grades only those not decided."""
    people = Participant.objects.filter(batch=batch)
    state = people.values_list("state", flat=True)[0]
    people.update(state="active")
    regrade(batch, scheme_of(batch), None, at=at)
    people.update(state=state)
    assert FinalGrade.objects.filter(participant__batch=batch).count() == SIZE
