"""Every file of the law is complete, dated, cited and readable."""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sinambung.pure.rulebook.bands import band_problems
from sinambung.pure.rulebook.editions import LAW_FOLDER, NATIONAL, read_toml
from sinambung.pure.rulebook.programmes import (
    ProgrammeEdition,
    programme_editions,
    sample_editions,
)
from sinambung.pure.rulebook.programmes.shipped import SAMPLES

SOURCES = sorted(path.stem for path in (LAW_FOLDER / "sources").glob("*.toml"))
EVERY_EDITION = (*programme_editions(), *sample_editions())


@pytest.mark.parametrize("key", SOURCES)
def test_a_source_is_complete(key: str) -> None:
    source = NATIONAL.source(key)
    assert source.title
    assert source.about
    assert source.where


def test_sources_are_checked_every_year() -> None:
    old = [
        key for key in SOURCES if NATIONAL.source(key).checked_on < date.today() - timedelta(365)
    ]
    if old:
        warnings.warn(f"Periksa lagi sumber ini: {', '.join(old)}", stacklevel=1)


def test_every_source_is_used_somewhere() -> None:
    text = "".join(path.read_text() for path in LAW_FOLDER.rglob("*.toml"))
    code = "".join(path.read_text() for path in LAW_FOLDER.parent.rglob("*.py"))
    assert [key for key in SOURCES if f'"{key}"' not in text + code] == []


@pytest.mark.parametrize("law", [NATIONAL, SAMPLES], ids=["national", "samples"])
def test_every_table_can_be_read(law: object) -> None:
    for name in law.table_names():  # type: ignore[attr-defined]
        table = law.table(name)  # type: ignore[attr-defined]
        assert table.editions, name
        assert table.editions[-1].until is None, name


@pytest.mark.parametrize("edition", EVERY_EDITION, ids=lambda edition: edition.key)
def test_an_edition_has_provenance_and_whole_bands(edition: ProgrammeEdition) -> None:
    assert edition.basis
    assert band_problems(edition.assessment.bands, lowest=edition.assessment.mark_lowest) == []
    assert all(part.document for part in edition.assessment.components)


def test_official_weights_stay_unknown_until_somebody_enters_them() -> None:
    for edition in programme_editions():
        assert [part.weight for part in edition.assessment.components if part.weight] == []


def test_samples_say_that_they_are_not_official() -> None:
    for edition in sample_editions():
        assert edition.is_sample
        assert edition.label == "Contoh (bukan angka resmi)"
        assert not any(part.verified for part in edition.assessment.components)


def test_the_facts_of_the_programmes() -> None:
    facts = {
        edition.key: (edition.curriculum.total_hours, edition.curriculum.total_days)
        for edition in programme_editions()
    }
    assert facts == {
        "pkp-2019": (830, 96),
        "pkp-2023": (None, None),
        "pka-2023": (908, 105),
        "pkn-ii-2023": (923, 107),
        "latsar-2022": (None, None),
        "orientasi-pppk-2022": (None, None),
        "teknis-2018": (None, None),
        "fungsional-2018": (None, None),
    }


def test_pkp_2019_is_290_and_540_hours() -> None:
    edition = next(edition for edition in programme_editions() if edition.key == "pkp-2019")
    stages = [(stage.hours, stage.days_minimum) for stage in edition.curriculum.stages]
    assert stages == [(290, 36), (540, 60)]
    creative = next(s for s in edition.curriculum.subjects if s.code == "berpikir-kreatif")
    assert (creative.total_hours, creative.hours_verified) == (Decimal(18), True)


def test_no_file_of_the_law_holds_a_binary_number() -> None:
    def numbers(value: object) -> list[object]:
        if isinstance(value, dict):
            return [n for part in value.values() for n in numbers(part)]
        if isinstance(value, list):
            return [n for part in value for n in numbers(part)]
        return [value]

    for path in Path(LAW_FOLDER).rglob("*.toml"):
        assert not [value for value in numbers(read_toml(path)) if isinstance(value, float)], path
