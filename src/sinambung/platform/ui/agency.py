"""Whose installation this is: the name, emblem and colour that every page shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Agency:
    """The training agency as the settings name it; `emblem` is the path of a picture file."""

    name: str
    government: str
    colour: str
    emblem: Path | None
    is_sample: bool


@lru_cache(maxsize=1)
def current() -> Agency:
    """Return the agency of this installation."""
    environment = settings.ENVIRONMENT
    return Agency(
        name=environment.agency,
        government=environment.government,
        colour=environment.brand_colour,
        emblem=Path(environment.emblem) if environment.emblem else None,
        is_sample=environment.sample,
    )
