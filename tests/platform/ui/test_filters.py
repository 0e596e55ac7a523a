"""Numbers, dates and names are written the official way, in Indonesian and in English."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from sinambung.platform.foundation import clock
from sinambung.platform.ui.templatetags import ui

MOMENT = dt.datetime(2026, 11, 24, 7, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (ui.decimal(Decimal("87.5")), "87,50"),
        (ui.decimal("87.005"), "87,01"),
        (ui.decimal(1284, 0), "1.284"),
        (ui.decimal(None), ""),
        (ui.decimal("bukan"), ""),
        (ui.hours(Decimal("830.00")), "830 JP"),
        (ui.hours("4.5"), "4,50 JP"),
        (ui.percent("96.42"), "96,4%"),
        (ui.money(1250000), "Rp1.250.000"),
        (ui.file_size(87_400), "87 kB"),
        (ui.file_size(1_400_000), "1,4 MB"),
        (ui.long_date(dt.date(2026, 1, 1)), "1 Januari 2026"),
        (ui.weekday_date(dt.date(2026, 11, 26)), "Kamis, 26 November 2026"),
        (ui.long_date(None), ""),
        (ui.time_of_day(MOMENT), "14.30 WIB"),
        (ui.time_of_day(dt.time(8, 0)), "08.00"),
        (ui.moment(MOMENT), "24 November 2026, 14.30 WIB"),
        (ui.or_dash(""), "–"),
        (ui.or_dash(0), 0),
        (ui.nip("198709122011012907"), "19870912 201101 2 907"),
        (ui.nip("1987"), "1987"),
        (ui.initials("Dr. H. Laksmi Anindita, S.Sos., M.Si."), "LA"),
        (ui.initials("Besse"), "B"),
        (ui.initials(""), ""),
    ],
)
def test_indonesian(written: object, expected: object) -> None:
    assert written == expected


def test_english() -> None:
    with translation.override("en"):
        assert ui.decimal("1287.5") == "1,287.50"
        assert ui.long_date(dt.date(2026, 1, 1)) == "1 January 2026"
        assert ui.time_of_day(MOMENT) == "14:30 WIB"
        assert ui.money(1250000) == "Rp1,250,000"


def test_days_of_a_range_do_not_repeat_what_they_share() -> None:
    first = dt.date(2026, 8, 10)
    assert ui.day_range(first, dt.date(2026, 12, 2)) == "10 Agustus – 2 Desember 2026"
    assert ui.day_range(first, dt.date(2026, 8, 21)) == "10 – 21 Agustus 2026"
    assert ui.day_range(first, dt.date(2027, 1, 2)) == "10 Agustus 2026 – 2 Januari 2027"
    assert ui.day_range(first, first) == "10 Agustus 2026"
    assert ui.day_range(first, None) == "10 Agustus 2026"


def test_days_near_today_are_named() -> None:
    today = clock.today()
    assert ui.relative_day(today) == "hari ini"
    assert ui.relative_day(today + dt.timedelta(days=1)) == "besok"
    assert ui.relative_day(today + dt.timedelta(days=3)) == "3 hari lagi"
    assert ui.relative_day(today - dt.timedelta(days=4)) == "4 hari lalu"
    far = today + dt.timedelta(days=40)
    assert ui.relative_day(far) == ui.long_date(far)


def test_icon_is_hidden_from_screen_readers() -> None:
    drawn = engines["django"].from_string('{% icon "home" 24 %}').render()
    assert 'aria-hidden="true"' in drawn
    assert drawn.startswith('<svg class="icon icon--24"')
    assert "icons.svg#home" in drawn
