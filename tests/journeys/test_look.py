"""The components in a real browser: accessible, inside the page, and working by keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

PARTS = ["/ui/", "/ui/isian/", "/ui/data/", "/ui/pola/", "/ui/keadaan/", "/ui/dinding/"]
Check = Callable[[Page], None]
Visit = Callable[..., Page]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("address", PARTS)
def test_gallery_is_accessible_and_fits(
    visitor: Visit, accessible: Check, address: str, width: int, scheme: str
) -> None:
    page = visitor(address, width=width, scheme=scheme)
    page.wait_for_timeout(200)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_page_can_be_used_at_twice_the_size(visitor: Visit) -> None:
    page = visitor("/ui/data/", width=720)
    assert page.evaluate("document.documentElement.scrollWidth") <= 720


def test_drawer_opens_on_a_phone_without_script(visitor: Visit) -> None:
    page = visitor("/ui/", width=390, java_script_enabled=False)
    assert not page.locator("nav.navigation").is_visible()
    page.get_by_role("button", name="Menu", exact=True).click()
    assert page.locator("nav.navigation").is_visible()


def test_skip_link_is_the_first_stop(visitor: Visit) -> None:
    page = visitor("/ui/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#isi"


def test_confirmation_asks_before_it_posts(visitor: Visit) -> None:
    page = visitor("/ui/")
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.method))
    page.get_by_role("button", name="Tutup angkatan").click()
    dialog = page.get_by_role("dialog")
    assert "tanpa orang kedua" in dialog.inner_text()
    dialog.get_by_role("button", name="Batal").click()
    assert "POST" not in posted
    page.get_by_role("button", name="Tutup angkatan").click()
    with page.expect_request(lambda request: request.method == "POST"):
        dialog.get_by_role("button", name="Tutup angkatan").click()


def test_ticks_count_and_show_what_can_be_done(visitor: Visit) -> None:
    page = visitor("/ui/data/")
    bar = page.locator("[data-bar]")
    assert not bar.is_visible()
    page.get_by_label("Pilih Yulius Bong Kian").check()
    assert "1 peserta dipilih" in bar.inner_text()
    page.get_by_label("Pilih semua").check()
    assert "3 peserta dipilih" in bar.inner_text()


def test_draft_survives_a_reload(visitor: Visit) -> None:
    page = visitor("/ui/isian/")
    page.locator("#alasan").fill("Salah salin dari lembar penilaian")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator("#alasan")).to_have_value("Salah salin dari lembar penilaian")


def test_password_can_be_shown(visitor: Visit) -> None:
    page = visitor("/ui/isian/")
    page.get_by_role("button", name="Tampilkan sandi").click()
    assert page.locator("#sandi").get_attribute("type") == "text"


def _grid(visitor: Visit) -> Page:
    page = visitor("/ui/data/")
    page.wait_for_selector("grid-editor:defined")
    page.wait_for_selector('td[tabindex="0"]')
    return page


def _mark(page: Page, key: str) -> str:
    return page.locator(f'td[data-key="{key}"]').inner_text()


def _status(page: Page) -> str:
    return page.locator("[data-status]").inner_text()


def test_marks_are_typed_by_keyboard(visitor: Visit) -> None:
    page = _grid(visitor)
    page.locator('td[data-key="1:agenda"]').click()
    page.keyboard.type("88,5")
    page.keyboard.press("Tab")
    page.keyboard.type("70")
    page.keyboard.press("Enter")
    assert _mark(page, "1:agenda") == "88,50"
    assert _mark(page, "1:examiner") == "70,00"
    assert "2 perubahan belum disimpan" in _status(page)
    page.keyboard.type("700")
    page.keyboard.press("Enter")
    assert "1 sel belum benar" in _status(page)
    page.keyboard.press("Control+z")
    assert _mark(page, "2:examiner") == "92,00"
    assert "2 perubahan" in _status(page)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    assert _mark(page, "2:agenda") == ""
    page.keyboard.press("F2")
    page.keyboard.press("Escape")
    assert "3 perubahan" in _status(page)


def test_block_from_a_spreadsheet_is_pasted(visitor: Visit) -> None:
    page = _grid(visitor)
    page.evaluate(
        """() => {
            const cell = document.querySelector('td[data-key="2:coach"]');
            const clipboard = new DataTransfer();
            clipboard.setData("text/plain", "80\\t81,25\\r\\n82\\t83.5\\r\\n");
            cell.focus();
            const options = { clipboardData: clipboard, bubbles: true };
            cell.dispatchEvent(new ClipboardEvent("paste", options));
        }"""
    )
    marks = [_mark(page, key) for key in ("2:coach", "2:conduct", "3:coach", "3:conduct")]
    assert marks == ["80,00", "81,25", "82,00", "83,50"]
    assert "4 sel ditempel" in _status(page)


def test_unsaved_marks_survive_a_reload(visitor: Visit) -> None:
    page = _grid(visitor)
    page.locator('td[data-key="1:agenda"]').click()
    page.keyboard.type("88,5")
    page.keyboard.press("Enter")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_selector("td.is-changed")
    assert _mark(page, "1:agenda") == "88,50"


def test_saving_sends_versions_and_shows_what_others_did(visitor: Visit) -> None:
    page = _grid(visitor)
    sent: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request.post_data or "")
        conflict = {"1:examiner": {"value": "99,00", "version": 5}}
        route.fulfill(json={"saved": {"1:agenda": 2}, "conflicts": conflict})

    page.route("**/ui/", answer)
    page.locator('td[data-key="1:agenda"]').click()
    page.keyboard.type("88,5")
    page.keyboard.press("Tab")
    page.keyboard.type("70")
    page.keyboard.press("Enter")
    page.evaluate("document.querySelector('grid-editor').save()")
    page.wait_for_selector("td.is-conflict")
    changes = json.loads(sent[0].split('name="changes"')[1].split("\r\n")[2])
    assert changes == [
        {"key": "1:agenda", "version": 1, "value": "88.50"},
        {"key": "1:examiner", "version": 1, "value": "70.00"},
    ]
    cells = {key: page.locator(f'td[data-key="{key}"]') for key in ("1:agenda", "1:examiner")}
    assert cells["1:agenda"].get_attribute("data-version") == "2"
    assert cells["1:examiner"].get_attribute("data-version") == "5"
    assert "99,00" in (cells["1:examiner"].get_attribute("title") or "")
    assert "1 nilai sudah diubah orang lain" in _status(page)


def test_marks_stay_when_the_server_does_not_answer(visitor: Visit) -> None:
    page = _grid(visitor)
    page.locator('td[data-key="1:agenda"]').click()
    page.keyboard.type("88,5")
    page.keyboard.press("Enter")
    page.route("**/ui/", lambda route: route.abort())
    page.evaluate("document.querySelector('grid-editor').save()")
    expect(page.locator("[data-status]")).to_contain_text("server tidak menjawab")
    assert _mark(page, "1:agenda") == "88,50"
    assert page.locator("td.is-changed").count() == 1


def test_paper_is_light_and_keeps_tables(visitor: Visit) -> None:
    page = visitor("/ui/data/", width=700, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    surface = "getComputedStyle(document.documentElement).getPropertyValue('--surface').trim()"
    assert page.evaluate(surface) == "#ffffff"
    shown = "getComputedStyle(document.querySelector('.table--cards tr')).display"
    assert page.evaluate(shown) == "table-row"
    assert not page.locator("header.top").is_visible()


def test_text_is_copied(visitor: Visit) -> None:
    page = visitor("/ui/keadaan/", permissions=["clipboard-read", "clipboard-write"])
    page.wait_for_selector("copy-text:defined")
    page.get_by_role("button", name="Salin kode").click()
    expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "KVNP-2M9A"
