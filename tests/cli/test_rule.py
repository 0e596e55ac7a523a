"""`sinambung rule`: list, show, compute, and refusals in one sentence."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sinambung.cli.main import main
from tests.cli.running import sinambung

MARKS = [
    {"component": "EVA", "mark": 80},
    {"component": "SKP", "mark": 90},
    {"component": "TUGAS", "mark": 100},
]


@pytest.fixture
def input_file(tmp_path: Path) -> Any:
    def write(value: object) -> str:
        path = tmp_path / "masukan.json"
        path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
        return str(path)

    return write


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["rule", *words]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    return output.err.strip()


def test_the_list_names_every_rule_with_its_basis(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "list"]) == 0
    assert "nilai-akhir       Nilai akhir dan predikat peserta. Dasar: " in capsys.readouterr().out


def test_the_list_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "list", "--json"]) == 0
    rules = json.loads(capsys.readouterr().out)
    assert all(set(rule) == {"name", "title", "basis", "input"} for rule in rules)
    assert "nilai-akhir" in [rule["name"] for rule in rules]


def test_showing_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "show", "kewajiban-jp", "--on", "2026-01-01"]) == 0
    text = capsys.readouterr().out
    assert "Dasar: Peraturan Pemerintah Nomor 11 Tahun 2017 tentang Manajemen" in text
    assert "Berlaku pada 1 Januari 2026:\n  Kewajiban pengembangan kompetensi setahun" in text
    assert main(["rule", "show", "kehadiran", "--on", "2020-01-01", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["name"], shown["on"]) == ("kehadiran", "2020-01-01")
    pkp = next(edition for edition in shown["editions"] if edition["table"] == "programmes/pkp")
    assert (pkp["until"], pkp["basis"]["title"]) == ("2023-01-01", "Peraturan LAN 15/2019")
    assert "programmes/pka" not in [edition["table"] for edition in shown["editions"]]
    assert main(["rule", "show", "terbilang"]) == 0
    assert "Berlaku pada" not in capsys.readouterr().out
    assert main(["rule", "show", "kehadiran"]) == 0
    assert "(belum diverifikasi)" in capsys.readouterr().out


def test_the_list_says_what_show_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "list"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert "sinambung rule show NAMA" in last
    assert "pkp-contoh" in last


def test_the_rule_of_the_final_grade_shows_the_codes_of_every_edition(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rule", "show", "nilai-akhir"]) == 0
    text = capsys.readouterr().out
    assert "  pkp-contoh: AKD (A1, A2, A3, JR), STL (LP, PR), RAP, LAP, SKP\n" in text
    assert "  pkp-2023: AKD, STL, RAP, LAP, SKP\n" in text


@pytest.mark.parametrize(
    "words", [["nilai-akhir", "--edition", "pkp-contoh"], ["pkp-contoh"], ["PKP-Contoh"]]
)
def test_an_edition_shows_its_codes(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "show", *words]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  component AKD, sub_component A1: Akademik › Agenda I (25%)" in lines
    assert "  component LAP, role coach: Laporan aksi perubahan (30%), Coach" in lines


def test_the_codes_for_machines_are_what_an_input_file_takes(
    capsys: pytest.CaptureFixture[str], input_file: Any
) -> None:
    for key in ("pkp-contoh", "latsar-contoh", "pkn-ii-contoh"):
        assert main(["rule", "show", key, "--json"]) == 0
        codes = json.loads(capsys.readouterr().out)["codes"]
        marks = [{**code, "mark": 0} for code in codes if "substitute" not in code.get("role", "")]
        for mark in marks:
            del mark["name"]
        path = input_file({"edition": key, "marks": marks})
        assert main(["rule", "compute", "nilai-akhir", "--input", path, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["value"]["value"] == "0"


def test_what_is_neither_rule_nor_edition_is_refused_with_all_keys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sentence = refused(capsys, "show", "pkp-2099")
    assert "pkp-2019, pkp-2023" in sentence
    assert "rule list" in sentence
    assert "hanya untuk aturan nilai-akhir" in refused(capsys, "show", "nip", "--edition", "PKP")


def test_computing_shows_value_working_basis_and_whether_verified(
    capsys: pytest.CaptureFixture[str], input_file: Any
) -> None:
    path = input_file({"edition": "teknis-contoh", "marks": MARKS})
    assert main(["rule", "compute", "nilai-akhir", "--input", path, "--on", "2026-12-02"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["Nilai akhir dan predikat peserta", "  Nilai: 83", "  Ditampilkan: 83,00"]
    assert (
        "  2. Nilai akhir = 70% × 80 (Evaluasi akhir) + 30% × 90 (Sikap dan perilaku) = 83" in lines
    )
    assert lines[-1] == "Terverifikasi: tidak (nilai bawaan, belum diverifikasi)"


def test_computing_for_machines(capsys: pytest.CaptureFixture[str], input_file: Any) -> None:
    path = input_file({"number": 830})
    assert main(["rule", "compute", "terbilang", "--input", path, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) == {"name", "value", "working", "basis", "verified"}
    assert (result["value"], result["verified"]) == ("delapan ratus tiga puluh", True)


def test_the_input_may_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"number": "IX"}'))
    assert main(["rule", "compute", "angka-romawi", "--input", "-"]) == 0
    assert "Hasil: 9" in capsys.readouterr().out


def test_local_law_lies_over_the_national_one(
    capsys: pytest.CaptureFixture[str], input_file: Any, tmp_path: Path
) -> None:
    law = tmp_path / "aturan"
    (law / "tables" / "learning").mkdir(parents=True)
    (law / "sources").mkdir()
    (law / "sources" / "pergub.toml").write_text(
        'title = "Pergub 7/2026"\nabout = "JP"\nwhere = "JDIH"\n'
        "checked_on = 2026-01-01\nverified = true\n"
    )
    (law / "tables" / "learning" / "obligations.toml").write_text(
        '[[edition]]\nfrom = 2026-01-01\nsource = "pergub"\nverified = true\n\n'
        '[[edition.rows]]\nstatus = "PNS"\nminimum = 30\nsource = "pergub"\n'
        'article = "Pasal 2"\nverified = true\n'
    )
    path = input_file({"hours": 25, "kind": "PNS"})
    words = ["rule", "compute", "kewajiban-jp", "--input", path, "--on", "2026-06-01"]
    assert main(words) == 0
    assert "Kurang: 0" in capsys.readouterr().out
    assert main([*words, "--law", str(law)]) == 0
    local = capsys.readouterr().out
    assert "Kurang: 5" in local
    assert "Dasar: Pergub 7/2026, Pasal 2" in local


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "bukan JSON yang benar"),
        ("{", "bukan JSON yang benar"),
        ("[" * 100_000, "bukan JSON yang benar"),
        ("[1]", "harus berisi satu objek JSON"),
        ('{"number": NaN}', "“nan” bukan angka"),
        ('{"number": 1.5}', "harus bilangan bulat"),
        ('{"number": 1e400}', "di luar batas"),
        ('{"nomor": 1}', "kunci ini tidak dikenal"),
        ("{}", "Bilangan: wajib diisi dengan bilangan bulat."),
    ],
)
def test_a_bad_input_file_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], input_file: Any, content: str, sentence: str
) -> None:
    path = input_file(content)
    assert sentence in refused(capsys, "compute", "terbilang", "--input", path)


def test_files_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    missing = str(tmp_path / "tidak-ada.json")
    assert "tidak dapat dibaca" in refused(capsys, "compute", "nip", "--input", missing)
    assert "tidak dapat dibaca" in refused(capsys, "compute", "nip", "--input", str(tmp_path))
    binary = tmp_path / "biner.json"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "tidak dapat dibaca" in refused(capsys, "compute", "nip", "--input", str(binary))
    large = tmp_path / "besar.json"
    with large.open("wb") as file:
        file.truncate(10_000_001)
    assert "terlalu besar" in refused(capsys, "compute", "nip", "--input", str(large))


def test_an_unknown_rule_or_law_folder_is_refused(
    capsys: pytest.CaptureFixture[str], input_file: Any
) -> None:
    path = input_file({})
    assert "rule list" in refused(capsys, "compute", "nilai", "--input", path)
    assert "tidak ada" in refused(capsys, "show", "nip", "--law", path)


def test_a_missing_weight_is_refused_with_its_document(
    capsys: pytest.CaptureFixture[str], input_file: Any
) -> None:
    path = input_file({"edition": "PKP", "marks": []})
    sentence = refused(capsys, "compute", "nilai-akhir", "--input", path, "--on", "2026-12-02")
    assert sentence == (
        "Bobot Evaluasi akademik belum diisi. "
        "Isi dari lampiran penilaian Keputusan Kepala LAN 2/K.1/PDP.07/2023."
    )


@pytest.mark.parametrize(
    "words", [["rule"], ["rule", "hitung"], ["rule", "compute", "nip"], ["rule", "show"]]
)
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2


def test_a_date_that_does_not_exist_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["rule", "show", "nip", "--on", "2026-13-01"])
    assert end.value.code == 2
    assert "bukan tanggal seperti 2026-12-02" in capsys.readouterr().err


def test_the_rules_need_no_django() -> None:
    code = (
        "import sys; from sinambung.cli.main import main; main(['rule', 'list']);"
        "heavy = ('django', 'sinambung.pure.rulebook.programmes', 'sinambung.cli.rule_editions');"
        "sys.exit(any(name.startswith(heavy) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_an_english_installation_says_the_working_in_english(tmp_path: Path) -> None:
    given = tmp_path / "nip.json"
    given.write_text('{"nip": "198709122011012907"}')
    words = ("rule", "compute", "nip", "--input", str(given))
    said = sinambung(tmp_path, *words, SINAMBUNG_LANGUAGE="en").stdout
    assert "Digits 1–8: born 1987-09-12" in said
    assert "Verified: no" in said
    assert "Angka 1–8: lahir 1987-09-12" in sinambung(tmp_path, *words).stdout


def test_the_example_file_of_the_page_about_final_grades_gives_what_the_page_says(
    capsys: pytest.CaptureFixture[str], input_file: Any
) -> None:
    page = Path(__file__).parents[2] / "docs" / "rules" / "final-grade.md"
    (example,) = re.findall(r"```json\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    words = ["compute", "nilai-akhir", "--input", input_file(example), "--on", "2026-12-02"]
    assert main(["rule", *words]) == 0
    text = capsys.readouterr().out
    assert "  Nilai: 88,195\n" in text
    assert "  Predikat: Memuaskan\n" in text
