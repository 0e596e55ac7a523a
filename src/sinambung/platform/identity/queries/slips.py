"""The sheet of activation slips, as it is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

import segno
from django.conf import settings


class PrintedSlip(Protocol):
    """What a slip says."""

    @property
    def username(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def expires_at(self) -> dt.datetime: ...


def slip_sheet(slips: Sequence[PrintedSlip]) -> dict[str, Any]:
    """Return the context of `identity/slips.html`: the slips, and the address they lead to."""
    address = f"{settings.BASE_URL}/aktivasi/"
    picture = segno.make(address, error="m").svg_data_uri(scale=3, border=2, light="white")
    return {"slips": slips, "address": address, "picture": picture}
