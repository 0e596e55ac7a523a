"""Editions as data: every problem in a sentence, unharmed by JSON, comparable."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sinambung.pure.rulebook.programmes import (
    CertificateKind,
    Difference,
    EditionProblems,
    LearningMode,
    NoSuchEdition,
    ProgrammeEdition,
    differences,
    edition_in_force,
    parse_edition,
    programme_codes,
    programme_edition,
    programme_editions,
    sample_edition,
    sample_editions,
    to_mapping,
    unverified_values,
)
from tests.pure.rulebook.editions_for_tests import edition_mapping, scheme_with

EVERY_EDITION = (*programme_editions(), *sample_editions())


def problems_of(**parts: Any) -> tuple[str, ...]:
    with pytest.raises(EditionProblems) as refusal:
        parse_edition(edition_mapping(**parts))
    return refusal.value.problems


@pytest.mark.parametrize("edition", EVERY_EDITION, ids=lambda edition: edition.key)
def test_an_edition_comes_back_from_json_unchanged(edition: ProgrammeEdition) -> None:
    assert parse_edition(json.loads(json.dumps(to_mapping(edition)))) == edition


@pytest.mark.parametrize("edition", EVERY_EDITION, ids=lambda edition: edition.key)
def test_an_edition_does_not_differ_from_itself(edition: ProgrammeEdition) -> None:
    assert differences(edition, edition) == ()


def test_what_an_edition_calls_itself() -> None:
    edition = sample_edition("PKP")
    assert edition.key == "pkp-contoh"
    assert str(edition) == "Pelatihan Kepemimpinan Pengawas (PKP), Contoh (bukan angka resmi)"
    assert programme_edition("PKN II-2023").name == "Pelatihan Kepemimpinan Nasional Tingkat II"
    assert edition.certificate.kind.label == "STTP"
    assert CertificateKind.STATEMENT.label == "Surat keterangan"
    assert LearningMode.WORKPLACE.label == "Aktualisasi di instansi asal"


def test_all_programmes_are_there() -> None:
    codes = {"FUNGSIONAL", "LATSAR", "ORIENTASI PPPK", "PKA", "PKN II", "PKP", "TEKNIS"}
    assert set(programme_codes()) == codes
    assert {edition.code for edition in sample_editions()} == codes


def test_an_unknown_edition_or_programme_is_refused() -> None:
    with pytest.raises(NoSuchEdition, match="Edisi program “pkp-1999” tidak ada"):
        programme_edition("pkp-1999")
    with pytest.raises(NoSuchEdition, match="Program “XYZ” tidak ada"):
        edition_in_force("XYZ", on=date(2026, 1, 1))


def test_differences_are_told_in_indonesian_with_both_values() -> None:
    before = parse_edition(edition_mapping())
    changed = edition_mapping(edition="2")
    changed["assessment"]["components"][0]["weight"] = 50
    changed["assessment"]["components"][1]["weight"] = "50"
    changed["assessment"]["bands"][0]["above"] = 91
    changed["notes"] = ["Baru"]
    changed["curriculum"] = {"total_hours": 40, "total_hours_verified": True}
    assert differences(before, parse_edition(changed)) == (
        Difference("Edisi", "1", "2"),
        Difference("Kurikulum › Jumlah JP terverifikasi", "tidak", "ya"),
        Difference("Penilaian › Komponen A › Bobot", "40", "50"),
        Difference("Penilaian › Komponen B › Bobot", "60", "50"),
        Difference("Penilaian › Pita predikat Sangat Memuaskan › Di atas", "90", "91"),
        Difference("Kurikulum › Jumlah JP", None, "40"),
        Difference("Catatan 1", None, "Baru"),
    )


def test_what_is_missing_comes_before_what_is_unconfirmed() -> None:
    found = [str(item) for item in unverified_values(programme_edition("pkp-2023"))]
    assert found[0] == "Jumlah JP: belum diisi"
    assert "Bobot Evaluasi akademik: belum diisi" in found
    assert "Pita predikat: nilai bawaan, belum diverifikasi" in found
    assert "Kehadiran minimal: nilai bawaan, belum diverifikasi" in found
    documents = {item.document for item in unverified_values(programme_edition("pkp-2023"))}
    assert "lampiran penilaian Keputusan Kepala LAN 2/K.1/PDP.07/2023" in documents


def test_a_confirmed_edition_has_nothing_left_to_enter() -> None:
    mapping = edition_mapping()
    mapping["curriculum"] = {
        "total_hours": 40,
        "total_hours_verified": True,
        "total_days": 5,
        "total_days_verified": True,
        "quota_maximum": 40,
        "quota_verified": True,
        "electives_minimum": 0,
        "electives_verified": True,
        "stages": [{"code": "s", "name": "S", "mode": "classroom", "hours": 40, "verified": True}],
        "subjects": [
            {
                "code": "m",
                "name": "M",
                "hours": [{"mode": "classroom", "hours": 40}],
                "hours_verified": True,
            }
        ],
        "eligibility": [{"code": "b", "name": "Biodata", "verified": True}],
    }
    mapping["assessment"]["attendance_minimum"] = 85
    mapping["assessment"]["attendance_verified"] = True
    mapping["assessment"]["components"][1]["raters"] = [
        {"role": "coach", "share": 100, "verified": True}
    ]
    mapping["certificate"]["verified"] = True
    assert unverified_values(parse_edition(mapping)) == ()


def test_rater_shares_that_nobody_confirmed_are_listed() -> None:
    paths = [item.path for item in unverified_values(sample_edition("PKP"))]
    assert "Porsi Penguji pengganti pada Laporan aksi perubahan" in paths
    assert "Porsi Coach pada Laporan aksi perubahan" in paths


def test_an_orientation_without_bands_does_not_ask_for_them() -> None:
    paths = [item.path for item in unverified_values(programme_edition("orientasi-pppk-2022"))]
    assert "Pita predikat" not in paths


def test_the_pass_mark_is_where_passing_begins() -> None:
    assert scheme_with().pass_mark == 70
    assert programme_edition("pkn-ii-2023").assessment.pass_mark is None
    assert scheme_with().component("B").name == "Proyek"


def test_hours_of_a_subject_are_known_only_when_all_modes_are() -> None:
    def hours(*parts: dict[str, Any]) -> Decimal | None:
        subject = {"code": "m", "name": "M", "hours": list(parts)}
        edition = parse_edition(edition_mapping(curriculum={"subjects": [subject]}))
        return edition.curriculum.subjects[0].total_hours

    assert hours({"mode": "classroom", "hours": 3}, {"mode": "seminar", "hours": "1.5"}) == Decimal(
        "4.5"
    )
    assert hours({"mode": "classroom", "hours": 3}, {"mode": "seminar"}) is None
    assert hours() is None


def test_all_problems_are_reported_at_once() -> None:
    with pytest.raises(EditionProblems) as refusal:
        parse_edition({})
    assert len(refusal.value.problems) > 5
    assert refusal.value.sentence.startswith("Edisi program belum dapat dipakai. Berlaku sejak:")
    assert "masalah lain" in refusal.value.sentence


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"nama": "x"}, "nama: kunci ini tidak dikenal; periksa ejaannya."),
        ({"name": " "}, "Nama: wajib diisi dengan teks."),
        ({"since": "1 Januari"}, "Berlaku sejak: “1 Januari” bukan tanggal"),
        ({"since": None}, "Berlaku sejak: wajib diisi."),
        ({"until": "2023-01-01"}, "Berlaku sampai: harus sesudah tanggal mulai berlaku."),
        ({"basis": []}, "Dasar hukum: sebutkan paling sedikit satu"),
        ({"basis": "UU"}, "Dasar hukum: harus berupa daftar."),
        ({"basis": ["UU"]}, "Dasar hukum: isian ke-1 harus berupa kelompok isian."),
        ({"is_sample": "ya"}, "Edisi contoh: harus true atau false."),
        ({"notes": "x"}, "Catatan: harus daftar teks."),
        ({"notes": [1]}, "Catatan: harus daftar teks."),
        ({"traits": []}, "Ciri program: harus berupa kelompok isian."),
        ({"traits": {}}, "Ciri program › Jenis kompetensi: wajib diisi dengan teks."),
    ],
)
def test_a_problem_of_the_whole(parts: dict[str, Any], problem: str) -> None:
    assert any(found.startswith(problem) for found in problems_of(**parts)), problems_of(**parts)


@pytest.mark.parametrize(
    ("curriculum", "problem"),
    [
        ({"total_hours": "banyak"}, "Kurikulum › Jumlah JP: “banyak” bukan angka."),
        ({"total_hours": True}, "Kurikulum › Jumlah JP: “True” bukan angka."),
        ({"total_hours": "NaN"}, "Kurikulum › Jumlah JP: “NaN” bukan angka."),
        ({"total_hours": -1}, "Kurikulum › Jumlah JP: -1 di luar batas 0 sampai 1000000."),
        (
            {"total_hours": "1.0000001"},
            "Kurikulum › Jumlah JP: paling banyak 6 angka di belakang koma.",
        ),
        ({"total_days": "1.5"}, "Kurikulum › Jumlah hari: harus bilangan bulat."),
        (
            {"quota_minimum": 40, "quota_maximum": 30},
            "Kurikulum › Kuota paling banyak: harus paling sedikit 40.",
        ),
        (
            {"electives_minimum": 3, "electives_maximum": 2},
            "Kurikulum › Pilihan paling banyak: harus paling sedikit 3.",
        ),
        (
            {"agendas": [{"code": "I", "name": "A"}, {"code": "I", "name": "B"}]},
            "Kurikulum › Agenda: kode I dipakai dua kali.",
        ),
        (
            {"subjects": [{"code": "m", "name": "M", "agenda": "IX"}]},
            "Kurikulum › Mata pelatihan: “M” menunjuk agenda IX yang tidak ada.",
        ),
        (
            {
                "total_hours": 10,
                "stages": [{"code": "s", "name": "S", "mode": "classroom", "hours": 9}],
            },
            "Kurikulum › Tahap: jumlah JP tahap 9, seharusnya 10.",
        ),
        (
            {
                "total_hours": 10,
                "stages": [
                    {"code": "s", "name": "S", "mode": "classroom", "hours": 11},
                    {"code": "t", "name": "T", "mode": "seminar"},
                ],
            },
            "Kurikulum › Tahap: jumlah JP tahap 11 melebihi jumlah JP 10.",
        ),
        (
            {
                "total_hours": 10,
                "subjects": [
                    {"code": "m", "name": "M", "hours": [{"mode": "classroom", "hours": 11}]}
                ],
            },
            "Kurikulum › Mata pelatihan: jumlah JP 11 melebihi jumlah JP 10.",
        ),
        (
            {
                "stages": [
                    {
                        "code": "s",
                        "name": "S",
                        "mode": "rumah",
                        "days_minimum": 9,
                        "days_maximum": 3,
                    }
                ]
            },
            "Kurikulum › Tahap S › Hari paling banyak: harus paling sedikit 9.",
        ),
        (
            {"stages": [{"code": "s", "name": "S", "mode": "rumah"}]},
            "Kurikulum › Tahap S › Cara belajar: “rumah” tidak dikenal; pilih salah satu dari",
        ),
    ],
)
def test_a_problem_of_the_curriculum(curriculum: dict[str, Any], problem: str) -> None:
    found = problems_of(curriculum=curriculum)
    assert any(sentence.startswith(problem) for sentence in found), found


A = {"code": "A", "name": "Akademik", "weight": 100}


@pytest.mark.parametrize(
    ("assessment", "problem"),
    [
        (
            {"components": [{**A, "weight": 99}]},
            "Penilaian › Komponen: jumlah bobot 99, seharusnya 100.",
        ),
        (
            {
                "components": [
                    {**A, "weight": 60},
                    {"code": "B", "name": "B", "weight": 50},
                    {"code": "C", "name": "C"},
                ]
            },
            "Penilaian › Komponen: jumlah bobot 110 melebihi 100.",
        ),
        (
            {"components": [A, {**A, "weight": 0}]},
            "Penilaian › Komponen: kode A dipakai dua kali.",
        ),
        (
            {"components": [A, {"code": "P", "name": "P", "kind": "deduction", "weight": 1}]},
            "Penilaian › Komponen P › Bobot: hanya komponen berbobot yang memiliki bobot.",
        ),
        (
            {"components": [A, {"code": "P", "name": "P", "kind": "prerequisite"}]},
            "Penilaian › Komponen P › Nilai paling rendah: wajib diisi untuk prasyarat.",
        ),
        (
            {
                "components": [
                    {
                        **A,
                        "aspects": [{"code": "1", "name": "1", "weight": 100}],
                        "sub_components": [{"code": "2", "name": "2", "weight": 100}],
                    }
                ]
            },
            "Penilaian › Komponen Akademik › Aspek: tulis aspek di dalam subkomponen",
        ),
        (
            {"components": [{**A, "sub_components": [{"code": "2", "name": "2", "weight": 90}]}]},
            "Penilaian › Komponen Akademik › Subkomponen: jumlah bobot 90, seharusnya 100.",
        ),
        (
            {"components": [{**A, "raters": [{"role": "coach", "share": 90}]}]},
            "Penilaian › Komponen Akademik › Penilai: jumlah porsi 90, seharusnya 100.",
        ),
        (
            {
                "components": [
                    {
                        **A,
                        "raters": [
                            {"role": "coach", "share": 100},
                            {"role": "x", "replaces": "mentor"},
                        ],
                    }
                ]
            },
            "Penilaian › Komponen Akademik › Penilai: X menggantikan peran mentor yang tidak",
        ),
        (
            {
                "components": [
                    {
                        **A,
                        "raters": [
                            {"role": "coach", "share": 100},
                            {"role": "x", "name": "Pengganti", "share": 50, "replaces": "coach"},
                        ],
                    }
                ]
            },
            "Penilaian › Komponen Akademik › Penilai: porsi Pengganti harus sama",
        ),
        (
            {"bands": [{"name": "L", "at_least": 0, "above": 0, "passes": True}]},
            "Penilaian › Pita predikat L: isi salah satu saja",
        ),
        ({"bands": [{"name": "L", "passes": True}]}, "Penilaian › Pita predikat L: isi salah satu"),
        (
            {"bands": [{"name": "L", "at_least": 0}]},
            "Penilaian › Pita predikat: paling sedikit satu pita harus lulus.",
        ),
        (
            {"bands": [{"name": "L", "at_least": 70, "passes": True}]},
            "Penilaian › Pita predikat: Pita terendah “L” harus dimulai paling sedikit",
        ),
        (
            {"bands": [{"name": "L", "above": 0, "passes": True}]},
            "Penilaian › Pita predikat: Pita terendah “L” harus dimulai paling sedikit",
        ),
        (
            {
                "bands": [
                    {"name": "A", "at_least": 70, "passes": True},
                    {"name": "B", "above": 70, "passes": True},
                    {"name": "C", "at_least": 0},
                ]
            },
            "Penilaian › Pita predikat: Pita “B” harus dimulai di bawah pita “A”",
        ),
        (
            {
                "bands": [
                    {"name": "A", "at_least": 70, "passes": True},
                    {"name": "B", "at_least": 70, "passes": True},
                    {"name": "C", "at_least": 0},
                ]
            },
            "Penilaian › Pita predikat: Pita “B” harus dimulai di bawah pita “A”",
        ),
        (
            {
                "bands": [
                    {"name": "A", "at_least": 70},
                    {"name": "B", "at_least": 0, "passes": True},
                ]
            },
            "Penilaian › Pita predikat: Pita “B” lulus, padahal pita “A”",
        ),
        (
            {"mark_lowest": 100, "mark_highest": 100},
            "Penilaian › Nilai tertinggi: harus lebih besar dari nilai terendah.",
        ),
        (
            {"tie_breaks": [{"name": "sikap", "components": ["SKP"]}]},
            "Penilaian › Penentu peringkat: “sikap” menunjuk komponen SKP yang tidak berbobot.",
        ),
    ],
)
def test_a_problem_of_the_assessment(assessment: dict[str, Any], problem: str) -> None:
    whole = {**edition_mapping()["assessment"], **assessment}
    found = problems_of(assessment=whole)
    assert any(sentence.startswith(problem) for sentence in found), found


def test_a_band_may_begin_at_90_below_one_just_above_90() -> None:
    scheme = scheme_with(
        bands=[
            {"name": "A", "above": 90, "passes": True},
            {"name": "B", "at_least": 90, "passes": True},
            {"name": "C", "at_least": 0},
        ]
    )
    assert scheme.pass_mark == 90


def test_a_misspelt_key_is_found_at_any_depth() -> None:
    mapping = edition_mapping()
    mapping["assessment"]["components"][0]["wieght"] = 40
    mapping["curriculum"]["jumlah_jp"] = 40
    with pytest.raises(EditionProblems) as refusal:
        parse_edition(mapping)
    assert refusal.value.problems == (
        "Kurikulum › jumlah_jp: kunci ini tidak dikenal; periksa ejaannya.",
        "Penilaian › Komponen Akademik › wieght: kunci ini tidak dikenal; periksa ejaannya.",
    )


def test_a_wrong_number_pattern_is_a_problem_of_the_certificate() -> None:
    certificate = {**edition_mapping()["certificate"], "number_pattern": "{nomor}"}
    found = problems_of(certificate=certificate)
    assert "Sertifikat › Pola nomor: harus memuat {urut} tepat satu kali." in found
    assert problems_of(certificate={"kind": "completion", "title": "x"}) == (
        "Sertifikat › Pola nomor: wajib diisi dengan teks.",
    )


def test_a_number_with_a_decimal_point_from_json_stays_exact() -> None:
    assert scheme_with(attendance_minimum=84.9).attendance_minimum == Decimal("84.9")
