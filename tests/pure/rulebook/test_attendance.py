"""Attendance on lesson hours, compared without rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinambung.pure.rulebook.attendance import AttendanceRefused, attendance_share


@pytest.mark.parametrize(
    ("attended", "fulfils"), [("84.9", False), ("84.99999", False), ("85.0", True), ("100", True)]
)
def test_the_share_at_the_minimum(attended: str, fulfils: bool) -> None:
    share = attendance_share(
        attended_hours=Decimal(attended), scheduled_hours=Decimal(100), minimum=Decimal(85)
    )
    assert share.fulfils is fulfils


def test_what_is_shown_as_the_minimum_may_still_be_below_it() -> None:
    share = attendance_share(
        attended_hours=Decimal("246.4"), scheduled_hours=Decimal(290), minimum=Decimal(85)
    )
    assert (share.shown, share.fulfils) == (Decimal("85.0"), False)
    assert share.working == (
        "246,4 JP dihadiri dari 290 JP terjadwal",
        "246,4 × 100 < 85 × 290",
    )


@pytest.mark.parametrize(("attended", "scheduled"), [(0, 0), (11, 10), (-1, 10), (1, -1)])
def test_impossible_hours_are_refused(attended: int, scheduled: int) -> None:
    with pytest.raises(AttendanceRefused):
        attendance_share(
            attended_hours=Decimal(attended),
            scheduled_hours=Decimal(scheduled),
            minimum=Decimal(85),
        )


@given(st.decimals(0, 900, places=2), st.decimals(1, 900, places=2), st.decimals(0, 100, places=1))
def test_it_agrees_with_fractions(attended: Decimal, scheduled: Decimal, minimum: Decimal) -> None:
    attended = min(attended, scheduled)
    share = attendance_share(attended_hours=attended, scheduled_hours=scheduled, minimum=minimum)
    exact = Fraction(attended) / Fraction(scheduled) * 100
    assert share.fulfils == (exact >= Fraction(minimum))
    assert abs(Fraction(share.percent) - exact) < Fraction(1, 10**20)
