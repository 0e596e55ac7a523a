"""What every answer carries, and how cookies are set in production."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client

from sinambung.platform.identity.models import User
from tests.platform.identity.conftest import sign_in

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/masuk/", "/akun/", "/tidak-ada/", "/api/v1/identity/me"])
def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    for name, value in EVERYWHERE.items():
        assert answer[name] == value
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer["Permissions-Policy"]


def test_what_a_person_sees_is_not_stored(client: Client, nurse: User) -> None:
    sign_in(client, nurse)
    for path in ("/akun/", "/pemberitahuan/", "/api/v1/identity/me", "/tidak-ada/"):
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_session_cookies_are_out_of_reach_of_scripts_and_other_sites(
    client: Client, nurse: User
) -> None:
    sign_in(client, nurse)
    cookie = client.cookies["sinambung"]
    assert (cookie["httponly"], cookie["samesite"], cookie["expires"]) == (True, "Lax", "")


def test_production_sets_host_cookies_and_transport_security() -> None:
    script = (
        "from sinambung.config import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS >= 31536000, s.DEBUG)"
    )
    environment = {
        **os.environ,
        "SINAMBUNG_PRODUCTION": "1",
        "SINAMBUNG_SECRET_KEY": "k" * 40,
        "SINAMBUNG_HOSTS": "contoh.test",
        "SINAMBUNG_BASE_URL": "https://contoh.test",
    }
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == [
        "__Host-sinambung",
        "__Host-csrf",
        "True",
        "True",
        "True",
        "False",
    ]


@pytest.mark.parametrize(
    "path",
    [
        *("/accounts/login/", "/accounts/signup/", "/accounts/email/", "/accounts/password/reset/"),
        *("/accounts/2fa/", "/accounts/sessions/", "/admin/"),
    ],
)
def test_no_address_of_a_library_is_open(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("proxies", "header", "seen"),
    [
        (0, "1.2.3.4", "127.0.0.1"),
        (1, "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        (1, "1.2.3.4, bukan-alamat", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (2, "9.9.9.9, 1.2.3.4, 5.6.7.8", "1.2.3.4"),
    ],
)
def test_the_address_of_a_browser_is_not_taken_from_what_it_says(
    rf, settings, proxies: int, header: str, seen: str
) -> None:
    from sinambung.platform.identity.access import client_address

    settings.TRUSTED_PROXIES = proxies
    assert client_address(rf.get("/", headers={"x-forwarded-for": header})) == seen
