"""Who holds a far-reaching role adds a second factor at the next sign-in, by setting."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from sinambung.config.environment import Environment, EnvironmentIncomplete, read_environment
from sinambung.platform.identity import services
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.platform.identity.conftest import PASSWORD, SINCE, SYSTEM, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rule(settings: object) -> None:
    settings.SECOND_FACTOR = "roles"  # type: ignore[attr-defined]


def entered(client: Client, user: User) -> str:
    answer = client.post("/masuk/?next=/cari/", {"username": user.username, "password": PASSWORD})
    return str(answer["Location"])


def test_a_far_reaching_role_gives_nothing_before_the_factor(
    client: Client, administrator: User
) -> None:
    assert entered(client, administrator) == "/akun/"
    answer = client.get("/pengaturan/akun/")
    assert (answer.status_code, answer["Location"]) == (302, "/akun/")
    assert client.get("/api/v1/identity/accounts").status_code == 403
    body = {"name": "x", "scopes": ["manage_accounts"], "expires_at": "2026-12-31T00:00:00Z"}
    made = client.post("/api/v1/identity/me/tokens", json.dumps(body), "application/json")
    assert made.status_code == 422
    assert "Peran Anda baru berlaku" in client.get("/akun/").content.decode()
    assert client.get("/akun/autentikator/").status_code == 200
    TOTP.activate(administrator, generate_totp_secret())
    assert client.get("/pengaturan/akun/").status_code == 200


def test_an_account_with_a_factor_and_one_without_far_reach_go_on(
    client: Client, nurse: User
) -> None:
    assert entered(client, nurse) == "/cari/"
    services.grant_role(user_id=nurse.pk, role=Role.AUDITOR, unit_id=None, since=SINCE, by=SYSTEM)
    client.logout()
    assert entered(client, nurse) == "/cari/"
    assert client.get("/jejak/").status_code == 200


def test_the_rule_for_all_and_for_none(
    client: Client, nurse: User, administrator: User, settings: object
) -> None:
    settings.SECOND_FACTOR = "all"  # type: ignore[attr-defined]
    assert entered(client, nurse) == "/akun/"
    settings.SECOND_FACTOR = "none"  # type: ignore[attr-defined]
    client.logout()
    assert entered(client, administrator) == "/cari/"


def test_a_session_from_before_goes_on_until_the_next_sign_in(
    client: Client, administrator: User, settings: object
) -> None:
    settings.SECOND_FACTOR = "none"  # type: ignore[attr-defined]
    sign_in(client, administrator)
    settings.SECOND_FACTOR = "roles"  # type: ignore[attr-defined]
    assert client.get("/pengaturan/akun/").status_code == 200


@pytest.mark.parametrize(
    ("stated", "sample", "rule"),
    [("", False, "roles"), ("", True, "none"), ("all", True, "all"), ("none", False, "none")],
)
def test_the_demonstration_is_the_one_exception(stated: str, sample: bool, rule: str) -> None:
    assert Environment(second_factor=stated, sample=sample).second_factor_rule == rule


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECOND_FACTOR", "kadang"),
        ("PROXIES", "banyak"),
        ("HOSTS", "*"),
        ("HOSTS", " , "),
        ("DEBUG", "1"),
        ("SECRET_KEY", "pendek"),
        ("BASE_URL", "http://contoh.test"),
    ],
)
def test_production_does_not_start_with_an_open_door(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    good = {
        "PRODUCTION": "1",
        "SECRET_KEY": "k" * 40,
        "HOSTS": "contoh.test",
        "BASE_URL": "https://contoh.test",
    }
    for key, text in good.items():
        monkeypatch.setenv(f"SINAMBUNG_{key}", text)
    assert read_environment().production
    monkeypatch.setenv(f"SINAMBUNG_{name}", value)
    with pytest.raises(EnvironmentIncomplete):
        read_environment()


def test_proxies_are_believed_only_as_many_as_are_ours() -> None:
    assert Environment().trusted_proxies == 0
    assert Environment(production=True).trusted_proxies == 1
    assert Environment(production=True, proxies="0").trusted_proxies == 0
    assert Environment(proxies="2").trusted_proxies == 2
