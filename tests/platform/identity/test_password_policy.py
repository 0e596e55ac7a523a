"""Passwords refused: short, known, or made of words of this place. No composition rules."""

from __future__ import annotations

import pytest

from sinambung.platform.identity import services
from sinambung.platform.identity.models import User

PERSON = User(username="198703122010012901", name="Sri Wahyuni, S.Kep.", email="sri@contoh.test")


@pytest.mark.parametrize(
    "password",
    [
        *("sebelas kar", "a" * 20, "abababababababab", "password1234", "Password12345!"),
        *("sinambung2026", "BPSDM-provinsi-2026", "rahasiarahasia", "katasandi2026"),
        *("198703122010012901", "sriwahyuni1987", "Wahyuni.Sri.1987", "administrator1"),
        *("qwertyuiop12", "1q2w3e4r5t6y", "123456789012", "x" * 300),
    ],
)
def test_weak_passwords_are_refused_with_a_sentence(password: str) -> None:
    with pytest.raises(services.WeakPassword) as refusal:
        services.check_password_strength(password, user=PERSON)
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize(
    "password",
    [
        *(
            "kuda laut menari pelan",
            "hujan sore di teras",
            "LiatKering#Sungai",
            "tanpaangkasamasekali",
        ),
        *("payungbirumejakayu", "7391 8264 0571 3948", "ありがとうございます、世界の皆さん"),
    ],
)
def test_long_passwords_of_any_kind_are_taken(password: str) -> None:
    services.check_password_strength(password, user=PERSON)
