"""Every page of the demonstration: axe-core finds nothing, nothing is wider than its screen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Province
from tools import pages, screens

VIEWS = (("light", 390), ("dark", 1440))
FEWEST_PAGES = 60


def test_every_page_of_the_demonstration_is_accessible_and_fits(
    browser: Browser, problems_of: Callable[[Page], list[str]], province: Province
) -> None:
    found: dict[str, list[str]] = {}
    seen: list[str] = []
    for _, page, address, status in screens.every_page(browser, province.base):
        problems = _look(page, *VIEWS[len(seen) % 2], problems_of)
        seen.append(address)
        if status >= 400:
            problems.append(f"status {status}")
        if problems:
            found[address] = problems
    assert found == {}
    assert len(seen) >= FEWEST_PAGES
    assert pages.unseen(seen) == []


def _look(
    page: Page, scheme: str, width: int, problems_of: Callable[[Page], list[str]]
) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    problems = problems_of(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*problems, f"{wide} px wide at {width}"] if wide > width else problems
