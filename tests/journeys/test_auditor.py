"""An auditor takes every final grade of the demonstration away and computes it again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sinambung.cli.main import main
from sinambung.demo.logins import PASSWORD
from tests.journeys.conftest import Province, Visit, sign_in

Check = Callable[[Page], None]


def test_every_grade_is_computed_again_from_its_downloaded_input(
    guest: Visit,
    accessible: Check,
    province: Province,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = guest("/masuk/")
    sign_in(page, "pemeriksa", PASSWORD)
    grades = _stored_grades(province.folder)
    assert len(grades) > 60
    first = next(iter(grades))
    page.goto(f"{province.base}/pelatihan/peserta/{first}/nilai/")
    accessible(page)
    link = page.get_by_role("link", name="Unduh masukan (JSON)")
    expect(link).to_be_visible()
    with page.expect_download() as download:
        link.click()
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    said = " ".join(page.locator("code", has_text="rule compute").inner_text().split())
    assert f"--input {target.name} --on " in said
    words = said.replace(target.name, str(target)).split()[1:]
    assert _computed(words, capsys) == grades[first]
    for participant, value in grades.items():
        address = f"{province.base}/pelatihan/peserta/{participant}/nilai/masukan/"
        target.write_bytes(page.request.get(address).body())
        assert _computed(words, capsys) == value, participant


def _computed(words: list[str], capsys: pytest.CaptureFixture[str]) -> Decimal:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    result: Any = json.loads(capsys.readouterr().out)
    return Decimal(result["value"]["value"])


def _stored_grades(folder: Path) -> dict[str, Decimal]:
    with sqlite3.connect(f"file:{folder / 'sinambung.sqlite3'}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT participant_id, value FROM training_finalgrade WHERE value != ''"
        )
        return {participant: Decimal(value) for participant, value in rows}
