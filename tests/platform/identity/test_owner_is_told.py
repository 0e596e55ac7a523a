"""The owner hears by mail of every change to the way in; a new address is told to the old one."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core import mail

from sinambung.platform.foundation import clock
from sinambung.platform.identity import services
from sinambung.platform.identity.models import User
from tests.platform.identity.conftest import PASSWORD, SYSTEM, actor
from tests.platform.identity.test_factors import code_at

pytestmark = pytest.mark.django_db


def _told() -> list[tuple[str, str]]:
    return [(letter.to[0], letter.body.split("Anda: ")[1].split("\n")[0]) for letter in mail.outbox]


def test_a_new_address_is_told_to_the_old_one(nurse: User) -> None:
    services.change_own_email(
        user_id=nurse.pk, version=1, email="baru@contoh.test", by=actor(nurse)
    )
    assert _told() == [("sri@contoh.test", "alamat surel diganti.")]


def test_a_new_password_and_factors_are_told(nurse: User) -> None:
    at, secret = clock.now(), generate_totp_secret()
    services.change_own_password(
        user_id=nurse.pk,
        present=PASSWORD,
        password="payung biru di atas meja",
        session_key="",
        at=at,
        by=actor(nurse),
    )
    codes = services.add_totp(
        user_id=nurse.pk, secret=secret, code=code_at(secret, at), at=at, by=SYSTEM
    )
    services.check_second_factor(user_id=nurse.pk, code=codes[0], at=at, by=SYSTEM)
    services.remove_totp(user_id=nurse.pk, by=actor(nurse))
    assert [what for _, what in _told()] == [
        "sandi diganti.",
        "aplikasi autentikator dipasang.",
        "satu kode pemulihan dipakai untuk masuk.",
        "aplikasi autentikator dihapus.",
    ]


def test_who_has_no_address_is_not_told_and_nothing_fails(administrator: User) -> None:
    services.change_own_email(user_id=administrator.pk, version=1, email="a@contoh.test", by=SYSTEM)
    assert mail.outbox == []


def test_the_first_sign_in_of_a_day_tidies_up(nurse: User) -> None:
    at = clock.now()
    assert services.forget_old_daily(at=at)
    assert not services.forget_old_daily(at=at + dt.timedelta(hours=23))
    assert services.forget_old_daily(at=at + dt.timedelta(hours=25))
