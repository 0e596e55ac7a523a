"""What every print template is given about the agency."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from sinambung.platform.ui import agency


@dataclass(frozen=True, slots=True)
class Sender:
    """The letterhead's content; `emblem` is the name of the picture given as a file."""

    government: str
    agency: str
    address: str
    emblem: str
    sample: bool


def sender() -> dict[str, Any]:
    """Return the letterhead of this installation as print templates read it."""
    ours = agency.current()
    return asdict(
        Sender(
            government=ours.government,
            agency=ours.name,
            address="",
            emblem=_emblem_name(),
            sample=settings.ENVIRONMENT.sample,
        )
    )


def emblem_files() -> dict[str, bytes]:
    """Return the agency's emblem as a file for `typeset`, under the name that `sender` gives."""
    ours = agency.current()
    name = _emblem_name()
    if not name or ours.emblem is None:
        return {}
    return {name.lstrip("/"): ours.emblem.read_bytes()}


def _emblem_name() -> str:
    emblem = agency.current().emblem
    if emblem is None or not emblem.is_file() or emblem.suffix.lower() not in (".svg", ".png"):
        return ""
    return f"/agency-emblem{emblem.suffix.lower()}"
