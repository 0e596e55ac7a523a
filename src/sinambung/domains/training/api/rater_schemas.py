"""What leaves the API about the progress of raters."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ninja import Schema


class RaterOut(Schema):
    """`waiting` are participants (id, name) whom the rater has not finished."""

    name: str
    role: str
    people: int
    filled: int
    total: int
    waiting: list[tuple[str, str]]
    mean: Decimal | None
    of_role: Decimal | None
    apart: Decimal | None
    furthest: Decimal | None
    compared: int
    remarks: int


class MarkedCellOut(Schema):
    """A cell that needs no assigned rater; `markers` are names with how many marks."""

    name: str
    filled: int
    total: int
    markers: list[tuple[str, int]]
    last_at: dt.datetime | None


class RatersOut(Schema):
    raters: list[RaterOut]
    cells: list[MarkedCellOut]
    unassigned: list[tuple[str, int]]
    limit: Decimal | None
