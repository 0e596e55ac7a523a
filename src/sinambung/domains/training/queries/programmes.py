"""Reads about programmes and their editions."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from sinambung.domains.training.models import Batch
from sinambung.pure.rulebook import programmes as rulebook


def edition_of(batch: Batch) -> rulebook.ProgrammeEdition:
    """Return the edition that a batch is pinned to, with the scheme frozen for the batch."""
    scheme = {key: value for key, value in batch.scheme.items() if key != "basis"}
    return parsed_edition({**batch.edition.content, **batch.pinned, "assessment": scheme})


def parsed_edition(content: dict[str, Any]) -> rulebook.ProgrammeEdition:
    """Parse stored content; the same content is parsed once per process."""
    return _parsed(json.dumps(content, sort_keys=True))


@lru_cache(maxsize=128)
def _parsed(text: str) -> rulebook.ProgrammeEdition:
    return rulebook.parse_edition(json.loads(text))
