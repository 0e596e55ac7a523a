"""Second factors: asked for whenever there are any, each code once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client

from sinambung.platform.audit.models import Entry
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import PUBLIC
from sinambung.platform.identity import services
from sinambung.platform.identity.models import User
from sinambung.platform.identity.services.factors import FactorPresent, NoFactor, WrongFactor
from tests.platform.identity.conftest import PASSWORD, SYSTEM, actor, sign_in

pytestmark = pytest.mark.django_db


def code_at(secret: str, at: dt.datetime) -> str:
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


@pytest.fixture
def secret(nurse: User) -> str:
    """The nurse has an authenticator application that knows this secret."""
    made = generate_totp_secret()
    earlier = clock.now() - dt.timedelta(minutes=5)
    services.add_totp(
        user_id=nurse.pk, secret=made, code=code_at(made, earlier), at=earlier, by=SYSTEM
    )
    return made


def _check(user: User, code: str, at: dt.datetime) -> str:
    return services.check_second_factor(user_id=user.pk, code=code, at=at, by=PUBLIC)


def test_the_password_alone_does_not_open_an_account_with_a_factor(
    client: Client, nurse: User, secret: str
) -> None:
    answer = client.post("/masuk/", {"username": nurse.username, "password": PASSWORD})
    assert answer["Location"].startswith("/masuk/faktor/")
    assert client.get("/akun/").status_code == 302
    answer = client.post("/masuk/faktor/", {"code": code_at(secret, clock.now())})
    assert answer.status_code == 302
    assert client.get("/akun/").status_code == 200


def test_a_code_of_the_application_works_once(nurse: User, secret: str) -> None:
    at = clock.now()
    assert _check(nurse, code_at(secret, at), at) == "totp"
    with pytest.raises(WrongFactor):
        _check(nurse, code_at(secret, at), at)


def test_after_a_code_an_earlier_one_is_refused(nurse: User, secret: str) -> None:
    at = clock.now()
    _check(nurse, code_at(secret, at), at)
    with pytest.raises(WrongFactor):
        _check(nurse, code_at(secret, at - dt.timedelta(seconds=30)), at)
    later = at + dt.timedelta(seconds=30)
    assert _check(nurse, code_at(secret, later), later) == "totp"


def test_the_code_that_proved_the_application_is_not_taken_again(nurse: User) -> None:
    made, at = generate_totp_secret(), clock.now()
    services.add_totp(user_id=nurse.pk, secret=made, code=code_at(made, at), at=at, by=SYSTEM)
    with pytest.raises(WrongFactor):
        _check(nurse, code_at(made, at), at)


def test_a_clock_that_is_a_little_wrong_is_forgiven_and_no_more(nurse: User, secret: str) -> None:
    at = clock.now()
    with pytest.raises(WrongFactor):
        _check(nurse, code_at(secret, at + dt.timedelta(seconds=90)), at)
    assert _check(nurse, code_at(secret, at + dt.timedelta(seconds=29)), at) == "totp"


def test_guessing_codes_is_slowed_down(nurse: User, secret: str) -> None:
    at = clock.now()
    for _ in range(5):
        with pytest.raises(WrongFactor):
            _check(nurse, "000000", at)
    with pytest.raises(services.TooManyAttempts):
        _check(nurse, code_at(secret, at), at)


def test_a_recovery_code_works_once_and_leaves_a_line(nurse: User, secret: str) -> None:
    codes = services.renew_recovery_codes(user_id=nurse.pk, by=actor(nurse))
    assert len(set(codes)) == len(codes) >= 8
    assert _check(nurse, codes[0], clock.now()) == "recovery"
    with pytest.raises(WrongFactor):
        _check(nurse, codes[0], clock.now())
    assert Entry.objects.filter(action="identity.recovery_used").count() == 1


def test_new_recovery_codes_end_the_old_ones(nurse: User, secret: str) -> None:
    old = services.renew_recovery_codes(user_id=nurse.pk, by=actor(nurse))
    services.renew_recovery_codes(user_id=nurse.pk, by=actor(nurse))
    with pytest.raises(WrongFactor):
        _check(nurse, old[0], clock.now())


def test_secrets_are_encrypted_where_they_are_kept(nurse: User, secret: str) -> None:
    row = Authenticator.objects.get(type="totp")
    assert secret not in str(row.data)


def test_an_application_is_added_only_by_a_code_it_shows(nurse: User) -> None:
    made, at = generate_totp_secret(), clock.now()
    with pytest.raises(WrongFactor):
        services.add_totp(user_id=nurse.pk, secret=made, code="123456", at=at, by=SYSTEM)
    codes = services.add_totp(
        user_id=nurse.pk, secret=made, code=code_at(made, at), at=at, by=SYSTEM
    )
    assert codes
    with pytest.raises(FactorPresent):
        services.add_totp(user_id=nurse.pk, secret=made, code=code_at(made, at), at=at, by=SYSTEM)


def test_recovery_codes_go_with_the_last_factor(nurse: User, secret: str) -> None:
    services.remove_totp(user_id=nurse.pk, by=actor(nurse))
    assert not Authenticator.objects.exists()
    with pytest.raises(NoFactor):
        services.renew_recovery_codes(user_id=nurse.pk, by=actor(nurse))


def test_a_reset_password_still_asks_for_the_factor(
    client: Client, nurse: User, secret: str
) -> None:
    client.post("/sandi/lupa/", {"username": nurse.username})
    link = re.search(r"/sandi/baru/[^/]+/", mail.outbox[-1].body).group(0)
    new = "payung biru di atas meja"
    answer = client.post(link, {"password": new, "again": new})
    assert answer["Location"].startswith("/masuk/faktor/")
    assert client.get("/akun/").status_code == 302


def test_the_second_step_cannot_be_reached_without_the_first(
    client: Client, nurse: User, secret: str
) -> None:
    answer = client.post("/masuk/faktor/", {"code": code_at(secret, clock.now())})
    assert answer["Location"].startswith("/masuk/")
    assert client.get("/akun/").status_code == 302


def test_the_page_shows_a_picture_and_then_recovery_codes_once(client: Client, nurse: User) -> None:
    sign_in(client, nurse)
    page = client.get("/akun/autentikator/").content.decode()
    assert "data:image/svg+xml" in page
    made = client.session["totp_secret"]
    answer = client.post("/akun/autentikator/", {"code": code_at(made, clock.now())})
    assert answer["Location"] == "/akun/pemulihan/"
    assert client.get("/akun/pemulihan/").content.decode().count("<code>") >= 8
    assert client.get("/akun/pemulihan/").status_code == 302


def test_an_administrator_takes_lost_factors_off(
    client: Client, administrator: User, nurse: User, secret: str
) -> None:
    sign_in(client, administrator)
    answer = client.post(
        f"/pengaturan/akun/{nurse.pk}/faktor/lepas/",
        {"version": nurse.version, "reason": "Ponsel hilang"},
    )
    assert answer.status_code == 302
    assert not Authenticator.objects.exists()
    assert Entry.objects.get(action="identity.factor_removed").reason == "Ponsel hilang"


@pytest.mark.parametrize("credential", ["", "{}", "null", "[1]", '{"id": 5}', '{"response": "x"}'])
def test_a_broken_passkey_answer_is_refused_in_a_sentence(
    client: Client, nurse: User, credential: str
) -> None:
    client.get("/masuk/kunci-sandi/")
    answer = client.post("/masuk/kunci-sandi/", {"credential": credential})
    assert answer.status_code == 422
    assert answer.json()["sentence"]
    sign_in(client, nurse)
    client.get("/akun/kunci-sandi/", headers={"accept": "application/json"})
    answer = client.post("/akun/kunci-sandi/", {"name": "ponsel", "credential": credential})
    assert answer.status_code == 422
    assert not Authenticator.objects.exists()
