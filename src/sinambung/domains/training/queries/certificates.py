"""What certificates of a batch print: taken from frozen decisions, never from anything earlier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sinambung.domains.credentials import queries as credentials
from sinambung.domains.credentials.services import (
    CertificateRequest,
    MarkRow,
    Signatory,
    Source,
    SubjectRow,
)
from sinambung.domains.training.models import (
    Batch,
    Decision,
    FinalGrade,
    MeetingState,
    Outcome,
    Participant,
)
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.pure.rulebook.letter_numbers import to_roman
from sinambung.pure.rulebook.marks import comma
from sinambung.pure.rulebook.programmes import ProgrammeEdition, SubjectKind, unverified_values
from sinambung.pure.rulebook.programmes.kinds import ComponentKind

KIND = "batch"
CENT = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A participant who passed, with the certificate where there is one."""

    participant: Participant
    distinction: str
    certificate_id: str
    number: str
    state_label: str
    is_finished: bool


@dataclass(frozen=True, slots=True)
class CertificatesPage:
    batch: Batch
    lines: tuple[CertificateLine, ...]
    source_id: str
    job_id: str
    issued: int
    waiting: int
    is_decided: bool

    @property
    def to_issue(self) -> int:
        return sum(not line.certificate_id for line in self.lines)


def certificates_page(batch: Batch) -> CertificatesPage:
    """Return who of a batch is to receive a certificate, and what became of it."""
    source = credentials.source_by_key(kind=KIND, key=batch.pk)
    rows = (
        {row.source_key: row for row in credentials.certificates_of_source(source.pk)}
        if source
        else {}
    )
    lines = tuple(
        _line(decision, rows.get(decision.participant_id)) for decision in passed_decisions(batch)
    )
    return CertificatesPage(
        batch=batch,
        lines=lines,
        source_id=source.pk if source else "",
        job_id=source.job_id if source else "",
        issued=sum(line.is_finished for line in lines),
        waiting=sum(bool(line.certificate_id) and not line.is_finished for line in lines),
        is_decided=batch.state in ("decided", "finished"),
    )


def passed_decisions(batch: Batch) -> list[Decision]:
    """Return the frozen decisions that let somebody pass, in the order of the roster."""
    rows = Decision.objects.filter(
        meeting__batch=batch, meeting__state=MeetingState.FROZEN, outcome=Outcome.PASSED
    )
    return list(rows.select_related("participant__employee").order_by("participant__number", "id"))


def source_of(batch: Batch, *, on: dt.date, place: str, signatory: Signatory) -> Source:
    """Return what all certificates of a batch print."""
    edition = edition_of(batch)
    layout, hours = edition.certificate, edition.curriculum.total_hours
    host = batch.host
    legal = f", {layout.legal_sentence}," if layout.legal_sentence else ""
    unverified = unverified_values(edition)
    return Source(
        kind=KIND,
        key=batch.pk,
        name=batch.name,
        unit_id=host.pk,
        title=layout.title,
        short_title=layout.abbreviation or layout.kind.label,
        programme=f"{edition.name} ({edition.code})",
        batch=f"Angkatan {to_roman(batch.number)} Tahun {batch.year}",
        organiser=host.name,
        opening=f"{host.name}{legal} menyatakan bahwa",
        starts_on=batch.starts_on,
        ends_on=batch.ends_on,
        lesson_hours="" if hours is None else comma(hours),
        issued_on=on,
        place=place,
        signatory=signatory,
        register=f"sertifikat-{host.pk}",
        number_pattern=layout.number_pattern,
        number_values={
            "program": edition.code,
            "angkatan": to_roman(batch.number),
            "kode_unit": host.short_name or host.code,
        },
        href=f"/pelatihan/angkatan/{batch.pk}/sertifikat/",
        subjects=tuple(_subjects(edition, ())) if not _electives(edition) else (),
        subjects_total="" if hours is None else f"Jumlah {comma(hours)} JP",
        note="Nilai bawaan pada edisi ini belum diverifikasi." if unverified else "",
    )


