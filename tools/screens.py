"""Picture every page of the demonstration: three widths, light and dark, one contact sheet.

`python tools/screens.py` builds the demonstration if it is not there, serves it, signs in as each
role through the form, follows every link, and keeps one picture set per kind of page: two for
those of a batch, which look different while it runs and when it is over. A page of the product
that no link led to is named, and the run fails. With `--base URL` it looks at a server that runs
already.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

import django
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sinambung.demo import logins, report
from tools import pages

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--lang=id"),
)
WIDTHS = (390, 768, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# Where each visitor begins; what can be reached from there is found by following links.
STARTS = ("/", "/periksa/", "/masuk/", "/sandi/lupa/", "/ui/")
# Files, acts, short ways and another language's copy of a page are not pages.
SKIPPED = re.compile(
    r"^/(api|static|keluar|ui/(brand|lambang|tampilan))|\.(pdf|zip|xlsx|csv|png)$"
    r"|angkatan/\w+/nilai/(?!tutup|bobot|penilai|perubahan)\w+/$"
)
# Many pages of one kind, told apart by a word instead of an identifier.
KINDS = (
    (re.compile(r"^/regulasi/[^/]+/[^/]+/"), "/regulasi/*/*/"),
    (re.compile(r"^/regulasi/(?!unggah|unduh)[^/]+/$"), "/regulasi/*/"),
    (re.compile(r"/edisi/[^/]+/ubah/[^/]+/$"), "/edisi/*/ubah/*/"),
    (re.compile(r"^/periksa/[A-Z0-9-]+/$"), "/periksa/*/"),
)
IDENTIFIER = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}|\b\d+\b")
# Pages that change with the state of what they show.
BY_STATE = re.compile(r"^/pelatihan/(angkatan|rapat)/")
MOST_STATES = 2
# A stop, should links ever multiply.
MOST_PER_ROLE = 120


STYLE = """<style>
body { font: 14px/20px system-ui; margin: 24px; background: #f8f8f7; color: #1f1f1f }
h2 { font-size: 16px; margin: 24px 0 0 }
div { display: flex; gap: 12px; overflow-x: auto; align-items: flex-start }
b { color: #d50b0b }
img { height: 420px; object-fit: cover; object-position: top; border: 1px solid #d4d4d4 }
</style>"""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks: an account of the demonstration, or nobody for the public pages."""

    role: str
    name: str = ""


@dataclass(slots=True)
class Sheet:
    """One page with its pictures and what was wrong with it."""

    role: str
    address: str
    title: str
    pictures: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def main() -> int:
    """Take the pictures; return 1 when a page is broken or wider than its screen."""
    arguments = _arguments()
    folder = Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.jpg"):
        old.unlink()
    started = time.monotonic()
    with _demonstration(arguments) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        sheets = _look_everywhere(browser, base, folder, arguments.only)
        browser.close()
    (folder / "index.html").write_text(_contact_sheet(sheets))
    missed = [] if arguments.only else _missed(sheets)
    for route in missed:
        print(f"No link led to {route}", file=sys.stderr)
    wrong = [sheet for sheet in sheets if sheet.problems]
    for sheet in wrong:
        print(f"{sheet.role} {sheet.address}: {'; '.join(sheet.problems)}", file=sys.stderr)
    seconds = round(time.monotonic() - started)
    print(f"{len(sheets)} pages in {seconds} s: {folder / 'index.html'}")
    return 1 if wrong or missed else 0


def _missed(sheets: list[Sheet]) -> list[str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinambung.config.settings")
    django.setup()
    return pages.unseen(sheet.address for sheet in sheets)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="", help="address of a running server")
    parser.add_argument("--data", default="data", help="folder of the demonstration")
    parser.add_argument("--out", default="screens", help="where the pictures go")
    parser.add_argument("--only", default="", help="only addresses that contain this text")
    parser.add_argument("--port", type=int, default=8319)
    return parser.parse_args()


@contextmanager
def _demonstration(arguments: argparse.Namespace) -> Iterator[str]:
    if arguments.base:
        yield arguments.base.rstrip("/")
        return
    with served(data=arguments.data, port=arguments.port) as base:
        yield base


@contextmanager
def served(*, data: str, port: int, people: int = 0) -> Iterator[str]:
    """Build the demonstration in the folder, if it is not there, and serve it."""
    command = [sys.executable, "-m", "sinambung", "--data", data]
    size = ["--people", str(people)] if people else []
    subprocess.run([*command, "demo", "--no-serve", *size], check=True, cwd=ROOT)
    base = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([*command, "serve", "--port", str(port)], cwd=ROOT)
    try:
        _wait_for(f"{base}/masuk/")
        yield base
    finally:
        server.terminate()
        server.wait(timeout=15)


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise SystemExit(f"No answer from {address}")


def _visitors() -> list[Visitor]:
    staff = [Visitor(login.does, login.username) for login in logins.STAFF]
    others = [Visitor(role, nip) for nip, role in report.people_with_passwords().items()]
    return [Visitor("publik"), *others, *sorted(staff, key=lambda one: one.name == "admin")]


def _look_everywhere(browser: Browser, base: str, folder: Path, only: str) -> list[Sheet]:
    sheets: list[Sheet] = []
    for visitor, page, address, status in every_page(browser, base):
        if only in address:
            problems = [f"status {status}"] if status >= 400 else []
            sheet = Sheet(visitor.role, address, page.title(), problems=problems)
            _take(page, sheet, folder, len(sheets) + 1)
            sheets.append(sheet)
    return sheets


def every_page(browser: Browser, base: str) -> Iterator[tuple[Visitor, Page, str, int]]:
    """Open one page of each kind, as the first visitor who reaches it; give its status too."""
    seen: dict[str, set[str]] = {}
    for visitor in _visitors():
        context = browser.new_context(
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            base_url=base,
            reduced_motion="reduce",
            viewport={"width": WIDTHS[0], "height": 900},
        )
        page = context.new_page()
        if visitor.name and not _sign_in(page, visitor.name, logins.PASSWORD):
            raise SystemExit(f"{visitor.name} cannot sign in")
        for address, status in _walk(context, page, visitor, seen):
            yield visitor, page, address, status
        context.close()


def _sign_in(page: Page, name: str, password: str) -> bool:
    page.goto("/masuk/")
    page.locator("main input:not([type=hidden]):not([type=password])").first.fill(name)
    page.locator("main input[type=password]").first.fill(password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    return "/masuk/" not in page.url


def _walk(
    context: BrowserContext, page: Page, visitor: Visitor, seen: dict[str, set[str]]
) -> Iterator[tuple[str, int]]:
    """Follow links from the starts, breadth first; give what nobody before has seen."""
    waiting = list(STARTS)
    walked: dict[str, set[str]] = {}
    while waiting and len(walked) < MOST_PER_ROLE:
        address = waiting.pop(0)
        kind = _kind(address, visitor)
        if not _is_new(address, walked.get(kind)) or SKIPPED.search(address.split("?")[0]):
            continue
        walked.setdefault(kind, set()).update(IDENTIFIER.findall(address))
        answer = context.request.get(address, max_redirects=5)
        is_page = "text/html" in answer.headers.get("content-type", "")
        if not is_page or "/masuk/?" in answer.url:
            continue
        waiting += _links(answer.text(), address)
        if _is_new(address, seen.get(kind)):
            seen.setdefault(kind, set()).update(IDENTIFIER.findall(address))
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            page.goto(address, wait_until="load")
            yield address, answer.status


def _is_new(address: str, known: set[str] | None) -> bool:
    if known is None:
        return True
    another = bool(set(IDENTIFIER.findall(address)) - known)
    return another and len(known) < MOST_STATES and bool(BY_STATE.search(address))


def _kind(address: str, visitor: Visitor) -> str:
    """Return what makes two addresses the same page with other data; homes differ by role."""
    path = address.split("?")[0].split("#")[0]
    for pattern, kind in KINDS:
        path = pattern.sub(kind, path)
    path = IDENTIFIER.sub("*", path)
    if path == "/":
        return f"{visitor.role}:{path}"
    # A certificate has more buttons for who issued it than for its owner.
    return f"{visitor.name.isdecimal()}:{path}" if path == "/sertifikat/*/" else path


def _links(text: str, address: str) -> list[str]:
    found = re.findall(r"<a\b(?![^>]*\sdownload)[^>]*?\shref=\"?([^\s\">]+)", text)
    # The comparison of two editions stands behind a choice.
    chosen = re.search(r'action="beda/".*?<option value="(\w{26})"', text, flags=re.DOTALL)
    found += [f"beda/?dengan={chosen[1]}"] if chosen else []
    joined = [urljoin(address, html.unescape(href)).split("#")[0] for href in found]
    return [href for href in joined if href.startswith("/")]


def _take(page: Page, sheet: Sheet, folder: Path, number: int) -> None:
    stem = re.sub(r"[^a-z0-9]+", "-", IDENTIFIER.sub("x", sheet.address).lower()).strip("-")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            sheet.problems.append(f"{wide} px wide at {width}")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            name = f"{number:03d}-{stem[:60] or 'beranda'}-{width}-{scheme}.jpg"
            page.screenshot(path=folder / name, full_page=True, type="jpeg", quality=82)
            sheet.pictures.append(name)


def _contact_sheet(sheets: list[Sheet]) -> str:
    head = (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><title>Semua halaman</title>{STYLE}'
    )
    return f"{head}<h1>{len(sheets)} halaman</h1>{''.join(map(_section, sheets))}</html>"


def _section(sheet: Sheet) -> str:
    title, role, address = map(html.escape, (sheet.title, sheet.role, sheet.address))
    problems = html.escape("; ".join(sheet.problems))
    pictures = "".join(
        f'<a href="{name}"><img loading="lazy" src="{name}" alt="{name}"></a>'
        for name in sheet.pictures
    )
    words = f"<h2>{title}</h2><p>{role}, <code>{address}</code> <b>{problems}</b></p>"
    return f"<section>{words}<div>{pictures}</div></section>"


if __name__ == "__main__":
    sys.exit(main())
