"""Sessions end when they should: signing out, idle, twelve hours, a new password, a lock."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from sinambung.platform.foundation import clock
from sinambung.platform.identity import queries, services
from sinambung.platform.identity.models import User
from tests.platform.identity.conftest import PASSWORD, SYSTEM, actor, sign_in

pytestmark = pytest.mark.django_db
NEW = "payung biru di atas meja"


def _is_in(client: Client) -> bool:
    return client.get("/akun/").status_code == 200


def _shift(client: Client, **seconds: float) -> None:
    session = client.session
    for key, back in seconds.items():
        session[key] = clock.now().timestamp() - back
    session.save()


def test_signing_out_kills_the_session_itself(client: Client, nurse: User) -> None:
    sign_in(client, nurse)
    key = client.cookies["sinambung"].value
    client.post("/keluar/")
    thief = Client()
    thief.cookies["sinambung"] = key
    assert not _is_in(thief)
    assert not _is_in(client)


def test_signing_in_changes_the_session_key(client: Client, nurse: User) -> None:
    client.get("/masuk/kunci-sandi/")
    before = client.cookies["sinambung"].value
    client.post("/masuk/", {"username": nurse.username, "password": PASSWORD})
    assert client.cookies["sinambung"].value != before


def test_an_idle_session_ends_after_an_hour(client: Client, nurse: User) -> None:
    sign_in(client, nurse)
    _shift(client, seen_at=3500)
    assert _is_in(client)
    _shift(client, seen_at=3700)
    assert not _is_in(client)


def test_no_session_lives_longer_than_twelve_hours(client: Client, nurse: User) -> None:
    sign_in(client, nurse)
    _shift(client, began_at=12 * 3600 + 1)
    assert not _is_in(client)
    assert not Session.objects.filter(session_key=client.cookies["sinambung"].value).exists()


def test_use_is_noted_every_five_minutes_only(
    client: Client, nurse: User, django_assert_num_queries
) -> None:
    sign_in(client, nurse)
    client.get("/ui/brand.css")
    before = client.session["seen_at"]
    _is_in(client)
    assert client.session["seen_at"] == before
    _shift(client, seen_at=301)
    _is_in(client)
    assert client.session["seen_at"] > before


def test_the_owner_sees_and_ends_other_sessions(client: Client, nurse: User) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (Android 14) Firefox/132.0"})
    sign_in(other, nurse)
    sign_in(client, nurse)
    lines = queries.sessions_of(nurse.pk, at=clock.now())
    assert {line.device for line in lines} == {"Firefox di Android", "Perangkat lain"}
    phone = next(line for line in lines if "Firefox" in line.device)
    client.post(f"/akun/sesi/{phone.id}/akhiri/")
    assert (_is_in(other), _is_in(client)) == (False, True)


def test_nobody_ends_anothers_session(client: Client, nurse: User, teacher: User) -> None:
    other = Client()
    sign_in(other, teacher)
    sign_in(client, nurse)
    line = queries.sessions_of(teacher.pk, at=clock.now())[0]
    assert client.post(f"/akun/sesi/{line.id}/akhiri/").status_code == 404
    assert _is_in(other)


def test_all_other_sessions_end_at_once(client: Client, nurse: User) -> None:
    others = [Client(), Client()]
    for other in others:
        sign_in(other, nurse)
    sign_in(client, nurse)
    client.post("/akun/sesi/akhiri-lain/")
    assert [_is_in(one) for one in (*others, client)] == [False, False, True]


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    client: Client, nurse: User
) -> None:
    other = Client()
    sign_in(other, nurse)
    sign_in(client, nurse)
    answer = client.post("/akun/sandi/", {"present": PASSWORD, "password": NEW, "again": NEW})
    assert answer.status_code == 302
    assert (_is_in(other), _is_in(client)) == (False, True)
    assert len(queries.sessions_of(nurse.pk, at=clock.now())) == 1


def test_the_present_password_is_asked_for_and_cannot_be_guessed_fast(
    client: Client, nurse: User
) -> None:
    sign_in(client, nurse)
    form = {"present": "salah sama sekali", "password": NEW, "again": NEW}
    statuses = [client.post("/akun/sandi/", form).status_code for _ in range(7)]
    assert statuses[:5] == [422] * 5
    assert 429 in statuses
    assert nurse.check_password(PASSWORD)


def test_a_locked_account_is_out_at_once(client: Client, nurse: User, administrator: User) -> None:
    sign_in(client, nurse)
    services.lock_user(
        user_id=nurse.pk,
        version=nurse.version,
        at=clock.now(),
        on=clock.today(),
        by=actor(administrator),
        reason="uji",
    )
    assert not _is_in(client)
    services.unlock_user(user_id=nurse.pk, version=None, by=SYSTEM)
    assert not _is_in(client)


@pytest.mark.parametrize(
    "path", ["/akun/surel/", "/akun/autentikator/", "/akun/kunci-sandi/", "/akun/token/"]
)
def test_what_touches_keys_asks_for_a_fresh_proof(client: Client, nurse: User, path: str) -> None:
    sign_in(client, nurse)
    _shift(client, confirmed_at=601)
    answer = client.get(path)
    assert answer["Location"] == f"/akun/konfirmasi/?next={path.replace('/', '%2F')}"
    wrong = client.post("/akun/konfirmasi/", {"password": "salah", "next": path})
    assert wrong.status_code == 422
    answer = client.post("/akun/konfirmasi/", {"password": PASSWORD, "next": path})
    assert answer["Location"] == path
    assert client.get(path).status_code == 200


def test_giving_a_role_asks_for_a_fresh_proof(
    client: Client, administrator: User, nurse: User
) -> None:
    sign_in(client, administrator)
    _shift(client, confirmed_at=601)
    form = {"role": "organiser", "since": "2026-01-01"}
    answer = client.post(f"/pengaturan/akun/{nurse.pk}/peran/", form)
    assert answer["Location"].startswith("/akun/konfirmasi/")
    assert not nurse.roles.exists()
