"""Documents: brought by the participant, examined by the organiser; and one's own pages."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags
from PIL import Image

from sinambung.domains.training.models import Batch, Participant, ParticipantDocument
from sinambung.platform.audit.queries import entries_about, line
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import RoleAssignment
from sinambung.platform.notices.models import Notice
from tests.domains.training import building as build
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch() -> Batch:
    return build.batch()


@pytest.fixture
def person(batch: Batch) -> Participant:
    return build.participants(batch, 1)[0]


@pytest.fixture
def participant(person: Participant) -> Client:
    return signed_in(person.employee.account)


@pytest.fixture
def organiser() -> Client:
    return signed_in(build.staff("penyelenggara", Role.ORGANISER))


def picture(name: str = "surat.png", size: tuple[int, int] = (300, 400)) -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.new("RGB", size, "red").save(target, "PNG")
    return SimpleUploadedFile(name, target.getvalue(), content_type="image/png")


def upload(client: Client, person: Participant, item: str = "surat-tugas") -> ParticipantDocument:
    answer = client.post(
        f"/pelatihan/saya/{person.pk}/berkas/unggah/", {"item": item, "file": picture()}
    )
    assert answer.status_code == 302
    return ParticipantDocument.objects.get(item=item, state="uploaded")


def test_a_file_is_brought_returned_brought_again_and_accepted(
    participant: Client, organiser: Client, person: Participant
) -> None:
    own = f"/pelatihan/saya/{person.pk}/berkas/"
    first = upload(participant, person)
    organiser.post(
        f"/pelatihan/berkas/{first.pk}/kembalikan/",
        {"version": first.version, "note": "Belum <b>ditandatangani</b>"},
    )
    assert "Belum &lt;b&gt;ditandatangani" in participant.get(own).content.decode()
    notice = Notice.objects.filter(user_id=person.employee.account_id).order_by("id").last()
    assert notice.link == own
    assert "Surat tugas dikembalikan" in notice.text
    second = upload(participant, person)
    answer = organiser.post(f"/pelatihan/berkas/{second.pk}/terima/", {"version": second.version})
    assert answer.status_code == 302
    assert ParticipantDocument.objects.get(pk=second.pk).state == "accepted"
    again = participant.post(f"{own}unggah/", {"item": "surat-tugas", "file": picture()})
    assert again.status_code == 409


def test_two_organisers_cannot_decide_the_same_file_twice(
    participant: Client, organiser: Client, person: Participant
) -> None:
    row = upload(participant, person)
    url = f"/pelatihan/berkas/{row.pk}/"
    assert organiser.post(f"{url}terima/", {"version": row.version}).status_code == 302
    late = organiser.post(f"{url}kembalikan/", {"version": row.version, "note": "Salah"})
    assert late.status_code == 409
    assert ParticipantDocument.objects.get().state == "accepted"


def test_several_files_are_accepted_at_once(
    participant: Client, organiser: Client, batch: Batch, person: Participant
) -> None:
    rows = [upload(participant, person, item).pk for item in ("surat-tugas", "biodata")]
    page = f"/pelatihan/angkatan/{batch.pk}/berkas/"
    assert "2 berkas menunggu" in organiser.get(page).content.decode()
    organiser.post(f"{page}terima/", {"row": rows})
    assert set(ParticipantDocument.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_requirement_without_a_file_is_confirmed_and_taken_back(
    organiser: Client, batch: Batch, person: Participant
) -> None:
    url = f"/pelatihan/angkatan/{batch.pk}/berkas/nyatakan/"
    organiser.post(url, {"row": [person.pk], "item": "disiplin"})
    assert Participant.objects.get().confirmed_items == ["disiplin"]
    organiser.post(url, {"row": [person.pk], "item": "disiplin", "confirmed": "tidak"})
    assert Participant.objects.get().confirmed_items == []
    assert organiser.post(url, {"row": [person.pk], "item": "karangan"}).status_code == 404


def test_whoever_met_everything_is_accepted_without_a_reason(batch: Batch) -> None:
    from sinambung.domains.training.queries.programmes import edition_of
    from sinambung.domains.training.services import documents, participants

    people = build.employees(1, start=40)
    row = participants.nominate(batch_id=batch.pk, nips=[people[0].nip], by=build.SYSTEM)[0]
    for item in edition_of(batch).curriculum.eligibility:
        documents.confirm_item(
            batch_id=batch.pk, participant_ids=[row.pk], item=item.code, by=build.SYSTEM
        )
    participants.accept_participants(batch_id=batch.pk, participant_ids=[row.pk], by=build.SYSTEM)
    assert Participant.objects.get(pk=row.pk).state == "accepted"


@pytest.mark.parametrize(
    "content", [b"", b"<script>alert(1)</script>", b"%PDF-1.7 broken", b"MZ\x90\x00"]
)
def test_a_file_that_is_none_of_the_kinds_is_refused(
    participant: Client, person: Participant, content: bytes
) -> None:
    file = SimpleUploadedFile("surat.pdf", content, content_type="application/pdf")
    url = f"/pelatihan/saya/{person.pk}/berkas/unggah/"
    assert participant.post(url, {"item": "surat-tugas", "file": file}).status_code in (409, 422)
    assert participant.post(url, {"item": "surat-tugas"}).status_code == 422
    assert not ParticipantDocument.objects.exists()


def test_a_portrait_is_kept_and_only_seen_by_those_who_may(
    participant: Client, organiser: Client, person: Participant
) -> None:
    participant.post(
        f"/pelatihan/saya/{person.pk}/foto/", {"file": picture("foto.png", (600, 800))}
    )
    url = f"/pelatihan/peserta/{person.pk}/foto/"
    assert participant.get(url)["Content-Type"] == "image/jpeg"
    assert organiser.get(url).status_code == 200
    stranger = signed_in(build.account("orang-asing"))
    assert stranger.get(url).status_code == 404


def test_an_organiser_of_every_unit_opens_a_file_and_a_portrait(
    participant: Client, person: Participant
) -> None:
    row = upload(participant, person)
    participant.post(
        f"/pelatihan/saya/{person.pk}/foto/", {"file": picture("foto.png", (600, 800))}
    )
    user = build.account("penyelenggara-semua")
    RoleAssignment.objects.create(user=user, role=Role.ORGANISER, since=dt.date(2020, 1, 1))
    client = signed_in(user)
    assert client.get(f"/pelatihan/berkas/{row.pk}/").status_code == 200
    assert client.get(f"/pelatihan/peserta/{person.pk}/foto/").status_code == 200


def test_a_participant_opening_another_ones_page_gets_404(
    participant: Client, batch: Batch, person: Participant
) -> None:
    other = build.participants(batch, 1, start=7)[0]
    row = upload(signed_in(other.employee.account), other)
    for path in ("", "berkas/"):
        assert participant.get(f"/pelatihan/saya/{other.pk}/{path}").status_code == 404
    assert participant.get(f"/pelatihan/berkas/{row.pk}/").status_code == 404
    assert participant.get(f"/pelatihan/peserta/{other.pk}/").status_code in (403, 404)
    url = f"/pelatihan/saya/{other.pk}/berkas/unggah/"
    assert participant.post(url, {"item": "biodata", "file": picture()}).status_code == 404


def test_own_pages_show_the_batch_and_the_person(participant: Client, person: Participant) -> None:
    assert person.batch.name in participant.get("/pelatihan/saya/").content.decode()
    shown = participant.get(f"/pelatihan/saya/{person.pk}/").content.decode()
    assert person.display_name in shown
    assert "Lengkapi berkas" in shown
    assert (
        "belum terdaftar"
        in signed_in(build.account("lain")).get("/pelatihan/saya/").content.decode()
    )


def test_electives_are_chosen_within_the_stated_number() -> None:
    batch = build.batch("pka-contoh")
    person = build.participants(batch, 1, start=60)[0]
    client = signed_in(person.employee.account)
    from sinambung.domains.training.queries.participant_page import participant_page

    person = Participant.objects.get(pk=person.pk)
    codes = [subject.code for subject in participant_page(person).electives]
    url = f"/pelatihan/saya/{person.pk}/pilihan/"
    few = client.post(url, {"version": person.version, "electives": codes[:1]})
    assert few.status_code == 422
    answer = client.post(url, {"version": person.version, "electives": codes[:3]})
    assert answer.status_code == 302
    assert Participant.objects.get(pk=person.pk).electives == codes[:3]


def test_the_trail_of_an_own_file_names_its_bringer_once(
    participant: Client, person: Participant
) -> None:
    upload(participant, person)
    entry = entries_about(person_id=person.employee_id).first()
    assert entry is not None
    assert strip_tags(line(entry).text) == "mengunggah Surat tugas"
