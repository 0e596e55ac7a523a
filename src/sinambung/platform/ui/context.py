"""What every layout needs, computed only when a template asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest
from django.utils.translation import get_language

from sinambung.platform.foundation.actors import PUBLIC, Actor
from sinambung.platform.ui import agency, brand, navigation

THEME_COOKIE = "tema"
NAVIGATION_COOKIE = "navigasi"


@dataclass(frozen=True, slots=True)
class ModeBanner:
    """The sentence shown above every page while the system is not in its normal mode."""

    sentence: str


NoticeCounter = Callable[[Actor], int]
ModeReader = Callable[[], ModeBanner | None]

_notice_counter: list[NoticeCounter] = []
_mode_reader: list[ModeReader] = []


def count_notices_with(counter: NoticeCounter) -> None:
    """Let an upper app say how many unread notices an actor has."""
    _notice_counter[:] = [counter]


def read_mode_with(reader: ModeReader) -> None:
    """Let an upper app say which mode banner to show."""
    _mode_reader[:] = [reader]


@lru_cache(maxsize=1)
def assets_digest() -> str:
    """Return a short digest of our style sheet and elements, to end an old copy in a browser."""
    own = sorted((Path(__file__).parent / "static/ui").rglob("*.*"))
    return sha256(b"".join(path.read_bytes() for path in own)).hexdigest()[:10]


class Layout:
    """The frame around a page: who is signed in, where the page is, what the agency looks like."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def actor(self) -> Actor:
        return getattr(self._request, "actor", PUBLIC)

    @cached_property
    def agency(self) -> agency.Agency:
        return agency.current()

    @property
    def language(self) -> str:
        return get_language() or "id"

    @property
    def other_language(self) -> str:
        return "en" if self.language == "id" else "id"

    @property
    def build(self) -> str:
        return assets_digest()

    @property
    def has_own_colour(self) -> bool:
        return self.agency.colour.lower() not in ("", brand.DEFAULT)

    @cached_property
    def navigation(self) -> tuple[navigation.NavigationItem, ...]:
        return navigation.items_for(self.actor, path=self._request.path)

    @property
    def path(self) -> str:
        return self._request.get_full_path()

    @property
    def theme(self) -> str:
        """`light`, `dark`, or empty: as the device prefers."""
        chosen = self._request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in ("light", "dark") else ""

    @property
    def has_small_navigation(self) -> bool:
        return self._request.COOKIES.get(NAVIGATION_COOKIE) == "kecil"

    @cached_property
    def notice_count(self) -> int:
        return _notice_counter[0](self.actor) if _notice_counter else 0

    @property
    def has_notices(self) -> bool:
        return bool(_notice_counter)

    @cached_property
    def mode_banner(self) -> ModeBanner | None:
        return _mode_reader[0]() if _mode_reader else None


def layout(request: HttpRequest) -> dict[str, object]:
    """Give templates `layout`; nothing is computed until it is used."""
    return {"layout": Layout(request)}
