"""What in the plan of a batch contradicts itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

Days = tuple[dt.date | None, dt.date | None]


def contradictions(
    *,
    whole: Days,
    load_minimum: int | None,
    coach_load_maximum: int | None,
    stages: Mapping[str, Days],
) -> Iterator[tuple[str, Any]]:
    """Yield the field and the sentence of everything that contradicts itself; absent is fine."""
    if _is_reversed(whole):
        yield "ends_on", _("Tanggal selesai tidak boleh sebelum tanggal mulai.")
    if load_minimum and coach_load_maximum and load_minimum > coach_load_maximum:
        yield (
            "load_minimum",
            _("Beban paling sedikit tidak boleh melebihi beban coach paling banyak."),
        )
    for code, days in stages.items():
        if _is_reversed(days):
            sentence = _("Tahap ini selesai sebelum dimulai. Periksa kedua tanggalnya.")
            yield f"stage-{code}", sentence


def _is_reversed(days: Days) -> bool:
    starts_on, ends_on = days
    return bool(starts_on and ends_on and ends_on < starts_on)
