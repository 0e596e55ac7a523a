"""Signing in: nothing is revealed, guessing is slow, nobody locks another out."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail
from django.test import Client

from sinambung.platform.foundation import clock
from sinambung.platform.identity import services
from sinambung.platform.identity.models import Throttle, User
from sinambung.platform.identity.services import throttle
from tests.platform.identity.conftest import PASSWORD, SYSTEM, plain_body, sign_in

pytestmark = pytest.mark.django_db
WRONG = "kuda laut menari cepat 8"


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("sinambung.security").setLevel(logging.ERROR)


def _try(client: Client, username: str, password: str = WRONG, **more: str):
    return client.post("/masuk/", {"username": username, "password": password}, **more)


def test_the_right_password_opens_the_home_page_and_leaves_a_line(
    client: Client, nurse: User
) -> None:
    answer = client.post("/masuk/?next=/akun/", {"username": nurse.username, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/akun/")
    page = client.get("/akun/").content.decode()
    assert "Sesi ini" in page


@pytest.mark.parametrize("target", ["https://jahat.test/", "//jahat.test", "javascript:alert(1)"])
def test_after_signing_in_one_stays_on_this_site(client: Client, nurse: User, target: str) -> None:
    answer = client.post(
        "/masuk/", {"username": nurse.username, "password": PASSWORD, "next": target}
    )
    assert answer["Location"] == "/"


def test_every_failure_looks_the_same(client: Client, nurse: User, newcomer: User) -> None:
    locked = User.objects.create(
        username="terkunci900", name="T", created_at=clock.now(), is_active=False
    )
    locked.set_password(PASSWORD)
    locked.activated_at = clock.now()
    locked.save()
    answers = [
        _try(client, nurse.username),
        _try(client, "tidakada900"),
        _try(client, newcomer.username),
        _try(client, locked.username, PASSWORD),
    ]
    assert {answer.status_code for answer in answers} == {422}
    names = [nurse.username, "tidakada900", newcomer.username, locked.username]
    bodies = {
        plain_body(answer).replace(name, "NAMA")
        for answer, name in zip(answers, names, strict=True)
    }
    assert len(bodies) == 1


def test_every_failure_costs_one_hash(
    client: Client, nurse: User, newcomer: User, settings, monkeypatch
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
    nurse.set_password(PASSWORD)
    nurse.save()
    counted: list[int] = []
    encode = PBKDF2PasswordHasher.encode

    def counting(self, *arguments, **more):
        counted[-1] += 1
        return encode(self, *arguments, **more)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counting)
    for name in (nurse.username, "tidakada900", newcomer.username):
        counted.append(0)
        _try(client, name)
    assert counted == [1, 1, 1]


def test_after_some_failures_one_waits_a_little_longer_each_time(nurse: User) -> None:
    at, waits = clock.now(), []
    for _ in range(12):
        try:
            _check(nurse.username, WRONG, at)
        except services.TooManyAttempts as refusal:
            waits.append(refusal.facts["seconds"])
            at += dt.timedelta(seconds=float(refusal.facts["seconds"]))
            with pytest.raises(services.WrongCredentials):
                _check(nurse.username, WRONG, at)
        except services.WrongCredentials:
            assert not waits
    assert waits[:4] == [1, 2, 4, 8]
    assert max(waits) <= 60


def test_while_one_waits_even_the_right_password_is_not_tried(nurse: User) -> None:
    at = clock.now()
    for _ in range(6):
        with pytest.raises((services.WrongCredentials, services.TooManyAttempts)):
            _check(nurse.username, WRONG, at)
    with pytest.raises(services.TooManyAttempts):
        _check(nurse.username, PASSWORD, at)
    later = at + dt.timedelta(seconds=70)
    assert _check(nurse.username, PASSWORD, later) == nurse


def test_waiting_is_the_same_for_names_that_do_not_exist(client: Client, nurse: User) -> None:
    known = [_try(client, nurse.username).status_code for _ in range(8)]
    unknown = [_try(client, "tidakada900").status_code for _ in range(8)]
    assert known == unknown
    assert known[-1] == 429
    assert _try(client, nurse.username)["Retry-After"]


def test_a_stranger_does_not_slow_down_the_owner_on_a_known_device(
    client: Client, nurse: User
) -> None:
    sign_in(client, nurse)
    mark = client.cookies["perangkat"].value
    at = clock.now()
    for number in range(60):
        with pytest.raises((services.WrongCredentials, services.TooManyAttempts)):
            _check(nurse.username, WRONG, at, address=f"10.0.0.{number}")
    with pytest.raises(services.TooManyAttempts):
        _check(nurse.username, PASSWORD, at, address="10.9.9.9")
    assert _check(nurse.username, PASSWORD, at, address="10.9.9.9", device=mark) == nurse


def test_another_person_at_the_same_address_is_not_slowed_down(
    client: Client, nurse: User, teacher: User
) -> None:
    for _ in range(10):
        _try(client, nurse.username)
    assert _try(client, teacher.username, PASSWORD).status_code == 302


def test_guessing_many_names_from_one_address_is_slowed_down() -> None:
    at, refused = clock.now(), 0
    for number in range(80):
        try:
            _check(f"nama{number}", WRONG, at)
        except services.TooManyAttempts:
            refused += 1
        except services.WrongCredentials:
            pass
    assert refused > 10


def test_failures_fade() -> None:
    bucket = throttle.Bucket("x", free=5, longest=60)
    row = Throttle(key="x", failures=8, failed_at=clock.now())
    assert bucket.wait(throttle._faded(row, row.failed_at)) == 8
    assert bucket.wait(throttle._faded(row, row.failed_at + dt.timedelta(minutes=15))) == 0


def test_a_forged_device_mark_is_worth_nothing(client: Client, nurse: User, teacher: User) -> None:
    mark = services.device_mark(teacher.username)
    from sinambung.platform.identity.services.sign_in import is_known_device

    assert is_known_device(mark, username=teacher.username)
    assert not is_known_device(mark, username=nurse.username)
    assert not is_known_device(f"{mark}x", username=teacher.username)


def test_a_form_without_its_token_is_refused(nurse: User) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/masuk/", {"username": nurse.username, "password": PASSWORD})
    assert answer.status_code == 403


def test_nul_and_endless_text_are_refused_without_a_crash(client: Client, nurse: User) -> None:
    assert _try(client, "a\x00b").status_code == 422
    assert _try(client, "a" * 5000).status_code == 422
    assert _try(client, nurse.username, "x" * 5000).status_code == 422
    assert client.post("/masuk/", {}).status_code == 422
    assert not mail.outbox


def test_the_password_of_old_hashes_is_renewed(nurse: User, settings) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    _check(nurse.username, PASSWORD, clock.now())
    nurse.refresh_from_db()
    assert nurse.password.startswith("argon2")


def _check(
    username: str, password: str, at: dt.datetime, address: str = "10.1.1.1", device: str = ""
) -> User:
    return services.check_credentials(
        username=username, password=password, address=address, device=device, at=at
    )


def test_housekeeping_forgets_what_is_over(nurse: User) -> None:
    with pytest.raises(services.WrongCredentials):
        _check(nurse.username, WRONG, clock.now())
    services.ask_new_password(username=nurse.username, address="10.1.1.1", at=clock.now())
    assert services.forget_old(at=clock.now()) == 0
    assert services.forget_old(at=clock.now() + dt.timedelta(days=2)) > 4
    assert not Throttle.objects.exists()
    assert SYSTEM.is_system
