"""A real browser for the journeys: Debian's Chromium, a new empty profile for each visitor."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tools import screens

# Playwright's synchronous API keeps a loop in the test's thread; the server has its own.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What tests set for themselves; the demonstration runs as it does for anybody.
OF_TESTS = (
    *("DJANGO_SETTINGS_MODULE", "SINAMBUNG_DATA", "SINAMBUNG_DATABASE_URL"),
    *("SINAMBUNG_SECRET_KEY", "SINAMBUNG_TEST_DATABASE"),
)

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not shutil.which(CHROMIUM):
        pytest.fail(f"Chromium is missing at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@dataclass(frozen=True, slots=True)
class Province:
    """The demonstration as it is served: its address and its data folder."""

    base: str
    folder: Path


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """Build the demonstration once and serve it, with its worker, to all journeys that need it."""
    folder = tmp_path_factory.mktemp("provinsi") / "data"
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as environment:
            for name in OF_TESTS:
                environment.delenv(name, raising=False)
            served = screens.served(data=str(folder), port=_free_port(), people=800)
            base = stack.enter_context(served)
        yield Province(base, folder)


@pytest.fixture
def visitor(browser: Browser, live_server: object) -> Iterator[Visit]:
    """Return a function that opens an address of the test's own server as a new visitor."""
    with _visits(browser, str(live_server)) as visit:
        yield visit


@pytest.fixture
def guest(browser: Browser, province: Province) -> Iterator[Visit]:
    """Return a function that opens an address of the demonstration as a new visitor."""
    with _visits(browser, province.base) as visit:
        yield visit


@contextmanager
def _visits(browser: Browser, base: str) -> Iterator[Visit]:
    """Open pages in new, empty profiles; an error on any of them fails the test."""
    problems: list[str] = []
    contexts = []

    def visit(address: str, *, width: int = 1440, scheme: str = "light", **more: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            base_url=base,
            accept_downloads=True,
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on("console", lambda said: _note(problems, page, said))
        page.on("response", lambda answer: _refuse_failure(problems, answer))
        page.goto(address)
        return page

    try:
        yield visit
    finally:
        for context in contexts:
            context.close()
    assert problems == []


@pytest.fixture(scope="session")
def problems_of() -> Callable[[Page], list[str]]:
    """Return what axe-core finds wrong with the page as it is now, one line for each place."""
    axe = Axe()

    def look(page: Page) -> list[str]:
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
            for violation in axe.run(page, options=RULES).response["violations"]
            for node in violation["nodes"][:3]
        ]

    return look


@pytest.fixture(scope="session")
def accessible(problems_of: Callable[[Page], list[str]]) -> Callable[[Page], None]:
    """Return a check that axe-core finds nothing wrong with the page as it is now."""

    def check(page: Page) -> None:
        lines = problems_of(page)
        assert lines == [], f"{page.url}\n" + "\n".join(lines)

    return check


def sign_in(page: Page, name: str, password: str) -> None:
    """Sign in by the form, as a person would."""
    page.goto("/masuk/")
    page.locator("input[autocomplete=username], input[name=login]").first.fill(name)
    page.locator("input[type=password]").first.fill(password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def _note(problems: list[str], page: Page, said: object) -> None:
    text = getattr(said, "text", "")
    is_refusal = "Content Security Policy" in text or "violates" in text
    if getattr(said, "type", "") == "error" and (is_refusal or "TypeError" in text):
        problems.append(f"{page.url}: {text}")


def _refuse_failure(problems: list[str], answer: object) -> None:
    if getattr(answer, "status", 0) >= 500:
        problems.append(f"{answer.url}: status {answer.status}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
