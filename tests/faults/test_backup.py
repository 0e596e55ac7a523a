"""Backups on a bad day: while writes run, with a full disk, on both databases."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.fault
WRITER = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
number = 0
while True:
    number += 1
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO kiri VALUES (?, ?)", (number, "x" * 2000))
    database.execute("INSERT INTO kanan VALUES (?, ?)", (number, "y" * 2000))
    database.execute("COMMIT")
    print(number, flush=True)
"""


def sinambung(*words: str, data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "SINAMBUNG_DATA": str(data),
        "SINAMBUNG_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "sinambung.config.settings",
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-m", "sinambung", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    folder = tmp_path / "data"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "sinambung.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE kiri (n INTEGER, isi TEXT)")
        database.execute("CREATE TABLE kanan (n INTEGER, isi TEXT)")
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder / "sinambung.sqlite3")],
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()


def test_a_backup_while_writes_run_is_one_moment(
    writer: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert writer.stdout
    acknowledged = 0
    for _ in range(300):
        acknowledged = int(writer.stdout.readline())
    made = sinambung("backup", str(tmp_path / "a.tar"), "--json", data=tmp_path / "data")
    assert made.returncode == 0, made.stderr
    went_on = int(writer.stdout.readline())
    assert went_on > acknowledged, "the writer must go on during the backup"
    restored = sinambung("restore", str(tmp_path / "a.tar"), data=tmp_path / "kembali")
    assert restored.returncode == 0, restored.stderr
    with closing(sqlite3.connect(tmp_path / "kembali" / "sinambung.sqlite3")) as database:
        (left,) = database.execute("SELECT max(n) FROM kiri").fetchone()
        (right,) = database.execute("SELECT max(n) FROM kanan").fetchone()
        (count,) = database.execute("SELECT count(*) FROM kiri").fetchone()
    assert left == right == count
    assert left >= acknowledged, "acknowledged work is in the backup"


def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    """The limit on the size of a file stands for a disk that is full."""
    data = tmp_path / "data"
    (data / "files").mkdir(parents=True)
    with closing(sqlite3.connect(data / "sinambung.sqlite3")) as database:
        database.execute("CREATE TABLE t (x)")
    (data / "files" / "besar").write_bytes(b"x" * 3_000_000)
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000));"
        "from sinambung.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "backup", str(tmp_path / "a.tar")],
        env={**os.environ, "SINAMBUNG_DATA": str(data), "SINAMBUNG_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "Ruang disk tidak cukup untuk cadangan; kosongkan ruang lalu ulangi."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_killed_backup_leaves_no_archive_under_the_name(
    writer: subprocess.Popen[str], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    (data / "files").mkdir()
    for number in range(300):
        (data / "files" / str(number)).write_bytes(os.urandom(200_000))
    process = subprocess.Popen(
        [sys.executable, "-m", "sinambung", "backup", str(tmp_path / "a.tar")],
        env={**os.environ, "SINAMBUNG_DATA": str(data), "SINAMBUNG_DATABASE_URL": ""},
    )
    deadline = time.monotonic() + 20
    while not list(tmp_path.glob(".sinambung-*/archive")) and time.monotonic() < deadline:
        time.sleep(0.002)
    process.kill()
    process.wait()
    assert not (tmp_path / "a.tar").exists()


@pytest.mark.skipif(
    not os.environ.get("SINAMBUNG_TEST_DATABASE"), reason="runs with the PostgreSQL suite"
)
def test_postgres_is_backed_up_and_restored_into_an_empty_database(tmp_path: Path) -> None:
    from tests import postgres

    url = postgres.start()
    other = url.rsplit("/", 1)[0] + "/kembali"
    _psql(url, "CREATE TABLE orang (nama text); INSERT INTO orang VALUES ('Contoh')")
    _psql(url, "CREATE DATABASE kembali")
    data = tmp_path / "data"
    (data / "files").mkdir(parents=True)
    (data / "files" / "a").write_text("isi")
    archive = str(tmp_path / "a.tar")
    made = sinambung("backup", archive, "--json", data=data, SINAMBUNG_DATABASE_URL=url)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["database"] == "postgresql"
    full = sinambung("restore", archive, data=tmp_path / "b", SINAMBUNG_DATABASE_URL=url)
    assert (full.returncode, "tidak kosong" in full.stderr) == (1, True)
    assert not (tmp_path / "b").exists()
    done = sinambung("restore", archive, data=tmp_path / "b", SINAMBUNG_DATABASE_URL=other)
    assert done.returncode == 0, done.stderr
    assert _psql(other, "SELECT nama FROM orang").strip() == "Contoh"
    assert (tmp_path / "b" / "files" / "a").read_text() == "isi"
    assert not (tmp_path / "b" / "database.dump").exists()


def _psql(url: str, statement: str) -> str:
    words = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", url, "--command", statement]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
