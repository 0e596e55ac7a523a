"""What people do in a browser, for several journeys: paste, drop a file, agree, wait."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

PASTE = """(text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
    document.activeElement.dispatchEvent(event);
}"""
DROP = """(zone, [name, type, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type }));
    const options = { dataTransfer: data, bubbles: true, cancelable: true };
    for (const kind of ["dragenter", "dragover", "drop"]) {
        zone.dispatchEvent(new DragEvent(kind, options));
    }
}"""
SECONDS = 1000


def paste(page: Page, rows: Sequence[Sequence[str]]) -> None:
    """Paste a block as Excel puts it on the clipboard, where the focus is."""
    page.evaluate(PASTE, "\r\n".join("\t".join(row) for row in rows) + "\r\n")


def drop(zone: Locator, *, name: str, kind: str, content: bytes) -> None:
    """Drop a file on a zone, as from a folder of the desktop."""
    zone.evaluate(DROP, [name, kind, base64.b64encode(content).decode()])


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that answers."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def agree(page: Page, name: str) -> None:
    """Press a button that asks first, and agree."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def told(page: Page, text: str, *, within: int = 30) -> None:
    """Wait until a text can be seen on the page."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=within * SECONDS)


def tick_all(page: Page, place: int = 0) -> None:
    """Tick every row of a list."""
    page.get_by_label("Pilih semua").nth(place).check()


def paper(page: Page, name: str) -> Locator:
    """Return the part of a participant's checklist that is about one paper."""
    title = page.get_by_role("heading", name=name, exact=True)
    return page.get_by_role("listitem").filter(has=title)
