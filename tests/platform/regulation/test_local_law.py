"""Local values as TOML: the rulebook reads them without a database, and they come back in."""

from __future__ import annotations

import datetime as dt
import io
import json
import tomllib
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinambung.cli.main import main
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.regulation import queries, services
from sinambung.platform.regulation.models import LocalEdition, LocalState
from sinambung.platform.regulation.toml_writing import toml_text
from sinambung.pure.rulebook.editions import NATIONAL
from sinambung.pure.rulebook.programmes import edition_in_force, parse_edition, programme_edition
from tests.platform.regulation.conftest import AT, DAY, WEIGHTS
from tests.platform.regulation.test_enter_local_values import confirm, enter

BANDS = """Istimewa; di atas 90; lulus
Baik; paling sedikit 75; lulus
Kurang; paling sedikit 0; tidak lulus"""


@pytest.fixture
def two_editions(organiser: Actor, head: Actor) -> None:
    confirm(enter(organiser), head)
    confirm(enter(organiser, subject_key="bands", values={"bands": BANDS}), head)
    later = {**WEIGHTS, "AKD": "10", "LAP": "45"}
    confirm(enter(organiser, values=later, effective_on=dt.date(2026, 1, 1)), head)


def weights(law: Any, day: dt.date) -> list[Decimal | None]:
    edition = edition_in_force("PKP", on=day, law=law)
    return [part.weight for part in edition.assessment.components]


def test_local_law_is_layered_over_the_national_one(two_editions: None) -> None:
    law = queries.local_law(on=DAY)
    assert weights(NATIONAL, DAY) == [None] * 5
    assert weights(law, dt.date(2025, 6, 1))[0] == Decimal(20)
    assert weights(law, DAY)[0] == Decimal(10)
    edition = edition_in_force("PKP", on=DAY, law=law)
    assert edition.assessment.pass_mark == Decimal(75)
    assert any("nilai setempat" in str(citation) or citation.source.startswith("setempat-")
               for citation in edition.basis)  # fmt: skip


def test_without_local_values_the_law_is_the_national_one(db: None) -> None:
    assert queries.local_law(on=DAY) is NATIONAL


def test_the_exported_folder_is_read_without_a_database(two_editions: None, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(queries.law_archive())) as packed:
        packed.extractall(tmp_path)
    law = NATIONAL.layered_from(tmp_path)
    assert weights(law, dt.date(2025, 6, 1))[0] == Decimal(20)
    assert weights(law, DAY)[0] == Decimal(10)
    assert edition_in_force("PKP", on=dt.date(2020, 1, 1), law=law).edition == "2019"


@pytest.mark.parametrize(("edition", "day"), [("PKP", "2026-11-24"), ("pkp-2023", "2026-11-24")])
def test_the_command_computes_a_grade_with_the_exported_folder(
    two_editions: None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    edition: str,
    day: str,
) -> None:
    with zipfile.ZipFile(io.BytesIO(queries.law_archive())) as packed:
        packed.extractall(tmp_path / "law")
    marks = {"AKD": 80, "STL": 80, "RAP": 90, "LAP": 90, "SKP": 80}
    given = {
        "edition": edition,
        "marks": [{"component": code, "mark": mark} for code, mark in marks.items()],
    }
    (tmp_path / "nilai.json").write_text(json.dumps(given))
    words = ["rule", "compute", "nilai-akhir", "--input", str(tmp_path / "nilai.json"), "--json"]
    assert main([*words, "--on", day, "--law", str(tmp_path / "law")]) == 0
    result = json.loads(capsys.readouterr().out)
    assert "87" in json.dumps(result)
    assert "setempat" in json.dumps(result)
    assert main([*words, "--on", "2025-06-01", "--law", str(tmp_path / "law")]) == 0
    earlier = json.loads(capsys.readouterr().out)
    assert "86" in json.dumps(earlier["value"])


def test_the_archive_is_the_same_each_time(two_editions: None) -> None:
    assert queries.law_archive() == queries.law_archive()


def test_an_export_comes_back_as_entries_that_wait(
    two_editions: None, organiser: Actor, head: Actor, django_db_blocker: Any
) -> None:
    exported = queries.law_archive()
    assert services.import_local_law(content=exported, by=organiser, at=AT) == []
    _forget_everything()
    entered = services.import_local_law(content=exported, by=organiser, at=AT)
    assert sorted(entry.subject for entry in entered) == ["bands", "weights"]
    for entry in entered:
        confirm(entry, head)
    (last,) = services.import_local_law(content=exported, by=organiser, at=AT)
    confirm(last, head)
    found = {(e.subject, e.effective_on.year): e.values for e in LocalEdition.objects.all()}
    assert found[("weights", 2024)] == WEIGHTS
    assert found[("weights", 2026)]["AKD"] == "10"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"bukan zip",
        toml_text({"title": "x"}).encode(),
    ],
)
def test_a_file_of_another_kind_is_refused(organiser: Actor, content: bytes) -> None:
    with pytest.raises(services.importing.ArchiveRefused):
        services.import_local_law(content=content, by=organiser, at=AT)


@pytest.mark.parametrize(
    "table",
    [
        'title = "x"\n',
        'edition_key = "pkp-2023"\nsubject = "weights"\nedition = 3\n',
        'edition_key = "pkp-2023"\nsubject = "weights"\n[[edition]]\nfrom = "kemarin"\n',
        "ini bukan toml = = =\n",
    ],
)
def test_an_archive_with_broken_tables_is_refused(organiser: Actor, table: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("tables/local/pkp-2023/weights.toml", table)
    with pytest.raises(services.importing.ArchiveRefused):
        services.import_local_law(content=target.getvalue(), by=organiser, at=AT)


def test_every_confirmed_value_keeps_the_edition_valid(two_editions: None) -> None:
    for key in ("pkp-2019", "pkp-2023"):
        mapping = queries.edition_for(key).mapping
        parse_edition(queries.completed_scheme(edition_key=key, mapping=mapping, on=DAY))
    assert programme_edition("pkp-2023").assessment.components[0].weight is None


SCALARS = (
    st.text()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.dates()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
)
KEYS = st.text(min_size=1, max_size=8)
MAPPINGS = st.recursive(
    st.dictionaries(KEYS, SCALARS, max_size=4),
    lambda inner: st.dictionaries(
        KEYS, SCALARS | inner | st.lists(inner, max_size=3) | st.lists(SCALARS, max_size=3),
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(MAPPINGS)
def test_what_is_written_as_toml_is_read_back(mapping: dict[str, Any]) -> None:
    assert tomllib.loads(toml_text(mapping), parse_float=Decimal) == mapping


def _forget_everything() -> None:
    """Another installation: no local values. Confirmed rows may go, never change."""
    LocalEdition.objects.all().delete()
    assert not LocalEdition.objects.filter(state=LocalState.CONFIRMED).exists()
