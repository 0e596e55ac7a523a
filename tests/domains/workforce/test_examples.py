"""The workbooks in examples/ do what their names say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sinambung.platform.exchange.models import StagedRow
from tests.domains.workforce.conftest import Upload

FOLDER = Path(__file__).resolve().parents[3] / "examples"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["pegawai-siasn.xlsx", "pegawai-titik-koma.csv"])
def test_the_good_examples_have_no_problem(upload: Upload, name: str) -> None:
    row = upload((FOLDER / name).read_bytes(), name)
    assert (row.state, row.problem_rows) == ("review", 0)
    assert row.new_rows >= 10


def test_the_example_with_faults_shows_each_of_them(upload: Upload) -> None:
    row = upload((FOLDER / "pegawai-bermasalah.xlsx").read_bytes())
    found = StagedRow.objects.filter(upload=row, verdict="problem").order_by("number")
    told = {(one.number, problem[0]) for one in found for problem in json.loads(one.problems)}
    assert told == {
        (4, "nip"),
        (6, "rank"),
        (9, "birth_date"),
        (12, "nip"),
        (15, "rank"),
        (18, "birth_date"),
        (31, "nip"),
    }
    assert row.warned_rows == 2
