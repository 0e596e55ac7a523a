"""The review of an import on a telephone: short, with the act in sight, and open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sinambung.platform.exchange import services
from sinambung.platform.foundation import actors, clock
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.capabilities import Role
from tests.domains.workforce.sheets import HEADINGS, people, xlsx
from tests.journeys.test_examiner import enter

pytestmark = [pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]
Check = Callable[[Page], None]
SYSTEM = actors.system("Pengujian")


def test_a_review_with_many_notes_is_short_and_leaves_a_duplicate_out(
    visitor: Visit, accessible: Check, live_server: object, tmp_path: Path, settings: object
) -> None:
    settings.DATA_FOLDER = tmp_path  # type: ignore[attr-defined]
    user = identity.add_user(username="petugas", name="Contoh Petugas", at=clock.now(), by=SYSTEM)
    identity.grant_role(
        user_id=user.pk, role=Role.ADMINISTRATOR, unit_id=None, since=clock.today(), by=SYSTEM
    )
    rows = [*people(37, NO_HP="x"), *people(45, GOL_AKHIR_NAMA="x")[37:], *people(1)]
    row = services.upload(
        kind="employees",
        file_name="pegawai.xlsx",
        pieces=[xlsx(rows, (*HEADINGS, "NO HP"))],
        options={},
        by=SYSTEM,
        inline=True,
    )
    page = visitor("/masuk/", width=390)
    enter(page, user, str(live_server))
    page.goto(f"/impor/{row.pk}/")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollHeight") < 2_300
    box = page.get_by_role("button", name="Terapkan impor").bounding_box()
    assert box is not None
    assert box["y"] < 1_300
    page.get_by_text("Kolom NIP: 1 baris").click()
    page.get_by_role("link", name="Contoh Pegawai 1", exact=True).click()
    accessible(page)
    page.get_by_role("button", name="Abaikan baris ini").click()
    expect(page.get_by_text("1 baris lain diabaikan")).to_be_visible()
