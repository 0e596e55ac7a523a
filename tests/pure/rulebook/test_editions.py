"""Dated tables: what was in force when, and what local law puts over them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sinambung.pure.rulebook.citations import Citation, citation_from
from sinambung.pure.rulebook.editions import NATIONAL, Law, LawInvalid, NotInForce
from sinambung.pure.rulebook.programmes import edition_in_force

SOURCE: dict[str, Any] = {
    "title": "Pergub Uji 1/2025",
    "about": "Uji",
    "where": "JDIH",
    "checked_on": "2026-01-01",
    "verified": True,
}


def edition(since: str, **more: Any) -> dict[str, Any]:
    return {"from": since, "source": "pergub", "verified": True, "value": since, **more}


def law_with(*editions: dict[str, Any]) -> Law:
    return NATIONAL.layered(
        {"uji/tabel": {"title": "Tabel uji", "edition": list(editions)}},
        sources={"pergub": SOURCE},
    )


def test_each_day_has_the_edition_of_its_time() -> None:
    law = law_with(edition("2020-01-01"), edition("2024-07-01", article="Pasal 3"))
    assert law.in_force("uji/tabel", on=date(2024, 6, 30)).values["value"] == "2020-01-01"
    newer = law.in_force("uji/tabel", on=date(2024, 7, 1))
    assert str(newer.citation) == "Pergub Uji 1/2025, Pasal 3"
    assert newer.is_local


def test_before_the_first_edition_nothing_is_in_force() -> None:
    with pytest.raises(NotInForce, match="“Tabel uji” yang berlaku pada 31 Desember 2019"):
        law_with(edition("2020-01-01")).in_force("uji/tabel", on=date(2019, 12, 31))


def test_after_an_end_nothing_is_in_force() -> None:
    law = law_with(edition("2020-01-01", until="2021-01-01"), edition("2022-01-01"))
    with pytest.raises(NotInForce):
        law.in_force("uji/tabel", on=date(2021, 6, 1))


def test_a_local_edition_goes_before_the_national_one_while_it_lasts() -> None:
    local = {
        "from": date(2025, 1, 1),
        "until": date(2026, 1, 1),
        "source": "pergub",
        "article": "",
        "verified": True,
        "rows": [{"status": "PNS", "minimum": 30}],
    }
    law = NATIONAL.layered(
        {"learning/obligations": {"edition": [local]}}, sources={"pergub": SOURCE}
    )
    during = law.in_force("learning/obligations", on=date(2025, 6, 1))
    assert (during.is_local, str(during.citation)) == (True, "Pergub Uji 1/2025")
    assert not law.in_force("learning/obligations", on=date(2026, 6, 1)).is_local
    assert not NATIONAL.in_force("learning/obligations", on=date(2025, 6, 1)).is_local


def test_layers_lie_over_each_other() -> None:
    twice = law_with(edition("2020-01-01")).layered(
        {"uji/lain": {"edition": [edition("2021-01-01")]}}
    )
    assert {"uji/tabel", "uji/lain", "programmes/pkp"} <= set(twice.table_names())
    assert twice.table("uji/lain").title == "uji/lain"


def test_the_programme_in_force_follows_the_day() -> None:
    assert edition_in_force("PKP", on=date(2022, 12, 31)).edition == "2019"
    assert edition_in_force("PKP", on=date(2023, 1, 1)).edition == "2023"
    assert edition_in_force("PKP", on=date(2023, 1, 1)) is edition_in_force(
        "PKP", on=date(2024, 1, 1)
    )


@pytest.mark.parametrize(
    ("editions", "sentence"),
    [
        ([edition("2020-01-01"), edition("2020-01-01")], "tumpang tindih"),
        ([edition("2021-01-01"), edition("2020-01-01")], "tumpang tindih atau terbalik"),
        ([edition("2020-01-01", until="2022-01-01"), edition("2021-01-01")], "tumpang tindih"),
        ([edition("2020-01-01", until="2019-01-01")], "terbalik"),
        ([edition("kemarin")], "harus tanggal"),
        ([{"from": "2020-01-01", "source": "pergub"}], "menyebut source dan verified"),
        ([{"from": "2020-01-01", "verified": True}], "menyebut source dan verified"),
        ([edition("2020-01-01", source="tidak-ada")], "Sumber “tidak-ada” tidak dikenal"),
        (["edisi"], "harus daftar edisi"),
    ],
)
def test_a_wrong_table_is_refused(editions: list[Any], sentence: str) -> None:
    with pytest.raises(LawInvalid, match=sentence):
        law_with(*editions).table("uji/tabel")


def test_editions_must_be_a_list() -> None:
    with pytest.raises(LawInvalid, match="harus daftar edisi"):
        NATIONAL.layered({"uji": {"edition": "satu"}}).table("uji")


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(LawInvalid, match="Tabel “tidak/ada” tidak dikenal"):
        NATIONAL.table("tidak/ada")


@pytest.mark.parametrize("missing", ["title", "about", "where", "verified"])
def test_an_incomplete_source_is_refused(missing: str) -> None:
    mapping = {key: value for key, value in SOURCE.items() if key != missing}
    with pytest.raises(LawInvalid, match="Sumber “pergub” belum lengkap"):
        NATIONAL.layered({}, sources={"pergub": mapping}).source("pergub")


def test_a_source_needs_a_date() -> None:
    with pytest.raises(LawInvalid, match="checked_on"):
        NATIONAL.layered({}, sources={"pergub": {**SOURCE, "checked_on": "x"}}).source("pergub")


def test_law_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "tables" / "learning").mkdir(parents=True)
    (tmp_path / "sources" / "pergub.toml").write_text(
        'title = "Pergub Uji 1/2025"\nabout = "JP"\nwhere = "JDIH"\n'
        "checked_on = 2026-01-01\nverified = true\n"
    )
    (tmp_path / "tables" / "learning" / "obligations.toml").write_text(
        '[[edition]]\nfrom = 2025-01-01\nsource = "pergub"\nverified = true\n'
        'rows = [{ status = "PNS", minimum = 24.5 }]\n'
    )
    law = NATIONAL.layered_from(tmp_path)
    assert law.in_force("learning/obligations", on=date(2025, 1, 1)).is_local
    assert str(law.cite("pergub", article="Pasal 1")) == "Pergub Uji 1/2025, Pasal 1"


def test_a_folder_that_is_not_there_or_not_toml(tmp_path: Path) -> None:
    with pytest.raises(LawInvalid, match="tidak ada"):
        NATIONAL.layered_from(tmp_path / "tidak")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "rusak.toml").write_text("a = [")
    with pytest.raises(LawInvalid, match=r"rusak\.toml tidak dapat dibaca"):
        NATIONAL.layered_from(tmp_path)


def test_a_citation_survives_json() -> None:
    citation = Citation("pergub", "Pergub Uji 1/2025", "Pasal 1", True)
    assert citation_from(citation.to_mapping()) == citation
    assert str(Citation("pergub", "Pergub Uji 1/2025")) == "Pergub Uji 1/2025"
