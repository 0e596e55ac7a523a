"""The share of lesson hours that a participant attended, compared with the minimum.

Source: the minimum of LAN is not publicly known; 85 percent of lesson hours is the practice of
BPSDM Jawa Barat and a default that each edition may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.marks import comma
from sinambung.pure.rulebook.refusals import RuleRefused

DIVIDING = Context(prec=28)
DISPLAY = Context(prec=40, rounding=ROUND_HALF_UP)


class AttendanceRefused(RuleRefused):
    """The hours are impossible."""


@dataclass(frozen=True, slots=True)
class AttendanceShare:
    """Attended hours in percent of scheduled hours; `fulfils` compares the exact fraction."""

    percent: Decimal
    fulfils: bool
    working: tuple[str, ...]
    basis: tuple[Citation, ...]
    verified: bool

    @property
    def shown(self) -> Decimal:
        """Round half up to one decimal, for display only."""
        return self.percent.quantize(Decimal("0.1"), context=DISPLAY)


def attendance_share(
    *,
    attended_hours: Decimal,
    scheduled_hours: Decimal,
    minimum: Decimal,
    basis: tuple[Citation, ...] = (),
    verified: bool = False,
) -> AttendanceShare:
    """Return the share of lesson hours attended and whether it reaches `minimum` percent.

    Hours are lesson hours (45 minutes); nothing is rounded before the comparison.
    """
    if scheduled_hours <= 0:
        raise AttendanceRefused("Jumlah JP terjadwal harus lebih dari 0.")
    if not 0 <= attended_hours <= scheduled_hours:
        raise AttendanceRefused("JP yang dihadiri harus dari 0 sampai JP terjadwal.")
    percent = DIVIDING.divide(attended_hours * 100, scheduled_hours)
    fulfils = attended_hours * 100 >= minimum * scheduled_hours
    compared = "≥" if fulfils else "<"
    return AttendanceShare(
        percent=percent,
        fulfils=fulfils,
        working=(
            f"{comma(attended_hours)} JP dihadiri dari {comma(scheduled_hours)} JP terjadwal",
            f"{comma(attended_hours)} × 100 {compared} {comma(minimum)} × {comma(scheduled_hours)}",
        ),
        basis=basis,
        verified=verified,
    )
