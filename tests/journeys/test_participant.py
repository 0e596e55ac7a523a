"""A participant with a phone: from the activation slip to the signed certificate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Locator, Page, expect

from sinambung.demo.papers import sample_paper
from sinambung.demo.portraits import drawn_portrait
from sinambung.domains.credentials.services import Outcome, check_file
from sinambung.domains.training.models import Batch, Participant, ParticipantDocument
from sinambung.domains.training.queries.programmes import edition_of
from sinambung.domains.training.services import documents, issuing
from sinambung.domains.training.services.batches import start_batch
from sinambung.domains.training.services.closing import close_marks
from sinambung.domains.training.services.freezing import freeze_meeting
from sinambung.domains.training.services.meetings import decide_as_proposed, prepare_meeting
from sinambung.domains.training.services.participants import accept_participants, nominate
from sinambung.platform.documents import services as papers
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.models import User
from sinambung.pure.signatures.authority import Subject
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.journeys.acting import paper, told
from tests.journeys.conftest import Visit

Check = Callable[[Page], None]
PASSWORD = "payung biru di atas meja"
LETTER = "Surat tugas"
PHONE = {"width": 390, "has_touch": True, "is_mobile": True, "device_scale_factor": 3}
SIGNER = Subject(name="Contoh Penanda Tangan", title="Kepala Badan", organisation="Badan Contoh")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _authority(settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    papers.prepare_authority(signer=SIGNER, at=clock.now() - dt.timedelta(days=1))


def test_papers_their_check_and_the_certificate_on_a_phone(
    visitor: Visit, accessible: Check, tmp_path: Path
) -> None:
    batch = build.batch()
    (employee,) = build.employees(1)
    (person,) = nominate(batch_id=batch.pk, nips=[employee.nip], by=build.SYSTEM)
    organiser = marking.organiser()
    page = visitor("/aktivasi/", **PHONE)
    _activate(page, accessible, employee.account)
    _bring(page, accessible, person, batch)
    _check(person, organiser, refused="surat-tugas")
    _bring_again(page, accessible, person)
    _run_to_certificate(batch, person, organiser)
    content = _receive(page, accessible, tmp_path)
    answer = check_file(content, at=clock.now())
    assert answer.outcome is Outcome.VALID
    assert answer.certificate is not None
    assert answer.certificate.holder_name == person.display_name


def _activate(page: Page, accessible: Check, account: User | None) -> None:
    assert account is not None
    (slip,) = identity.issue_activation_codes(
        user_ids=[account.pk], by=build.SYSTEM, at=clock.now()
    )
    accessible(page)
    page.get_by_label("NIP").fill(account.username)
    page.get_by_label("Kode aktivasi").fill(slip.code.lower())
    page.get_by_label("Sandi baru", exact=True).fill(PASSWORD)
    page.get_by_label("Ulangi sandi baru").fill(PASSWORD)
    _tap(page, page.get_by_role("button", name="Aktifkan akun"))
    assert "/aktivasi" not in page.url
    _fits(page)
    accessible(page)


def _bring(page: Page, accessible: Check, person: Participant, batch: Batch) -> None:
    """Go from the home page to the checklist and bring each paper, and the portrait."""
    page.goto("/pelatihan/saya/")
    _tap(page, page.get_by_role("link", name=batch.name))
    _fits(page)
    accessible(page)
    _tap(page, page.get_by_role("link", name="Lengkapi berkas"))
    accessible(page)
    for item in _wanted(batch):
        _upload(page, item)
    page.get_by_label("Pilih foto").set_input_files(
        {
            "name": "foto.jpg",
            "mimeType": "image/jpeg",
            "buffer": drawn_portrait(person.nip, is_female=True),
        }
    )
    page.get_by_role("button", name="Simpan pas foto").tap()
    told(page, "Unduh pas foto")
    expect(page.get_by_text("Menunggu diperiksa")).to_have_count(len(_wanted(batch)))
    _fits(page)
    accessible(page)


def _wanted(batch: Batch) -> list[str]:
    return [item.name for item in edition_of(batch).curriculum.eligibility if item.document]


def _upload(page: Page, item: str, content: bytes | None = None) -> None:
    card = paper(page, item)
    card.locator("input[type=file]").set_input_files(
        {
            "name": f"{item}.pdf",
            "mimeType": "application/pdf",
            "buffer": content or sample_paper(),
        }
    )
    card.get_by_role("button", name="Unggah berkas").tap()
    expect(card.get_by_text("Menunggu diperiksa")).to_be_visible()


def _check(person: Participant, organiser: Actor, *, refused: str) -> None:
    for row in ParticipantDocument.objects.filter(participant=person, state="uploaded"):
        facts = {"document_id": row.pk, "version": row.version, "by": organiser}
        if row.item == refused:
            note = "Belum bertanda tangan."
            documents.return_document(**facts, note=note, at=clock.now())
        else:
            documents.accept_document(**facts, at=clock.now())


def _bring_again(page: Page, accessible: Check, person: Participant) -> None:
    """The participant is told, sees why, and brings the paper again."""
    page.goto("/")
    accessible(page)
    page.goto(f"/pelatihan/saya/{person.pk}/berkas/")
    told(page, "Perbaiki lalu unggah lagi")
    told(page, "Belum bertanda tangan.")
    accessible(page)
    card = paper(page, LETTER)
    card.locator("input[type=file]").set_input_files(
        {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"bukan PDF"}
    )
    _tap(page, card.get_by_role("button", name="Unggah berkas"))
    assert ParticipantDocument.objects.filter(participant=person, state="uploaded").count() == 0
    page.goto(f"/pelatihan/saya/{person.pk}/berkas/")
    _upload(page, LETTER)


def _run_to_certificate(batch: Batch, person: Participant, organiser: Actor) -> None:
    """What the training agency does meanwhile, by the services of its pages."""
    _check(person, organiser, refused="")
    others = [item.code for item in edition_of(batch).curriculum.eligibility if not item.document]
    for item in others:
        documents.confirm_item(
            batch_id=batch.pk, participant_ids=[person.pk], item=item, by=organiser
        )
    accept_participants(batch_id=batch.pk, participant_ids=[person.pk], by=organiser)
    start_batch(batch_id=batch.pk, version=None, by=organiser, reason="Penilai menyusul.")
    marking.fill(batch, [person], by=organiser, mark="88,5")
    marking.attend(batch, [person])
    close_marks(batch_id=batch.pk, version=None, by=organiser, at=clock.now())
    meeting = prepare_meeting(
        batch_id=batch.pk, version=None, facts=marking.meeting_facts(), by=organiser
    )
    decide_as_proposed(meeting_id=meeting.pk, version=None, deadline=None, by=organiser)
    freeze_meeting(meeting_id=meeting.pk, version=None, by=marking.head(), at=clock.now())
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(_issue, batch, organiser).result()


def _issue(batch: Batch, by: Actor) -> None:
    """Sign in a thread without a loop of events: the browser keeps one in the test's own."""
    try:
        issuing.issue_certificates(batch_id=batch.pk, by=by, at=clock.now(), inline=True)
    finally:
        connection.close()


def _receive(page: Page, accessible: Check, folder: Path) -> bytes:
    page.goto("/sertifikat/saya/")
    told(page, "Berlaku")
    _fits(page)
    accessible(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh PDF").tap()
    target = folder / "sertifikat-saya.pdf"
    waiting.value.save_as(target)
    _tap(page, page.get_by_role("link", name="Lihat", exact=True))
    _fits(page)
    accessible(page)
    return target.read_bytes()


def _tap(page: Page, target: Locator) -> None:
    """Tap what opens another page, and wait for it."""
    with page.expect_navigation():
        target.tap()


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
