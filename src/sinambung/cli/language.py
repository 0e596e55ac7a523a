"""The language of a command that works without Django."""

from __future__ import annotations

import gettext
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

_CATALOGUE = Path(__file__).resolve().parent.parent / "locale/en/LC_MESSAGES/django.mo"


def sayer() -> Callable[[str], str]:
    """Return what says an Indonesian sentence in the language of the installation."""
    if _language() != "en":
        return str
    from sinambung.platform.foundation.recorded import Phrases, singular_messages  # start-up time

    with _CATALOGUE.open("rb") as file:
        entries = vars(gettext.GNUTranslations(file))["_catalog"].items()
    return Phrases(singular_messages(entries)).say


def _language() -> str:
    if language := os.environ.get("SINAMBUNG_LANGUAGE"):
        return language
    settings = Path(os.environ.get("SINAMBUNG_DATA", "data")) / "installation.toml"
    try:
        return str(tomllib.loads(settings.read_text()).get("language", "id"))
    except (OSError, ValueError):
        return "id"
