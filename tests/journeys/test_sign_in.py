"""From a printed slip to a passkey: how a person comes in, and how an administrator helps."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from sinambung.platform.foundation import clock
from sinambung.platform.identity import services
from sinambung.platform.identity.models import User
from tests.journeys.conftest import Visit, sign_in
from tests.platform.identity.conftest import (  # noqa: F401
    PASSWORD,
    SYSTEM,
    administrator,
    health,
    newcomer,
    nurse,
    province,
)

Check = Callable[[Page], None]
NEW = "payung biru di atas meja"
pytestmark = pytest.mark.django_db(transaction=True)


def _authenticator(page: Page) -> None:
    """Give the browser a device that keeps passkeys and knows its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_participant_activates_with_the_slip_and_later_signs_in_with_a_passkey(
    visitor: Visit,
    accessible: Check,
    newcomer: User,  # noqa: F811
) -> None:
    slip = services.issue_activation_codes(user_ids=[newcomer.pk], by=SYSTEM, at=clock.now())[0]
    page = visitor("/aktivasi/", width=390)
    accessible(page)
    page.get_by_label("NIP").fill(newcomer.username)
    page.get_by_label("Kode aktivasi").fill(slip.code.lower())
    page.get_by_label("Sandi baru", exact=True).fill("dewi lestari")
    page.get_by_label("Ulangi sandi baru").fill("dewi lestari")
    page.get_by_role("button", name="Aktifkan akun").click()
    page.get_by_text("mudah ditebak").first.wait_for()
    accessible(page)
    page.get_by_label("Sandi baru", exact=True).fill(NEW)
    page.get_by_label("Ulangi sandi baru").fill(NEW)
    page.get_by_role("button", name="Aktifkan akun").click()
    _wait_for_home(page)

    _authenticator(page)
    page.goto("/akun/")
    accessible(page)
    page.get_by_role("link", name="Tambah kunci sandi").click()
    accessible(page)
    page.get_by_label("Nama kunci sandi").fill("Ponsel saya")
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url("**/akun/pemulihan/")
    assert page.locator("main code").count() >= 8
    accessible(page)
    page.goto("/akun/")
    page.get_by_text("Ponsel saya").first.wait_for()

    _sign_out(page)
    accessible(page)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    _wait_for_home(page)
    page.goto("/akun/")
    page.get_by_text("Sesi ini").wait_for()

    _sign_out(page)
    sign_in(page, newcomer.username, NEW)
    page.wait_for_url("**/masuk/faktor/**")
    accessible(page)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    _wait_for_home(page)


def test_the_owner_adds_an_application_and_is_asked_for_its_code(
    visitor: Visit,
    accessible: Check,
    nurse: User,  # noqa: F811
) -> None:
    page = visitor("/masuk/")
    sign_in(page, nurse.username, PASSWORD)
    page.goto("/akun/autentikator/")
    accessible(page)
    page.get_by_text("Tidak dapat memindai?").click()
    secret = page.locator("main code").first.inner_text().replace(" ", "")
    page.get_by_label("Kode").fill(_code(secret, periods=-1))
    page.get_by_role("button", name="Pasang aplikasi").click()
    page.wait_for_url("**/akun/pemulihan/")
    recovery = page.locator("main code").first.inner_text()

    _sign_out(page)
    sign_in(page, nurse.username, PASSWORD)
    page.get_by_label("Kode").fill(_code(secret))
    page.get_by_role("button", name="Lanjutkan").click()
    _wait_for_home(page)

    _sign_out(page)
    sign_in(page, nurse.username, PASSWORD)
    page.get_by_label("Kode").fill(_code(secret))
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_text("sudah dipakai").first.wait_for()
    page.get_by_label("Kode").fill(recovery)
    page.get_by_role("button", name="Lanjutkan").click()
    _wait_for_home(page)


def test_an_administrator_finds_an_account_gives_a_role_and_locks_it(
    visitor: Visit,
    accessible: Check,
    administrator: User,  # noqa: F811
    nurse: User,  # noqa: F811
) -> None:
    page = visitor("/masuk/")
    sign_in(page, administrator.username, PASSWORD)
    page.goto("/pengaturan/akun/")
    accessible(page)
    page.get_by_label("Nama atau NIP").fill("wahyuni")
    page.wait_for_url("**q=wahyuni**")
    page.get_by_role("link", name=nurse.name).click()
    accessible(page)
    page.get_by_role("link", name="Beri peran").click()
    accessible(page)
    page.get_by_label("Peran", exact=True).select_option("agency_hr")
    page.get_by_role("combobox", name="Unit").fill("kesehatan")
    page.get_by_role("option", name=re.compile("Dinas Kesehatan")).click()
    page.get_by_role("button", name="Simpan peran").click()
    page.get_by_text("Pengelola kepegawaian").first.wait_for()
    page.get_by_label("Alasan").fill("Pindah ke provinsi lain")
    page.get_by_role("button", name="Kunci akun").click()
    page.get_by_role("dialog").get_by_role("button", name="Kunci akun").click()
    page.get_by_text("Terkunci").first.wait_for()
    accessible(page)
    for address in ("/pengaturan/unit/", "/pengaturan/peran/", "/pengaturan/surel/"):
        page.goto(address)
        accessible(page)


def _sign_out(page: Page) -> None:
    page.goto("/akun/")
    page.get_by_role("button", name="Akun dan tampilan").click()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk/**")


def _wait_for_home(page: Page) -> None:
    page.wait_for_url(lambda url: urlsplit(url).path == "/")


def _code(secret: str, *, periods: int = 0) -> str:
    counter = int(clock.now().timestamp()) // 30 + periods
    return format_hotp_value(hotp_value(secret, counter))
