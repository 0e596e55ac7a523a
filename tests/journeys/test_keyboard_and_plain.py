"""The main tasks without a mouse, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sinambung.demo.papers import sample_paper
from sinambung.domains.training.models import Batch, Mark, Participant, ParticipantDocument
from sinambung.domains.training.services.participants import nominate
from sinambung.platform.foundation import clock
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.journeys.acting import paper, press, told
from tests.journeys.conftest import Visit, sign_in

Check = Callable[[Page], None]
PASSWORD = "payung biru di atas meja"
# What the focused element is called, and whether anybody sees where the focus is.
FOCUSED = """() => {
    const here = document.activeElement;
    const style = getComputedStyle(here);
    const shown = here.getBoundingClientRect();
    const words = here.getAttribute("aria-label") || here.labels?.[0]?.innerText || here.innerText;
    return {
        name: (words || "").replace(/\\s+/g, " ").trim(),
        cell: here.matches("td[data-key]"),
        ring: style.outlineStyle !== "none" || style.boxShadow !== "none",
        inside: shown.width > 0 && shown.bottom > 0 && shown.top < innerHeight,
    };
}"""
FARTHEST = 80
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _data_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path


def _with_password(user: User) -> User:
    identity.give_password(user_id=user.pk, password=PASSWORD, at=clock.now(), by=build.SYSTEM)
    return user


def test_marks_and_a_form_without_a_mouse(visitor: Visit, accessible: Check) -> None:
    batch, _people = marking.running_batch(2)
    user = _with_password(build.staff("petugas", Role.ORGANISER))
    page = visitor("/masuk/")
    _type_into(page, "NIP atau nama akun", user.username)
    _type_into(page, "Sandi", PASSWORD)
    _enter(page)
    _reach(page, "Angkatan")
    _enter(page)
    _reach(page, batch.name)
    _enter(page)
    _reach(page, "Nilai")
    _enter(page)
    accessible(page)
    _reach_cell(page)
    for mark in ("85,5", "90"):
        page.keyboard.type(mark)
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    _reach(page, "Simpan nilai", back=True)
    page.keyboard.press("Enter")
    told(page, "3 nilai tersimpan")
    assert sorted(str(mark.value) for mark in Mark.objects.all()) == ["77.00", "85.50", "90.00"]
    _change_theme(page, accessible, batch)


def _change_theme(page: Page, accessible: Check, batch: Batch) -> None:
    _reach(page, batch.name, back=True)
    _enter(page)
    _reach(page, "Ubah angkatan")
    _enter(page)
    accessible(page)
    _type_into(page, "Tema", "Layanan yang mudah", starts=True)
    _reach(page, "Simpan perubahan")
    _enter(page)
    told(page, "Layanan yang mudah")
    batch.refresh_from_db()
    assert batch.theme == "Layanan yang mudah"


def _reach(page: Page, name: str, *, back: bool = False, starts: bool = False) -> None:
    """Press Tab until the focus is on something of this name; where it rests must be seen."""
    passed = []
    for _ in range(FARTHEST):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        here = page.evaluate(FOCUSED)
        if here["name"] == name or (starts and here["name"].startswith(name)):
            page.wait_for_timeout(200)
            assert here["ring"], f"no ring on {name}"
            assert page.evaluate(FOCUSED)["inside"], f"{name} is out of sight"
            return
        passed.append(here["name"])
    raise AssertionError(f"{name} is not reached by Tab on {page.url}: {passed[:40]}")


def _reach_cell(page: Page) -> None:
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED)["cell"]:
            return
    raise AssertionError("the grid is not reached by Tab")


def _type_into(page: Page, name: str, text: str, *, starts: bool = False) -> None:
    _reach(page, name, starts=starts)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def _enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [390, 1440])
def test_papers_are_brought_without_script(visitor: Visit, width: int) -> None:
    batch = build.batch()
    (employee,) = build.employees(1)
    (person,) = nominate(batch_id=batch.pk, nips=[employee.nip], by=build.SYSTEM)
    _with_password(User.objects.get(pk=employee.account_id))
    page = visitor("/masuk/", width=width, java_script_enabled=False)
    sign_in(page, employee.nip, "bukan sandinya")
    expect(page.locator("main")).to_contain_text("sandi")
    sign_in(page, employee.nip, PASSWORD)
    page.goto("/pelatihan/saya/")
    page.get_by_role("link", name=batch.name).click()
    page.get_by_role("link", name="Lengkapi berkas").click()
    card = paper(page, "Surat tugas")
    card.locator("input[type=file]").set_input_files(
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": sample_paper()}
    )
    card.get_by_role("button", name="Unggah berkas").click()
    expect(card.get_by_text("Menunggu diperiksa")).to_be_visible()
    row = ParticipantDocument.objects.get(participant=person)
    assert (row.item, row.state) == ("surat-tugas", "uploaded")


@pytest.mark.parametrize("width", [390, 1440])
def test_marks_of_one_participant_are_given_by_a_plain_form(visitor: Visit, width: int) -> None:
    batch, people = marking.running_batch(2)
    user = _with_password(build.staff("petugas", Role.ORGANISER))
    page = visitor("/masuk/", width=width, java_script_enabled=False)
    sign_in(page, user.username, PASSWORD)
    page.goto(f"/pelatihan/angkatan/{batch.pk}/nilai/")
    page.get_by_role("link", name=people[1].display_name).click()
    fields = page.locator("input[inputmode=decimal]")
    fields.nth(0).fill("85,5")
    fields.nth(1).fill("850")
    press(page, "Simpan nilai")
    told(page, "Nilai belum tersimpan")
    expect(fields.nth(0)).to_have_value("85,5")
    expect(fields.nth(1)).to_have_value("850")
    assert _marks(people[1]) == []
    fields.nth(1).fill("85")
    press(page, "Simpan nilai")
    told(page, "tersimpan")
    assert _marks(people[1]) == ["85.00", "85.50"]
    assert _marks(people[0]) == []


def _marks(person: Participant) -> list[str]:
    return sorted(str(mark.value) for mark in Mark.objects.filter(participant=person))
