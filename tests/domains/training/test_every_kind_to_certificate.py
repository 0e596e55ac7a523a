"""Every kind of training, from its Excel roster to signed certificates that anybody can verify.

The national editions know neither weights nor bands as long as nobody has entered them from their
document. The numbers entered here are invented for the test: one person enters, another confirms.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from sinambung.demo.papers import sample_paper
from sinambung.demo.portraits import drawn_portrait
from sinambung.domains.credentials.models import Certificate
from sinambung.domains.credentials.services import Outcome, check_code, check_file
from sinambung.domains.training.models import Assignment, AssignmentRole, Batch, Participant
from sinambung.domains.training.queries.assignments import roles_of
from sinambung.domains.training.queries.certificates import certificates_page
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.queries.schemes import scheme_of
from sinambung.domains.training.services import (
    assignments,
    attendance,
    batches,
    closing,
    documents,
    grades,
    groups,
    issuing,
    marks,
    meetings,
    participants,
)
from sinambung.domains.training.services.freezing import freeze_meeting
from sinambung.domains.training.services.mark_checks import CellChange
from sinambung.domains.training.services.programmes import install_national_editions
from sinambung.domains.workforce.models import Employee
from sinambung.platform.documents import queries as files
from sinambung.platform.documents import services as papers
from sinambung.platform.exchange import services as exchange
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.models import User
from sinambung.platform.regulation import services as regulation
from sinambung.platform.regulation.queries import edition_for
from sinambung.platform.regulation.subjects import subject_of
from sinambung.pure.rulebook import programmes as rulebook
from sinambung.pure.signatures.authority import Subject
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.domains.training.test_roster_import import line, workbook
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

SIGNER = Subject(name="Contoh Penanda Tangan", title="Kepala Badan", organisation="Badan Contoh")
SINCE = dt.date(2026, 1, 1)
HOURS = {"total_hours": "321", "total_days": "45"}
WEIGHTS = {
    1: ("100",),
    2: ("70", "30"),
    4: ("10", "20", "30", "40"),
    5: tuple("10 15 20 30 25".split()),
}
BANDS = "Unggul Uji; paling sedikit 80; lulus\nBelum Uji; paling sedikit 0; tidak lulus"
LEVELS = (Decimal(92), Decimal(83), Decimal(52))


@dataclass(frozen=True, slots=True)
class Kind:
    """What the certificate of a kind must say; the rest comes from the edition."""

    title: str
    programme: str
    is_graded: bool = True
    has_own_bands: bool = True
    employment: str = "PNS"


KINDS = {
    "pkp-2019": Kind("Surat Tanda Tamat Pelatihan", "Pelatihan Kepemimpinan Pengawas (PKP)"),
    "pkp-2023": Kind("Surat Tanda Tamat Pelatihan", "Pelatihan Kepemimpinan Pengawas (PKP)"),
    "pka-2023": Kind("Surat Tanda Tamat Pelatihan", "Pelatihan Kepemimpinan Administrator (PKA)"),
    "pkn-ii-2023": Kind(
        "Surat Tanda Tamat Pelatihan",
        "Pelatihan Kepemimpinan Nasional Tingkat II (PKN II)",
        has_own_bands=False,
    ),
    "latsar-2022": Kind(
        "Surat Tanda Tamat Pelatihan",
        "Pelatihan Dasar Calon Pegawai Negeri Sipil (LATSAR)",
        employment="CPNS",
    ),
    "orientasi-pppk-2022": Kind(
        "Sertifikat",
        "Orientasi Pegawai Pemerintah dengan Perjanjian Kerja (ORIENTASI PPPK)",
        is_graded=False,
        employment="PPPK",
    ),
    "teknis-2018": Kind(
        "Surat Tanda Tamat Pelatihan", "Pelatihan Teknis (TEKNIS)", has_own_bands=False
    ),
    "fungsional-2018": Kind(
        "Surat Tanda Tamat Pelatihan", "Pelatihan Fungsional (FUNGSIONAL)", has_own_bands=False
    ),
    "pkp-contoh": Kind("Surat Tanda Tamat Pelatihan", "Pelatihan Kepemimpinan Pengawas (PKP)"),
}


@pytest.fixture(autouse=True)
def _installation(settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    papers.prepare_authority(signer=SIGNER, at=marking.AT - dt.timedelta(days=1))
    install_national_editions(by=build.SYSTEM, at=build.AT)


@dataclass(frozen=True, slots=True)
class Run:
    """One batch on its way, with who acts in it."""

    key: str
    kind: Kind
    batch: Batch
    organiser: Actor
    head: Actor

    def people(self) -> list[Participant]:
        return list(Participant.objects.filter(batch=self.batch).order_by("number"))


def test_no_national_edition_is_forgotten() -> None:
    assert {edition.key for edition in rulebook.programme_editions()} <= KINDS.keys()


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_goes_from_its_roster_to_certificates_that_verify(key: str) -> None:
    run = opened(key)
    enrolled(run)
    staffed(run)
    marked(run)
    decided(run)
    issuing.issue_certificates(batch_id=run.batch.pk, by=run.head, at=marking.AT, inline=True)
    first, second, third = run.people()
    rows = list(Certificate.objects.order_by("order"))
    assert [row.source_key for row in rows] == [first.pk, second.pk]
    for row, person in zip(rows, (first, second), strict=True):
        verified(run, row, person)
    assert certificates_page(run.batch).issued == 2
    assert third.state == ("failed" if run.kind.is_graded else "postponed")


def opened(key: str) -> Run:
    """Open a batch whose edition has the lesson hours that somebody entered before."""
    organiser, head = marking.organiser(), marking.head()
    run = Run(key, KINDS[key], Batch(), organiser, head)
    edition = build.edition(key)
    if not edition.content["curriculum"].get("total_hours"):
        entered(run, "totals", HOURS)
    batch = batches.create_batch(
        edition_id=edition.pk,
        host_id=build.unit("BPSDM", parent=build.unit()).pk,
        plan=build.plan(3),
        by=organiser,
    )
    return Run(key, KINDS[key], batch, organiser, head)


def enrolled(run: Run) -> None:
    """Bring the roster in, refuse those without papers, take the papers, accept."""
    people = build.employees(3)
    Employee.objects.update(employment=run.kind.employment)
    row = exchange.upload(
        kind="roster",
        file_name="daftar-peserta.xlsx",
        pieces=[workbook([line(person) for person in people])],
        options={"batch": run.batch.pk},
        by=run.organiser,
        inline=True,
    )
    row = exchange.apply_now(import_id=row.pk, by=run.organiser, reason="Surat pemanggilan.")
    assert (row.applied_rows, row.refusal) == (3, "")
    ids = [person.pk for person in run.people()]
    with pytest.raises(participants.RequirementsMissing):
        participants.accept_participants(
            batch_id=run.batch.pk, participant_ids=ids, by=run.organiser
        )
    for person in run.people():
        _bring_papers(run, person)
    for item in edition_of(run.batch).curriculum.eligibility:
        if not item.document:
            documents.confirm_item(
                batch_id=run.batch.pk, participant_ids=ids, item=item.code, by=run.organiser
            )
    participants.accept_participants(batch_id=run.batch.pk, participant_ids=ids, by=run.organiser)


def _bring_papers(run: Run, person: Participant) -> None:
    own = marking.actor_of(User.objects.get(username=person.nip))
    portrait = drawn_portrait(person.nip, is_female=person.number % 2 == 0)
    documents.set_portrait(
        participant_id=person.pk, content=portrait, name="foto.jpg", by=own, at=marking.AT
    )
    brought = [
        documents.upload_document(
            participant_id=person.pk,
            item=item.code,
            content=sample_paper(),
            name=f"{item.code}.pdf",
            by=own,
            at=marking.AT,
        ).pk
        for item in edition_of(run.batch).curriculum.eligibility
        if item.document
    ]
    documents.accept_documents(
        batch_id=run.batch.pk, document_ids=brought, by=run.organiser, at=marking.AT
    )


def staffed(run: Run) -> None:
    """Form groups, assign a person in every role that the edition has, and start."""
    groups.form_groups(batch_id=run.batch.pk, count=1, by=run.organiser)
    edition = edition_of(run.batch)
    traits = edition.traits
    roles = {role for role, _label in roles_of(edition)}
    has = {"coach": traits.has_coach, "mentor": traits.has_mentor, "examiner": traits.has_examiner}
    assert {role for role, wanted in has.items() if wanted} <= roles
    for role in roles:
        assignments.assign(
            batch_id=run.batch.pk,
            role=AssignmentRole(role),
            participant_ids=[person.pk for person in run.people()],
            person_id=build.account(f"{role}-uji").pk,
            on=build.DAY,
            by=run.organiser,
        )
    batches.start_batch(batch_id=run.batch.pk, version=None, by=run.organiser)
    assert {person.state for person in run.people()} == {"active"}
    assert Assignment.objects.count() == 3 * len(roles)


def marked(run: Run) -> None:
    """Mark everybody as rater or organiser; complete the scheme where it refuses; close."""
    run.batch.refresh_from_db()
    for person, level in zip(run.people(), LEVELS, strict=True):
        for cell in scheme_of(run.batch).columns:
            change = CellChange(person.pk, cell.code, _mark(run, cell.component, level))
            _save(run, change, cell.role)
    attendance.record_lesson_hours(
        batch_id=run.batch.pk,
        hours=[attendance.HoursAttended(person.pk, "100", "95,5") for person in run.people()],
        by=run.organiser,
    )
    _completed(run)
    grades.compute_grades(batch_id=run.batch.pk, by=run.organiser, at=marking.AT)
    closing.close_marks(batch_id=run.batch.pk, version=None, by=run.organiser, at=marking.AT)


def _mark(run: Run, component: str, level: Decimal) -> Decimal:
    """Return a mark that differs between components; a prerequisite is met or it is not."""
    parts = [part.code for part in scheme_of(run.batch).scheme.components]
    if not run.kind.is_graded:
        return Decimal(100) if level > 80 else Decimal(40)
    return level + Decimal("0.75") * parts.index(component)


def _save(run: Run, change: CellChange, role: str) -> None:
    if not role:
        marks.save_marks(batch_id=run.batch.pk, changes=[change], by=run.organiser, at=marking.AT)
        return
    rater = marking.actor_of(User.objects.get(username=f"{role}-uji"))
    marks.save_rated_marks(
        batch_id=run.batch.pk, changes=[change], by=rater, at=marking.AT, on=marking.ON
    )


def _completed(run: Run) -> None:
    """Enter what the scheme lacks: it refuses to compute until two persons have done so."""
    missing = scheme_of(run.batch).missing
    assert bool(missing) == (run.kind.is_graded and not run.key.endswith("-contoh"))
    if not missing:
        return
    with pytest.raises(grades.GradesCannotBeComputed) as refusal:
        grades.compute_grades(batch_id=run.batch.pk, by=run.organiser, at=marking.AT)
    assert "Isi dari" in str(refusal.value)
    weighted = subject_of(edition_for(run.key).mapping, "weights")
    assert weighted is not None
    cells = weighted.cells
    entered(
        run,
        "weights",
        {cell.key: weight for cell, weight in zip(cells, WEIGHTS[len(cells)], strict=True)},
    )
    if not run.kind.has_own_bands:
        entered(run, "bands", {"bands": BANDS})
    closing.complete_scheme(
        batch_id=run.batch.pk, version=None, by=run.organiser, at=marking.AT, on=marking.ON
    )
    run.batch.refresh_from_db()


def entered(run: Run, subject: str, values: Mapping[str, str]) -> None:
    """Enter local values as one person and confirm them as another; the first may not."""
    entry = regulation.enter_local_values(
        edition_key=run.key,
        subject_key=subject,
        values=values,
        effective_on=SINCE,
        source="Dokumen rekaan untuk pengujian",
        by=run.organiser,
        at=marking.AT,
    )
    with pytest.raises(regulation.SamePerson):
        regulation.confirm_local_values(
            id=entry.pk, version=entry.version, by=run.organiser, at=marking.AT
        )
    regulation.confirm_local_values(id=entry.pk, version=entry.version, by=run.head, at=marking.AT)


def decided(run: Run) -> None:
    meeting = meetings.prepare_meeting(
        batch_id=run.batch.pk, version=None, facts=marking.meeting_facts(), by=run.organiser
    )
    meetings.decide_as_proposed(
        meeting_id=meeting.pk, version=None, deadline=dt.date(2027, 1, 31), by=run.organiser
    )
    with pytest.raises(issuing.GraduationNotDecided):
        issuing.issue_certificates(batch_id=run.batch.pk, by=run.head, at=marking.AT)
    freeze_meeting(meeting_id=meeting.pk, version=None, by=run.head, at=marking.AT)
    run.batch.refresh_from_db()


def verified(run: Run, row: Certificate, person: Participant) -> None:
    """Look at the paper as its holder does, and at the answer as a stranger does."""
    content = files.file_content(row.file_id).content
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
    for text in expected_front(run, row, person):
        assert squeezed(text) in squeezed(pages[0])
    layout = edition_of(run.batch).certificate
    back = " ".join(pages[1:])
    assert ("Nilai akhir" in back) == (run.kind.is_graded and layout.marks_page)
    for text in expected_marks(run, person):
        assert text in back
    whole = check_file(content, at=marking.AT)
    assert whole.outcome is Outcome.VALID
    assert check_file(altered(content), at=marking.AT).outcome is Outcome.ALTERED
    answer = check_code(row.code)
    assert answer.outcome is Outcome.VALID
    assert answer.certificate is not None
    said = dict(answer.certificate.rows)
    assert said["Nama"] == person.display_name
    assert said["Sertifikat"].startswith(run.kind.title)
    assert run.kind.programme in said["Pelatihan"]
    page = Client().get(f"/periksa/{row.code}/").content.decode()
    assert row.number in page
    assert person.nip not in page
    own = signed_in(User.objects.get(username=person.nip))
    taken = own.get(f"/sertifikat/{row.pk}/unduh/")
    assert b"".join(taken) == content


def expected_front(run: Run, row: Certificate, person: Participant) -> Iterator[str]:
    edition = edition_of(run.batch)
    hours = edition.curriculum.total_hours
    yield run.kind.title.upper()
    yield f"Nomor: {row.number}"
    yield person.display_name
    yield f"{run.kind.programme} Angkatan III Tahun 2026"
    yield f"selama {hours} ("
    yield edition.certificate.legal_sentence
    yield row.shown_code
    yield "telah mengikuti" if not run.kind.is_graded else "LULUS"
    if run.kind.is_graded and edition.certificate.shows_distinction:
        yield f"dengan predikat {final_band(run, person)}"


def expected_marks(run: Run, person: Participant) -> Iterator[str]:
    if run.kind.is_graded:
        yield (
            f"Nilai akhir, {final_band(run, person)}"
            if edition_of(run.batch).certificate.shows_distinction
            else "Nilai akhir"
        )
        yield f"100% {shown(final(person))}"


def shown(number: Fraction) -> str:
    """Round half up, as people do: 92,225 is 92,23."""
    cents = (number * 100 + Fraction(1, 2)).__floor__()
    return f"{cents // 100},{cents % 100:02d}"


def final(person: Participant) -> Fraction:
    return marking.oracle(Participant.objects.select_related("batch").get(pk=person.pk))


def final_band(run: Run, person: Participant) -> str:
    bands: Sequence[Mapping[str, Any]] = run.batch.scheme["bands"]
    for band in bands:
        if "above" in band and final(person) > Fraction(str(band["above"])):
            return str(band["name"])
        if "at_least" in band and final(person) >= Fraction(str(band["at_least"])):
            return str(band["name"])
    raise AssertionError(f"no band for {final(person)}")


def squeezed(text: str) -> str:
    """Return a text without spaces: headings on paper have wide letters."""
    return "".join(text.split())


def altered(content: bytes) -> bytes:
    """Change one byte of what is signed, past the head of the file."""
    place = len(content) // 3
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
