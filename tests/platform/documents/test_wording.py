from __future__ import annotations

import datetime as dt

import pytest

from sinambung.platform.documents import wording


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (8, "delapan"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (40, "empat puluh"),
        (100, "seratus"),
        (290, "dua ratus sembilan puluh"),
        (830, "delapan ratus tiga puluh"),
        (908, "sembilan ratus delapan"),
        (1000, "seribu"),
        (1111, "seribu seratus sebelas"),
        (21_015, "dua puluh satu ribu lima belas"),
        (1_000_000, "satu juta"),
    ],
)
def test_numbers_in_words(value: int, words: str) -> None:
    assert wording.number(value) == words


def test_days_share_what_they_have_in_common() -> None:
    day = dt.date
    assert wording.date_range(day(2026, 8, 10), day(2026, 12, 2)) == (
        "10 Agustus sampai dengan 2 Desember 2026"
    )
    assert wording.date_range(day(2026, 8, 3), day(2026, 8, 7)) == "3 sampai dengan 7 Agustus 2026"
    assert wording.date_range(day(2026, 8, 3), day(2026, 8, 3)) == "3 Agustus 2026"
    assert wording.date_range(day(2025, 12, 30), day(2026, 1, 2)) == (
        "30 Desember 2025 sampai dengan 2 Januari 2026"
    )


def test_a_moment_names_its_zone() -> None:
    zone = dt.timezone(dt.timedelta(hours=7))
    assert wording.moment(dt.datetime(2026, 12, 2, 10, 24, tzinfo=zone)) == (
        "2 Desember 2026, 10.24 WIB"
    )
