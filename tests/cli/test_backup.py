"""`sinambung backup`: facts as JSON, refusals as one sentence."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sinambung.cli.main import main


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "sinambung.sqlite3")) as database:
        database.execute("CREATE TABLE t (x)")
    monkeypatch.setenv("SINAMBUNG_DATABASE_URL", "")
    monkeypatch.setenv("SINAMBUNG_DATA", str(folder))
    return folder


def test_the_result_as_json_names_the_archive_and_its_hash(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "a.tar"), "--json", "--data", str(data)]) == 0
    result = json.loads(capsys.readouterr().out)
    content = (tmp_path / "a.tar").read_bytes()
    assert result["sha256"] == hashlib.sha256(content).hexdigest()
    assert (result["bytes"], result["database"], result["files"]) == (len(content), "sqlite", 1)


@pytest.mark.parametrize(
    ("target", "folder", "sentence"),
    [
        ("tidak/ada/a.tar", "data", "buat dahulu"),
        ("a.tar", "tidak-ada", "periksa --data"),
        ("data", "data", "sudah ada"),
    ],
)
def test_a_refusal_is_one_sentence(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    target: str,
    folder: str,
    sentence: str,
) -> None:
    assert main(["--data", str(tmp_path / folder), "backup", str(tmp_path / target)]) == 1
    errors = capsys.readouterr().err
    assert sentence in errors
    assert len(errors.strip().splitlines()) == 1


def test_without_a_file_the_usage_is_wrong(data: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["backup"])
    assert ended.value.code == 2


def test_postgres_without_its_programs_is_one_sentence(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SINAMBUNG_DATABASE_URL", "postgresql://orang@127.0.0.1:1/nama")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["backup", str(tmp_path / "a.tar")]) == 1
    assert "pg_dump tidak ditemukan" in capsys.readouterr().err
    assert not (tmp_path / "a.tar").exists()
