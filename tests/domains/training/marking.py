"""Builders for tests of assessment: a running batch with raters and marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

from sinambung.domains.training.models import (
    AssignmentRole,
    Batch,
    ConductNote,
    Mark,
    Participant,
)
from sinambung.domains.training.services.assignments import assign
from sinambung.domains.training.services.batches import start_batch
from sinambung.domains.training.services.closing import close_marks
from sinambung.domains.training.services.freezing import freeze_meeting
from sinambung.domains.training.services.marks import CellChange, save_marks
from sinambung.domains.training.services.meetings import (
    MeetingFacts,
    decide_as_proposed,
    prepare_meeting,
)
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.domains.training import building as build

AT = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 24)
CELLS = (
    "AKD/A1",
    "AKD/A2",
    "AKD/A3",
    "AKD/JR",
    "STL/LP",
    "STL/PR",
    "RAP",
    "LAP@examiner",
    "LAP@coach",
    "SKP",
)


def actor_of(user: User, *roles: Role) -> Actor:
    plain = build.actor(*roles, id=user.pk)
    return Actor(id=user.pk, name=user.name, grants=plain.grants)


def organiser(name: str = "penyelenggara") -> Actor:
    return actor_of(build.staff(name, Role.ORGANISER), Role.ORGANISER)


def head(name: str = "kepala") -> Actor:
    return actor_of(build.staff(name, Role.HEAD_OF_TRAINING), Role.HEAD_OF_TRAINING)


def running_batch(
    count: int = 3, *, key: str = "pkp-contoh", number: int = 9, start: int = 0
) -> tuple[Batch, list[Participant]]:
    batch = build.batch(key, number=number)
    people = build.participants(batch, count, start=start)
    start_batch(
        batch_id=batch.pk, version=None, by=build.SYSTEM, reason="Penilai ditugaskan kemudian."
    )
    batch.refresh_from_db()
    return batch, list(Participant.objects.filter(pk__in=[p.pk for p in people]))


def give_role(
    batch: Batch, people: Sequence[Participant], role: AssignmentRole, name: str
) -> Actor:
    user = build.account(name)
    assign(
        batch_id=batch.pk,
        role=role,
        participant_ids=[person.pk for person in people],
        person_id=user.pk,
        on=build.DAY,
        by=build.SYSTEM,
    )
    return actor_of(user)


def changes(person: Participant, values: Mapping[str, str | None]) -> list[CellChange]:
    stored = {mark.cell: mark.version for mark in Mark.objects.filter(participant=person)}
    return [
        CellChange(person.pk, cell, value, stored.get(cell, 0)) for cell, value in values.items()
    ]


def fill(batch: Batch, people: Sequence[Participant], *, by: Actor, mark: str = "85") -> None:
    """Give everybody every mark of the scheme's regular raters."""
    from sinambung.domains.training.queries.schemes import scheme_of

    batch.refresh_from_db()
    cells = [cell.code for cell in scheme_of(batch).columns]
    asked = [change for person in people for change in changes(person, dict.fromkeys(cells, mark))]
    save_marks(batch_id=batch.pk, changes=asked, by=by, at=AT)


def oracle(participant: Participant) -> Fraction:
    """The final grade by the weights written in the batch, with fractions, without the rulebook."""
    scheme = participant.batch.scheme
    marks: dict[str, Fraction] = {
        mark.cell: Fraction(mark.value)
        for mark in Mark.objects.filter(participant=participant, value__isnull=False)
    }
    total = Fraction(0)
    for component in scheme["components"]:
        code = component["code"]
        if component["kind"] == "weighted":
            total += Fraction(component["weight"]) / 100 * _worth(component, code, marks)
        if component["kind"] == "deduction":
            notes = ConductNote.objects.filter(participant=participant, withdrawn_at=None)
            points = sum(
                (Fraction(note.deduction) for note in notes.filter(component=code)), Fraction(0)
            )
            limit = component["maximum"]
            total -= min(points, Fraction(limit)) if limit is not None else points
    return max(total, Fraction(0))


def _worth(part: Mapping[str, object], path: str, marks: Mapping[str, Fraction]) -> Fraction:
    inner = [*(part.get("sub_components") or ()), *(part.get("aspects") or ())]  # type: ignore[misc]
    if inner:
        return sum(
            (Fraction(p["weight"]) / 100 * _worth(p, f"{path}/{p['code']}", marks) for p in inner),
            Fraction(0),
        )
    raters = part.get("raters") or ()
    if not raters:
        return marks[path]
    regular = {rater["role"]: rater for rater in raters if not rater.get("replaces")}  # type: ignore[attr-defined]
    total = Fraction(0)
    for role, rater in regular.items():
        seats = [rater, *(r for r in raters if r.get("replaces") == role)]  # type: ignore[attr-defined]
        seat = next(s for s in seats if f"{path}@{s['role']}" in marks)
        total += Fraction(seat["share"]) / 100 * marks[f"{path}@{seat['role']}"]
    return total


def attend(batch: Batch, people: Sequence[Participant], *, share: int = 95) -> None:
    """Let everybody bring their papers and attend `share` of 100 lesson hours."""
    items = [item["code"] for item in batch.edition.content["curriculum"]["eligibility"]]
    Participant.objects.filter(pk__in=[person.pk for person in people]).update(
        confirmed_items=items, lesson_hours_scheduled=100, lesson_hours_attended=share
    )


def closed_batch(
    count: int = 3, *, number: int = 9, start: int = 0, by: Actor | None = None
) -> tuple[Batch, list[Participant]]:
    batch, people = running_batch(count, number=number, start=start)
    by = by or organiser(f"penyelenggara-{number}")
    fill(batch, people, by=by)
    attend(batch, people)
    close_marks(batch_id=batch.pk, version=None, by=by, at=AT)
    batch.refresh_from_db()
    return batch, people


def meeting_facts(day: dt.date = ON) -> MeetingFacts:
    return MeetingFacts(held_on=day, chair="Ketua Contoh", members=("Anggota Contoh",))


def decided_batch(
    count: int = 3, *, number: int = 9, start: int = 0
) -> tuple[Batch, list[Participant]]:
    """A batch whose first meeting let everybody pass and is frozen."""
    by = organiser(f"penyelenggara-{number}")
    batch, people = closed_batch(count, number=number, start=start, by=by)
    meeting = prepare_meeting(batch_id=batch.pk, version=None, facts=meeting_facts(), by=by)
    decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    freeze_meeting(meeting_id=meeting.pk, version=None, by=head(f"kepala-{number}"), at=AT)
    batch.refresh_from_db()
    return batch, people
