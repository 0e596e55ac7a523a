"""Certificates come only from frozen decisions, once each, in a job or at once."""

from __future__ import annotations

import datetime as dt

import pytest

from sinambung.domains.credentials.models import Certificate, CertificateState
from sinambung.domains.credentials.services import AllIssued, finish_certificates
from sinambung.domains.training.models import Participant
from sinambung.domains.training.queries.certificates import certificates_page
from sinambung.domains.training.services import issuing, meetings
from sinambung.domains.training.services.freezing import freeze_meeting
from sinambung.domains.training.services.meetings import DecisionDraft
from sinambung.platform.documents import services as documents
from sinambung.platform.identity.capabilities import Role
from sinambung.pure.signatures.authority import Subject
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
SIGNER = Subject(name="Contoh Penanda Tangan", title="Kepala Badan", organisation="Badan Contoh")


@pytest.fixture(autouse=True)
def _authority(settings: object, tmp_path: object) -> None:
    settings.DATA_FOLDER = tmp_path  # type: ignore[attr-defined]
    documents.prepare_authority(signer=SIGNER, at=marking.AT - dt.timedelta(days=1))


def issue(batch_id: str, *, inline: bool = True) -> str:
    return issuing.issue_certificates(
        batch_id=batch_id, by=marking.organiser("penerbit"), at=marking.AT, inline=inline
    )


def test_nothing_before_the_frozen_meeting_issues_a_certificate() -> None:
    by = marking.organiser()
    batch, people = marking.running_batch(2)
    marking.fill(batch, people, by=by)
    marking.attend(batch, people)
    with pytest.raises(issuing.GraduationNotDecided):
        issuing.issue_certificates(batch_id=batch.pk, by=by, at=marking.AT)
    marking.close_marks(batch_id=batch.pk, version=None, by=by, at=marking.AT)
    with pytest.raises(issuing.GraduationNotDecided):
        issuing.issue_certificates(batch_id=batch.pk, by=by, at=marking.AT)
    meeting = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    with pytest.raises(issuing.GraduationNotDecided):
        issuing.issue_certificates(batch_id=batch.pk, by=by, at=marking.AT)
    assert not Certificate.objects.exists()


def test_only_those_who_passed_receive_one_and_a_second_click_issues_nothing() -> None:
    by = marking.organiser()
    batch, people = marking.closed_batch(3, by=by)
    meeting = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    meetings.decide(
        meeting_id=meeting.pk,
        version=None,
        decisions=[DecisionDraft(people[1].pk, "failed", "Memalsukan laporan.")],
        by=by,
    )
    meetings.decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=by)
    freeze_meeting(meeting_id=meeting.pk, version=None, by=marking.head(), at=marking.AT)
    issue(batch.pk)
    rows = list(Certificate.objects.order_by("order"))
    assert [row.source_key for row in rows] == [people[0].pk, people[2].pk]
    assert {row.state for row in rows} == {CertificateState.VALID}
    assert rows[0].number.startswith("1/PKP.IX/")
    content = rows[0].content
    assert content["source"]["batch"] == "Angkatan IX Tahun 2026"
    assert content["holder"]["distinction"] == "Memuaskan"
    names = [row["name"] for row in content["holder"]["marks"]]
    assert names[:3] == ["Akademik", "Agenda I", "Agenda II"]
    assert content["holder"]["final"]["mark"] == "85,00"
    with pytest.raises(AllIssued):
        issuing.issue_certificates(batch_id=batch.pk, by=by, at=marking.AT)
    assert Certificate.objects.count() == 2


def test_a_double_click_while_the_job_waits_asks_once() -> None:
    batch, _ = marking.decided_batch(2)
    by = marking.organiser("penerbit-dua")
    for _ in range(2):
        source = issuing.issue_certificates(batch_id=batch.pk, by=by, at=marking.AT)
    assert Certificate.objects.count() == 2
    finish_certificates(source_id=source, by=by, at=marking.AT)
    page = certificates_page(batch)
    assert (page.issued, page.to_issue, page.waiting) == (2, 0, 0)


def test_the_snapshot_keeps_what_the_participant_was_called_then() -> None:
    batch, people = marking.decided_batch(1)
    issue(batch.pk)
    Participant.objects.filter(pk=people[0].pk).update(display_name="Nama Lain")
    row = Certificate.objects.get()
    assert row.holder_name == people[0].display_name
    assert row.content["holder"]["birth_place"] == "Kota Contoh"


def test_a_later_meeting_that_is_not_frozen_issues_nothing() -> None:
    by = marking.organiser()
    batch, people = marking.closed_batch(2, by=by)
    first = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=by
    )
    late = DecisionDraft(
        people[0].pk, "postponed", "Ada laporan.", "Laporan akhir", dt.date(2026, 12, 20)
    )
    meetings.decide(meeting_id=first.pk, version=None, decisions=[late], by=by)
    meetings.decide_as_proposed(meeting_id=first.pk, version=None, deadline=None, by=by)
    freeze_meeting(meeting_id=first.pk, version=None, by=marking.head(), at=marking.AT)
    second = meetings.prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(dt.date(2026, 12, 20)), by=by
    )
    meetings.decide_as_proposed(meeting_id=second.pk, version=None, deadline=None, by=by)
    issue(batch.pk)
    assert [row.source_key for row in Certificate.objects.all()] == [people[1].pk]


def test_issuing_shows_its_progress_on_the_page_itself() -> None:
    batch, _people = marking.decided_batch(1)
    head = build.staff("kepala-web", Role.HEAD_OF_TRAINING)
    by = marking.actor_of(head, Role.HEAD_OF_TRAINING)
    issuing.issue_certificates(batch_id=batch.pk, by=by, at=marking.AT)
    page = signed_in(head).get(f"/pelatihan/angkatan/{batch.pk}/sertifikat/")
    assert "<job-progress" in page.content.decode()
    assert " reload>" in page.content.decode()
