"""The trail: readable, filtered, by key, and only for those who may read it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinambung.domains.training.models import Batch
from sinambung.domains.training.trail import Trail as Training
from sinambung.domains.workforce.models import Employee
from sinambung.platform.audit import services as audit
from sinambung.platform.audit.actions import known_actions
from sinambung.platform.audit.models import Entry
from sinambung.platform.foundation.actors import system
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from sinambung.platform.identity.trail import Trail
from sinambung.platform.jobs.models import Job
from sinambung.portal import services
from sinambung.portal.queries import trail_labels
from tests.domains.training import building as build
from tests.sessions import signed_in

BY = system("pengujian")


def write(count: int = 1, **subject: str) -> str:
    id = subject.pop("id", new_ulid())
    for number in range(count):
        audit.record(
            Trail.USER_ADDED,
            audit.Subject(kind="user", id=id, name=f"Orang {number}", **subject),
            by=BY,
        )
    return id


@pytest.fixture
def auditor_client(db: None) -> Client:
    return signed_in(build.staff("pemeriksa", Role.AUDITOR))


@pytest.fixture
def auditor_everywhere(db: None) -> Client:
    user = build.account("pemeriksa.umum")
    user.roles.create(role=Role.AUDITOR, unit=None, since=build.dt.date(2020, 1, 1))
    return signed_in(user)


def test_the_trail_reads_as_sentences_by_day(auditor_everywhere: Client) -> None:
    write()
    html = auditor_everywhere.get("/jejak/").content.decode()
    assert "Hari ini" in html
    assert re.search(
        r'membuat akun <a href="/jejak/objek/\w{26}/"><strong>Orang 0</strong></a>\.', html
    )


def test_pages_go_by_key_without_loss_or_repetition(auditor_everywhere: Client) -> None:
    write(120)
    seen: list[str] = []
    address = "/jejak/"
    for _ in range(5):
        html = auditor_everywhere.get(address).content.decode()
        seen += re.findall(r"<strong>(Orang \d+)</strong>", html)
        match = re.search(r'rel="next" href="([^"]+)"', html)
        if not match:
            break
        address = "/jejak/" + match[1].replace("&amp;", "&")
    assert seen == [f"Orang {number}" for number in reversed(range(120))]


@pytest.mark.parametrize(
    "query",
    ["?sejak=kemarin", "?pelaku=x", "?sesudah=rusak", "?sesudah=W10", "?angkatan=%00"],
)
def test_bad_filters_are_refused_with_a_sentence(auditor_everywhere: Client, query: str) -> None:
    assert auditor_everywhere.get("/jejak/" + query).status_code == 422


def test_filters_narrow_the_trail(auditor_everywhere: Client, organiser: User) -> None:
    write(person_id=(person := new_ulid()))
    write()
    for query, count in [
        (f"?pegawai={person}", 1),
        ("?nip=198001012010011999", 0),
        ("?tindakan=identity.user_added", 2),
        ("?tindakan=tidak.ada", 0),
        ("?sejak=2020-01-01&sampai=2020-01-02", 0),
        (f"?pelaku={organiser.pk}", 0),
    ]:
        html = auditor_everywhere.get("/jejak/" + query).content.decode()
        assert html.count("<strong>Orang") == count, query


def test_an_auditor_of_one_agency_reads_only_what_concerns_it(
    auditor_client: Client, batch: Batch, employee: Employee
) -> None:
    outside = write(person_id=new_ulid())
    build.unit("LAIN")
    elsewhere = signed_in(build.staff("pemeriksa.lain", Role.AUDITOR, unit_code="LAIN"))
    inside = write(person_id=employee.pk)
    html = auditor_client.get("/jejak/").content.decode()
    assert f"/jejak/objek/{inside}/" in html
    assert f"/jejak/objek/{outside}/" not in html
    assert auditor_client.get(f"/jejak/objek/{outside}/").status_code == 404
    assert f"/jejak/objek/{inside}/" not in elsewhere.get("/jejak/").content.decode()
    assert elsewhere.get(f"/jejak/objek/{inside}/").status_code == 404
    assert elsewhere.get(f"/jejak/pegawai/{employee.pk}/").status_code == 404
    assert elsewhere.get(f"/jejak/angkatan/{batch.pk}/").status_code == 404
    assert auditor_client.get(f"/jejak/angkatan/{batch.pk}/").status_code == 200
    assert auditor_client.get(f"/jejak/pegawai/{employee.pk}/").status_code == 200


def test_everybody_reads_the_trail_of_own_data_and_of_nobody_else(
    participant_client: Client, employee: Employee, batch: Batch
) -> None:
    write(person_id=employee.pk)
    write(person_id=(stranger := new_ulid()))
    own = participant_client.get("/jejak/saya/").content.decode()
    assert "membuat akun" in own
    assert participant_client.get(f"/jejak/pegawai/{employee.pk}/").status_code == 200
    assert participant_client.get(f"/jejak/pegawai/{stranger}/").status_code == 404
    assert participant_client.get("/jejak/").status_code == 403
    assert participant_client.get(f"/jejak/angkatan/{batch.pk}/").status_code == 403


def test_marks_stay_hidden_from_the_participant_until_graduation_is_decided(
    participant_client: Client, employee: Employee, batch: Batch
) -> None:
    subject = audit.Subject("participant", new_ulid(), "Contoh", employee.pk, batch.pk)
    audit.record(Training.MARK_SAVED, subject, by=BY, cell="Akademik", before="", after="86")
    audit.record(Training.DECISION_RECORDED, subject, by=BY, outcome="lulus", proposed="lulus")
    audit.record(Training.CONDUCT_NOTED, subject, by=BY, kind="terlambat")
    for path in ("/jejak/saya/", f"/jejak/pegawai/{employee.pk}/", "/api/v1/trail/own"):
        hidden = participant_client.get(path).content.decode()
        assert "Akademik" not in hidden
        assert "mencatat keputusan" not in hidden
        assert "terlambat" in hidden
    Batch.objects.filter(pk=batch.pk).update(state="decided")
    shown = participant_client.get("/jejak/saya/").content.decode()
    assert "Akademik" in shown
    assert "mencatat keputusan lulus" in shown


def test_a_script_in_a_name_or_reason_is_shown_as_text(auditor_everywhere: Client) -> None:
    evil = "<script>alert(1)</script>"
    audit.record(
        Trail.USER_ADDED, audit.Subject(kind="user", id="x", name=evil), by=BY, reason=evil
    )
    html = auditor_everywhere.get("/jejak/").content.decode()
    assert evil not in html
    assert "&lt;script&gt;" in html


def test_the_check_finds_an_altered_entry(db: None, auditor_everywhere: Client) -> None:
    write(3)
    whole = _check()
    assert "3 catatan dan 0 segel diperiksa; semuanya utuh." in whole
    Entry.objects.create(
        at=build.AT, actor_name="x", action="x", subject_kind="x", subject_id="", subject_name="x",
        leaf_hash="0" * 64,
    )  # fmt: skip
    bad = Entry.objects.latest("id").pk
    assert f"Jejak TIDAK utuh. Catatan nomor {bad} berubah setelah ditulis." in _check()


def test_only_who_reads_everything_starts_the_check(
    auditor_client: Client, auditor_everywhere: Client
) -> None:
    assert auditor_client.post("/jejak/periksa/").status_code == 403
    answer = auditor_everywhere.post("/jejak/periksa/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/pekerjaan/{Job.objects.get().pk}/"


def test_the_number_of_queries_does_not_grow(auditor_client: Client, employee: Employee) -> None:
    write(3, person_id=employee.pk)
    with CaptureQueriesContext(connection) as few:
        auditor_client.get("/jejak/")
    write(40, person_id=employee.pk)
    with CaptureQueriesContext(connection) as more:
        auditor_client.get("/jejak/")
    assert len(more) == len(few)


def test_every_known_action_has_a_sentence_that_can_be_shown() -> None:
    broken = []
    for code, action in known_actions().items():
        sentence = str(action.sentence)
        rest = re.sub(r"%\([a-z_]+\)s|%%", "", sentence)
        if not sentence or "%" in rest or sentence.endswith("."):
            broken.append(code)
    assert broken == []
    assert len(known_actions()) > 20
    for _group, actions in trail_labels.action_choices():
        for _code, shown in actions:
            assert shown
            assert not set(shown) & set("%()…")


class _Handle:
    id = ""
    by = BY
    sentence = ""

    def progress(self, done: int, total: int) -> None: ...

    def result(self, *, href: str = "", sentence: str = "") -> None:
        self.sentence = sentence


def _check() -> str:
    handle = _Handle()
    services.run_check(handle)
    return handle.sentence


def test_entries_made_in_one_go_stand_under_one_line_that_opens(auditor_everywhere: Client) -> None:
    write(5, context_id=new_ulid())
    html = auditor_everywhere.get("/jejak/").content.decode()
    assert re.search(r"<summary><strong>pengujian</strong> membuat akun, 5 kali\.</summary>", html)
    for number in range(5):
        assert html.count(f"<strong>Orang {number}</strong>") == 1


def test_two_entries_or_other_contexts_stay_apart(auditor_everywhere: Client) -> None:
    write(2, context_id=new_ulid())
    for _time in range(4):
        write(1, context_id=new_ulid())
    assert "<summary><strong>pengujian" not in auditor_everywhere.get("/jejak/").content.decode()


def test_the_filter_names_actions_without_places_for_values(auditor_everywhere: Client) -> None:
    html = auditor_everywhere.get("/jejak/").content.decode()
    options = re.search(r'<select[^>]*id="tindakan".*?</select>', html, re.DOTALL)
    assert options
    assert "…" not in options[0]
    assert '<optgroup label="Pelatihan">' in options[0]
    assert ">Masuk</option>" in options[0]
