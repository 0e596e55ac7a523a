"""`sinambung import` and `export`, run as a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import initialised, sinambung
from tests.domains.workforce.sheets import csv_text, people, person, xlsx


def test_a_dry_run_reports_every_problem_and_changes_nothing(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    before = database(folder)
    file = tmp_path / "pegawai.xlsx"
    file.write_bytes(
        xlsx([person(1), person(2, GOL_AKHIR_NAMA="III/e"), person(3, TANGGAL_LAHIR="x")])
    )
    done = sinambung(folder, "import", "employees", str(file), "--dry-run")
    assert done.returncode == 1
    assert "Baris 3, kolom Golongan [III/e]: Golongan ruang III/e tidak ada." in done.stdout
    assert "Baris 4, kolom Tanggal lahir [x]: Tanggal tidak terbaca." in done.stdout
    assert "3 baris: 1 baru, 0 berubah, 0 tetap, 2 bermasalah." in done.stdout
    assert database(folder) == before
    assert not list((folder / "imports").glob("*")) if (folder / "imports").exists() else True


def test_import_then_again_then_export_and_back(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    file = tmp_path / "pegawai.csv"
    file.write_text(csv_text(people(3), delimiter=";"))
    first = sinambung(folder, "import", "employees", str(file), "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["applied"] == 3
    again = json.loads(sinambung(folder, "import", "employees", str(file), "--json").stdout)
    assert (again["same"], again["applied"]) == (3, 0)
    out = tmp_path / "keluar.xlsx"
    exported = sinambung(folder, "export", "employees", str(out))
    assert (exported.returncode, out.exists()) == (0, True)
    back = sinambung(folder, "import", "employees", str(out), "--dry-run", "--json")
    assert back.returncode == 0
    assert json.loads(back.stdout)["same"] == 3


def test_an_import_over_the_threshold_needs_a_reason(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    file = tmp_path / "pegawai.xlsx"
    file.write_bytes(xlsx(people(12)))
    sinambung(folder, "import", "employees", str(file))
    file.write_bytes(xlsx(people(12, UNOR_NAMA="Bidang Lain")))
    stopped = sinambung(folder, "import", "employees", str(file))
    assert stopped.returncode == 1
    assert "melewati ambang" in stopped.stderr
    reason = ("--reason", "Susunan baru")
    assert sinambung(folder, "import", "employees", str(file), *reason).returncode == 0


def test_refusals_are_one_sentence_and_wrong_usage_is_two(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    bad = tmp_path / "surat.xlsx"
    bad.write_bytes(b"%PDF-1.7")
    for words, code in (
        (("import", "employees", str(bad)), 1),
        (("import", "employees", str(tmp_path / "tidak-ada.xlsx")), 1),
        (("export", "employees", str(tmp_path / "x.pdf")), 1),
        (("export", "employees", str(tmp_path / "tidak" / "ada.xlsx")), 1),
        (("import", "roster", str(bad)), 2),
        (("import", "gaji", str(bad)), 2),
        (("export", "marks", str(bad)), 2),
    ):
        done = sinambung(folder, *words)
        assert done.returncode == code, (words, done.stderr)
        assert "Traceback" not in done.stderr
        if code == 1:
            assert len(done.stderr.strip().splitlines()) == 1


def test_jobs_can_be_listed_and_run(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    file = tmp_path / "pegawai.xlsx"
    file.write_bytes(xlsx(people(1)))
    sinambung(folder, "import", "employees", str(file))
    done = sinambung(folder, "jobs", "run", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    listed = json.loads(sinambung(folder, "jobs", "list", "--json").stdout)
    assert [row["state"] for row in listed] == ["done", "done"]
    assert "Selesai" in sinambung(folder, "jobs", "list").stdout


def database(folder: Path) -> list[tuple[str, int]]:
    """Return how many rows each table has."""
    import sqlite3

    connection = sqlite3.connect(folder / "sinambung.sqlite3")
    tables = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    counts = [
        (name, connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0])
        for name in sorted(tables)
    ]
    connection.close()
    return counts
