"""Ways in that an attacker would try around the steps of signing in, locking and granting."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from sinambung.platform.foundation import clock
from sinambung.platform.identity import services
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import OneTimeCode, Unit, User
from sinambung.platform.identity.services.roles import OwnRole
from tests.platform.identity.conftest import PASSWORD, SYSTEM, actor, sign_in

pytestmark = pytest.mark.django_db


def with_factor(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))


def give_password(client: Client, user: User) -> None:
    answer = client.post("/masuk/", {"username": user.username, "password": PASSWORD})
    assert answer["Location"].startswith("/masuk/faktor/")


def test_an_account_locked_between_the_two_steps_gets_no_session(
    client: Client, nurse: User
) -> None:
    secret = with_factor(nurse)
    give_password(client, nurse)
    services.lock_user(
        user_id=nurse.pk, version=None, at=clock.now(), on=clock.today(), by=SYSTEM, reason=""
    )
    client.post("/masuk/faktor/", {"code": code_of(secret)})
    services.unlock_user(user_id=nurse.pk, version=None, by=SYSTEM)
    assert client.get("/akun/").status_code == 302


def test_the_second_step_ends_when_the_password_changes(client: Client, nurse: User) -> None:
    secret = with_factor(nurse)
    give_password(client, nurse)
    services.give_password(
        user_id=nurse.pk, password="kuda laut yang lain 8", at=clock.now(), by=SYSTEM
    )
    client.post("/masuk/faktor/", {"code": code_of(secret)})
    assert client.get("/akun/").status_code == 302


def test_tokens_and_links_of_a_locked_account_stay_dead_when_it_is_opened(nurse: User) -> None:
    _token, text = services.make_token(
        user_id=nurse.pk, name="mesin", scopes=["use"], is_read_only=True, at=clock.now(),
        expires_at=clock.now() + dt.timedelta(days=9), by=actor(nurse),
    )  # fmt: skip
    services.ask_new_password(username=nurse.username, address="10.0.0.1", at=clock.now())
    bearer = {"authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/identity/me", headers=bearer).status_code == 200
    services.lock_user(
        user_id=nurse.pk, version=None, at=clock.now(), on=clock.today(), by=SYSTEM, reason=""
    )
    services.unlock_user(user_id=nurse.pk, version=None, by=SYSTEM)
    assert Client().get("/api/v1/identity/me", headers=bearer).status_code == 401
    assert not OneTimeCode.objects.filter(user=nurse, used_at=None).exists()


def test_a_link_mailed_to_the_former_address_is_dead(nurse: User) -> None:
    services.ask_new_password(username=nurse.username, address="10.0.0.1", at=clock.now())
    services.change_own_email(
        user_id=nurse.pk, version=None, email="baru@contoh.test", by=actor(nurse)
    )
    assert not OneTimeCode.objects.filter(user=nurse, used_at=None).exists()


def test_nobody_gives_a_role_to_the_own_account(
    client: Client, administrator: User, health: Unit
) -> None:
    with pytest.raises(OwnRole):
        services.grant_role(
            user_id=administrator.pk, role=Role.HEAD_OF_TRAINING, unit_id=None,
            since=clock.today(), by=actor(administrator),
        )  # fmt: skip
    sign_in(client, administrator)
    answer = client.post(
        f"/pengaturan/akun/{administrator.pk}/peran/",
        {"role": "head_of_training", "since": clock.today().isoformat(), "unit": ""},
    )
    assert answer.status_code == 409
    assert administrator.roles.count() == 1


def test_a_page_asked_by_script_leads_back_without_breaking_the_header(client: Client) -> None:
    answer = client.get("/regulasi/pkp-2023/a%0d%0aSet-Cookie:x=1/", headers={"hx-request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/masuk/?next=%2Fregulasi")
    assert "\n" not in answer["HX-Redirect"]


def test_a_credential_nested_without_end_is_refused(client: Client) -> None:
    answer = client.post("/masuk/kunci-sandi/", {"credential": "[" * 100_000})
    assert answer.status_code == 422


def test_a_moment_without_a_zone_is_refused_by_the_api(client: Client, nurse: User) -> None:
    sign_in(client, nurse)
    body = {"name": "x", "scopes": ["use"], "expires_at": "2027-01-01T00:00:00"}
    answer = client.post("/api/v1/identity/me/tokens", json.dumps(body), "application/json")
    assert answer.status_code == 422


def test_a_token_of_one_whose_role_has_ended_does_what_is_left(
    administrator: User, nurse: User
) -> None:
    services.grant_role(
        user_id=nurse.pk, role=Role.ADMINISTRATOR, unit_id=None, since=clock.today(), by=SYSTEM
    )
    _token, text = services.make_token(
        user_id=nurse.pk, name="mesin", scopes=["manage_accounts"], is_read_only=True,
        at=clock.now(), expires_at=clock.now() + dt.timedelta(days=9), by=actor(nurse),
    )  # fmt: skip
    bearer = {"authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/identity/accounts", headers=bearer).status_code == 200
    services.end_role(assignment_id=nurse.roles.get().pk, version=None, on=clock.today(), by=SYSTEM)
    assert Client().get("/api/v1/identity/accounts", headers=bearer).status_code == 403
