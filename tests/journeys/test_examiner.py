"""An examiner marks on a tablet; an organiser fills the grid by keyboard and paste."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sinambung.domains.training.models import AssignmentRole, Batch, Mark, Participant
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import User
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.sessions import signed_in

pytestmark = [pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]
Check = Callable[[Page], None]


def enter(page: Page, user: User, base: str) -> None:
    """Give the visitor the session of a user, as after signing in."""
    cookie = signed_in(user).cookies["sinambung"].value
    page.context.add_cookies([{"name": "sinambung", "value": cookie, "url": base}])


def test_an_examiner_marks_one_participant_after_another_on_a_tablet(
    visitor: Visit, accessible: Check, live_server: object
) -> None:
    batch, people = marking.running_batch(3)
    actor = marking.give_role(batch, people[:2], AssignmentRole.EXAMINER, "penguji")
    page = visitor("/masuk/", width=768)
    enter(page, User.objects.get(pk=actor.id), str(live_server))
    page.goto("/pelatihan/menilai/")
    accessible(page)
    page.get_by_role("link", name=people[0].display_name).click()
    accessible(page)
    field = page.get_by_label("Nilai, 0 sampai 100")
    field.fill("188")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_role("alert").first).to_contain_text("Nilai belum tersimpan")
    expect(field).to_have_value("188")
    field.fill("88,5")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(people[1].display_name)
    page.get_by_label("Nilai, 0 sampai 100").fill("91")
    page.get_by_role("button", name="Simpan nilai").click()
    expect(page.get_by_text("tersimpan")).to_be_visible()
    assert [str(mark.value) for mark in marks_of(people)] == ["88.50", "91.00"]
    page.goto(f"/pelatihan/menilai/{people[2].pk}/")
    expect(page.get_by_text("tidak ada")).to_be_visible()


def test_what_was_typed_survives_a_lost_connection(visitor: Visit, live_server: object) -> None:
    batch, people = marking.running_batch(1)
    actor = marking.give_role(batch, people, AssignmentRole.EXAMINER, "penguji")
    page = visitor("/masuk/", width=768)
    enter(page, User.objects.get(pk=actor.id), str(live_server))
    address = f"/pelatihan/menilai/{people[0].pk}/"
    page.goto(address)
    page.get_by_label("Nilai, 0 sampai 100").fill("77,25")
    page.get_by_label("Nilai, 0 sampai 100").blur()
    page.wait_for_timeout(1500)
    page.reload()
    expect(page.get_by_label("Nilai, 0 sampai 100")).to_have_value("77,25")
    assert not Mark.objects.exists()


def test_an_organiser_types_pastes_undoes_and_saves_in_the_grid(
    visitor: Visit, accessible: Check, live_server: object
) -> None:
    batch, _people = marking.running_batch(3)
    page = visitor("/masuk/")
    enter(page, build.staff("petugas", Role.ORGANISER), str(live_server))
    page.goto(f"/pelatihan/angkatan/{batch.pk}/nilai/")
    accessible(page)
    page.locator("td[data-key]").first.click()
    page.keyboard.type("85,5")
    page.keyboard.press("Enter")
    page.keyboard.type("200")
    page.keyboard.press("Enter")
    expect(page.locator("td.is-wrong")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator("td.is-wrong")).to_have_count(0)
    paste(page, "90\t91,5\n92\t93")
    expect(page.locator("td.is-changed")).to_have_count(5)
    page.get_by_role("button", name="Simpan nilai").click()
    expect(page.get_by_text("5 nilai tersimpan")).to_be_visible()
    assert Mark.objects.count() == 5
    accessible(page)


def test_two_organisers_at_the_same_cell_and_the_second_decides(
    visitor: Visit, live_server: object
) -> None:
    batch, people = marking.running_batch(1)
    page = visitor("/masuk/")
    enter(page, build.staff("petugas", Role.ORGANISER), str(live_server))
    page.goto(f"/pelatihan/angkatan/{batch.pk}/nilai/")
    save_by_other(batch, people[0])
    page.locator("td[data-key]").first.click()
    page.keyboard.type("70")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Simpan nilai").click()
    expect(page.locator("td.is-conflict")).to_have_attribute("title", has("80"))
    assert str(Mark.objects.get().value) == "80.00"
    page.get_by_role("button", name="Simpan nilai").click()
    expect(page.get_by_text("1 nilai tersimpan")).to_be_visible()
    assert str(Mark.objects.get().value) == "70.00"


def marks_of(people: list[Participant]) -> list[Mark]:
    rows = Mark.objects.filter(participant__in=people)
    return list(rows.order_by("participant__number", "cell"))


def save_by_other(batch: Batch, person: Participant) -> None:
    marking.save_marks(
        batch_id=batch.pk,
        changes=marking.changes(person, {"AKD/A1": "80"}),
        by=marking.organiser("orang-lain"),
        at=marking.AT,
    )


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def has(text: str) -> object:
    import re

    return re.compile(re.escape(text))
