"""Every rule by name: described, computable, and strict about its input."""

from __future__ import annotations

import dataclasses
import importlib
import json
import pkgutil
from datetime import date
from typing import Any

import pytest

import sinambung.pure.rulebook as rulebook
from sinambung.pure.rulebook.calculations import (
    CALCULATIONS,
    InputRefused,
    NoSuchCalculation,
    Outcome,
    calculation,
)
from sinambung.pure.rulebook.calculations.words import told
from sinambung.pure.rulebook.programmes import sample_edition, to_mapping
from sinambung.pure.rulebook.refusals import RuleRefused

ON = date(2026, 12, 2)

INPUTS: dict[str, dict[str, Any]] = {
    "nilai-akhir": {
        "edition": "teknis-contoh",
        "marks": [
            {"component": "EVA", "mark": 80},
            {"component": "SKP", "mark": "90"},
            {"component": "TUGAS", "mark": 100},
        ],
    },
    "peringkat": {"edition": "PKP", "participants": []},
    "kehadiran": {"edition": "PKP", "attended_hours": "280", "scheduled_hours": 290},
    "nomor-sertifikat": {"pattern": "{urut}/{tahun}", "values": {"urut": 7, "tahun": 2026}},
    "jam-pelajaran": {
        "activities": [{"key": "1", "form": "KL06", "ended_on": "2026-05-03", "amount": 3}]
    },
    "kewajiban-jp": {"hours": 20, "kind": "PNS"},
    "nip": {"nip": "198709122011012907"},
    "pangkat": {"rank": "III/c"},
    "jenjang-jabatan": {"position_kind": "1", "echelon": "41"},
    "nama-lengkap": {"name": "Siti Aminah", "before": "Dr.", "after": "S.H., M.Si."},
    "terbilang": {"number": 830},
    "angka-romawi": {"number": "IX"},
}


def compute(name: str, **changes: Any) -> Outcome:
    return calculation(name).compute({**INPUTS[name], **changes}, on=ON)


def test_every_rule_has_an_input_that_this_test_computes() -> None:
    assert set(INPUTS) == set(CALCULATIONS)


@pytest.mark.parametrize("name", sorted(CALCULATIONS))
def test_a_rule_is_described_and_gives_value_working_and_basis(name: str) -> None:
    rule = calculation(name)
    assert rule.title
    assert rule.basis()
    assert rule.input["type"] == "object"
    outcome = rule.compute(INPUTS[name], on=ON)
    json.dumps(outcome.value)
    assert outcome.basis
    assert outcome.working or name == "peringkat"
    assert isinstance(told(outcome.value), tuple)


@pytest.mark.parametrize("name", sorted(set(CALCULATIONS) - {"jam-pelajaran"}))
def test_an_empty_input_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(RuleRefused) as refusal:
        calculation(name).compute({}, on=ON)
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize("name", sorted(CALCULATIONS))
def test_an_unknown_key_is_refused(name: str) -> None:
    with pytest.raises(InputRefused, match="kunci ini tidak dikenal"):
        compute(name, tidak_dikenal=1)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(NoSuchCalculation, match="rule list"):
        calculation("nilai")


def test_a_rule_tells_which_editions_it_reads_on_a_day() -> None:
    in_2020 = calculation("nilai-akhir").editions(on=date(2020, 1, 1))
    assert [(edition.table, edition.values["edition"]) for edition in in_2020] == [
        ("programmes/fungsional", "2018"),
        ("programmes/pkp", "2019"),
        ("programmes/teknis", "2018"),
    ]
    assert calculation("terbilang").editions(on=ON) == ()


def test_the_values_of_some_rules() -> None:
    assert compute("nama-lengkap").value == "Dr. Siti Aminah, S.H., M.Si."
    assert compute("terbilang").value == "delapan ratus tiga puluh"
    assert compute("angka-romawi").value == 9
    assert compute("angka-romawi", number=9).value == "IX"
    assert compute("angka-romawi", number="9").value == "IX"
    assert compute("jenjang-jabatan", echelon="99").value is None
    assert compute("nomor-sertifikat").value == "7/2026"


