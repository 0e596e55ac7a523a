"""The heads of the seals in a file beside the database: a database that was cut does not fit it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

NAME = "trail/seals.txt"

logger = logging.getLogger(__name__)


def path_of_heads() -> Path:
    folder: Path = settings.ENVIRONMENT.data_folder
    return folder / NAME


def note_head(text: str) -> None:
    """Add a line `number:head`; a folder that cannot be written is logged, and the seal stands."""
    path = path_of_heads()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(f"{text}\n")
    except OSError as error:
        logger.warning("the head of the trail was not noted in %s: %s", path, error)


def noted_heads() -> Iterator[str]:
    """Yield what was noted, oldest first; nothing where there is no file."""
    try:
        with path_of_heads().open() as file:
            yield from (line.strip() for line in file if line.strip())
    except FileNotFoundError:
        return