def requests_of(batch: Batch, decisions: list[Decision]) -> list[CertificateRequest]:
    """Return one request for each person who passed."""
    edition = edition_of(batch)
    grades = {
        grade.participant_id: grade
        for grade in FinalGrade.objects.filter(
            participant__in=[decision.participant_id for decision in decisions]
        )
    }
    return [
        _request(decision, edition, grades.get(decision.participant_id)) for decision in decisions
    ]


def mark_rows(edition: ProgrammeEdition, grade: FinalGrade) -> Iterator[MarkRow]:
    """Yield the marks as the back page lists them, from the working of the grade."""
    steps = {step[0]: step[1] for step in grade.working if step[1]}
    marks: Mapping[str, str] = grade.components.get("marks", {})
    for component in edition.assessment.components:
        if component.kind is not ComponentKind.WEIGHTED or component.code not in marks:
            continue
        weight = component.weight or Decimal(0)
        parts = [*component.sub_components, *component.aspects]
        if not parts:
            mark = _shown(Decimal(marks[component.code]))
            yield MarkRow(component.name, f"{comma(weight)}%", mark)
            continue
        yield MarkRow(component.name, f"{comma(weight)}%", is_group=True)
        for share, name, mark in steps.get(component.name, ()):
            inner = Decimal(share) * weight / HUNDRED
            yield MarkRow(name, f"{comma(inner)}%", _shown(Decimal(mark)))


def _request(
    decision: Decision, edition: ProgrammeEdition, grade: FinalGrade | None
) -> CertificateRequest:
    person = decision.participant
    employee = person.employee
    layout = edition.certificate
    marks: tuple[MarkRow, ...] = ()
    final = None
    if layout.marks_page and grade is not None and decision.grade:
        marks = tuple(mark_rows(edition, grade))
        name = f"Nilai akhir, {decision.distinction}" if decision.distinction else "Nilai akhir"
        final = MarkRow(name, "100%", _shown(Decimal(decision.grade)))
    own = tuple(_subjects(edition, person.electives)) if _electives(edition) else None
    return CertificateRequest(
        source_key=person.pk,
        holder_name=person.display_name,
        holder_nip=person.nip,
        holder_account=employee.account_id or "",
        person_id=person.employee_id,
        birth_place=employee.birth_place,
        born_on=employee.birth_date,
        rank=person.rank,
        position=person.position,
        agency=", ".join(dict.fromkeys(filter(None, [person.unit_name, person.sending_agency]))),
        portrait_file=person.portrait,
        result="Lulus" if edition.assessment.is_graded else "",
        distinction=decision.distinction if layout.shows_distinction else "",
        marks=marks,
        final=final,
        subjects=own,
    )


def _electives(edition: ProgrammeEdition) -> bool:
    return any(subject.kind is SubjectKind.ELECTIVE for subject in edition.curriculum.subjects)


def _subjects(edition: ProgrammeEdition, chosen: Any) -> Iterator[SubjectRow]:
    """Yield the agendas with their subjects; of the electives only the chosen ones."""
    number = 0
    for agenda in edition.curriculum.agendas:
        subjects = [
            subject
            for subject in edition.curriculum.subjects
            if subject.agenda == agenda.code
            and (subject.kind is not SubjectKind.ELECTIVE or subject.code in chosen)
        ]
        if subjects:
            yield SubjectRow(agenda.name, is_group=True)
        for subject in subjects:
            number += 1
            hours = subject.total_hours
            yield SubjectRow(subject.name, str(number), "" if hours is None else comma(hours))


def _shown(number: Decimal) -> str:
    return str(number.quantize(CENT, rounding=ROUND_HALF_UP)).replace(".", ",")


def _line(decision: Decision, row: Any) -> CertificateLine:
    return CertificateLine(
        participant=decision.participant,
        distinction=decision.distinction,
        certificate_id=row.pk if row else "",
        number=row.number if row else "",
        state_label=str(row.get_state_display()) if row else "",
        is_finished=bool(row and row.file_id),
    )