def test_a_whole_edition_may_be_the_input() -> None:
    edition = to_mapping(sample_edition("TEKNIS"))
    outcome = compute("nilai-akhir", edition=edition)
    assert isinstance(outcome.value, dict)
    assert outcome.value["value"] == "83"
    assert not outcome.verified


def test_a_programme_passed_by_completion_has_no_number() -> None:
    marks = [{"component": "MOOC", "mark": 100}, {"component": "NILAI", "mark": 100}]
    value = compute("nilai-akhir", edition="ORIENTASI PPPK", marks=marks).value
    assert isinstance(value, dict)
    assert (value["value"], value["shown"], value["passes"]) == (None, None, True)


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("nilai-akhir", {"edition": 7}, "Edisi program: wajib diisi dengan teks."),
        ("nilai-akhir", {"marks": "x"}, "Nilai: harus berupa daftar."),
        ("nilai-akhir", {"marks": [{"component": "EVA"}]}, "Nilai 1 › Nilai: wajib diisi."),
        ("nilai-akhir", {"marks": [{"component": "EVA", "mark": "x"}]}, "“x” bukan angka."),
        (
            "nilai-akhir",
            {"marks": [{"component": "EVA", "mark": 1}] * 2},
            "nilai EVA diisi dua kali oleh penilai yang sama.",
        ),
        (
            "nilai-akhir",
            {"marks": [{"component": "EVA", "mark": 1, "bobot": 2}]},
            "bobot: kunci ini tidak dikenal",
        ),
        ("kehadiran", {"attended_hours": None}, "isi JP yang dihadiri dan JP terjadwal."),
        ("nomor-sertifikat", {"values": {"nomor": 1}}, "nomor: kunci ini tidak dikenal"),
        ("jam-pelajaran", {"activities": [{"key": "1", "form": "KL06"}]}, "wajib diisi"),
        ("kewajiban-jp", {"hours": None}, "JP setahun: wajib diisi dengan angka."),
        ("kewajiban-jp", {"kind": "TNI"}, "“TNI” tidak dikenal; pilih salah satu dari PNS, PPPK."),
        ("nip", {"sex": "L"}, "“L” tidak dikenal"),
        ("pangkat", {"rank": "III/z"}, "Golongan “III/z” tidak ada"),
        ("terbilang", {"number": "x"}, "“x” bukan angka."),
    ],
)
def test_a_wrong_input_is_told(name: str, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        compute(name, **changes)
    assert sentence in " ".join(refusal.value.problems)


def test_attendance_needs_a_minimum() -> None:
    edition = to_mapping(sample_edition("PKP"))
    edition["assessment"]["attendance_minimum"] = None  # type: ignore[index]
    with pytest.raises(InputRefused, match="kehadiran minimal belum diisi"):
        compute("kehadiran", edition=edition)


def test_a_value_is_told_in_indonesian() -> None:
    assert told({"value": "88.195", "passes": True, "failed": [], "components": {"A": "1.5"}}) == (
        "Nilai: 88,195",
        "Lulus: ya",
        "Prasyarat yang tidak terpenuhi: –",
        "Nilai komponen: A 1,5",
    )
    assert told([{"rank": 1, "shared": False}, "x"]) == (
        "Peringkat 1, Peringkat bersama tidak",
        "x",
    )
    assert told(None) == ("Hasil: –",)
    assert told({"warnings": ["a", "b"]}) == ("Peringatan: a; b",)


def test_every_public_result_has_a_basis() -> None:
    """A frozen result that a rule returns says where it comes from."""
    results = {
        "FinalGrade", "Ranking", "AttendanceShare", "LessonHours", "YearlyObligation",
        "RankTable", "PositionTable", "AssessmentScheme", "ProgrammeEdition", "Outcome",
    }  # fmt: skip
    found = {}
    for module in pkgutil.walk_packages(rulebook.__path__, f"{rulebook.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if name in results and dataclasses.is_dataclass(value):
                found[name] = {part.name for part in dataclasses.fields(value)}
    assert set(found) == results
    assert [name for name, parts in found.items() if "basis" not in parts] == []
