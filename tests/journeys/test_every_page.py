"""Every page of the demonstration: axe-core finds nothing, nothing is wider than its screen."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tools import screens

VIEWS = (("light", 390), ("dark", 1440))
FEWEST_PAGES = 60


def test_every_page_of_the_demonstration_is_accessible_and_fits(
    browser: Browser,
    problems_of: Callable[[Page], list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("SINAMBUNG_DATA", "SINAMBUNG_DATABASE_URL", "SINAMBUNG_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    found: dict[str, list[str]] = {}
    count = 0
    with screens.served(data=str(tmp_path / "demo"), port=_free_port(), people=800) as base:
        for _, page, address, status in screens.every_page(browser, base):
            problems = _look(page, *VIEWS[count % 2], problems_of)
            count += 1
            if status >= 400:
                problems.append(f"status {status}")
            if problems:
                found[address] = problems
    assert found == {}
    assert count >= FEWEST_PAGES


def _look(
    page: Page, scheme: str, width: int, problems_of: Callable[[Page], list[str]]
) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    problems = problems_of(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*problems, f"{wide} px wide at {width}"] if wide > width else problems


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
