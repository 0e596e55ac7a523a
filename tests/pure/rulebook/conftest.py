"""The rulebook needs no Django: these tests also run with `-p no:django`."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture(autouse=True)
def _indonesian() -> None:
    """Replace the fixture that asks Django for the language."""


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_the_trail() -> None:
    """Replace the fixture that asks Django for the database."""
