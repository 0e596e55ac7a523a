"""Many marks at once: read as text, because the field's own conversion costs most of the time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from sinambung.domains.training.models import Mark

CENT = Decimal("0.01")


def stored_marks(marks: QuerySet[Mark]) -> Iterator[tuple[str, str, Decimal | None, int]]:
    """Yield participant, cell, value and version of every mark, in no order."""
    rows = marks.order_by().annotate(text=Cast("value", CharField()))
    known: dict[str, Decimal] = {}
    for participant, cell, text, version in rows.values_list(
        "participant_id", "cell", "text", "version"
    ):
        if text is None:
            yield participant, cell, None, version
            continue
        value = known.get(text)
        if value is None:
            # SQLite writes 88.5 where PostgreSQL writes 88.50.
            value = known[text] = Decimal(text).quantize(CENT)
        yield participant, cell, value, version
