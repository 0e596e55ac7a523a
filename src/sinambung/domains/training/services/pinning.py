"""Pinning a batch to its edition, completed by the local values confirmed by its first day."""

from __future__ import annotations

import datetime as dt

from sinambung.domains.training.models import Batch, ProgrammeEdition
from sinambung.platform.regulation.queries import completed_scheme

PINNED = ("basis", "curriculum", "certificate")


def pin(batch: Batch, edition: ProgrammeEdition, *, on: dt.date) -> None:
    """Freeze on the batch what its edition says on a day, without saving it."""
    content = completed_scheme(edition_key=edition.key, mapping=edition.content, on=on)
    batch.scheme = {**content["assessment"], "basis": content["basis"]}
    batch.pinned = {key: content[key] for key in PINNED if content[key] != edition.content[key]}
