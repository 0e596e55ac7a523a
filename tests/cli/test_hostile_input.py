"""Whatever is given to a command, it answers with one sentence and the right exit code."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.running import sinambung


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder of things that are not what a command expects."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("bukan yang diharapkan\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "deep.json").write_text("[" * 200_000)
    (tmp_path / "huge.json").write_text('{"number": 1e999999}')
    (tmp_path / "list.json").write_text("[1]")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        "rule compute nip --input {odd}/none",
        "rule compute nip --input {odd}/folder",
        "rule compute nip --input {odd}/binary",
        "rule compute nip --input {odd}/deep.json",
        "rule compute nip --input {odd}/list.json",
        "rule compute terbilang --input {odd}/huge.json",
        "rule show nip --law {odd}/none",
        "verify {odd}/text --trust {odd}/text",
        "restore {odd}/folder",
        "restore {odd}/text",
        "backup {odd}/none/b.tar",
        "--data {odd}/text user list",
        "import employees {odd}/folder",
        "demo --people 5",
        "serve --port 99999",
    ],
)
def test_it_is_refused_in_one_sentence(odd: Path, words: str) -> None:
    answer = sinambung(odd / "data", *words.format(odd=odd).split())
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [b"language = [1", b"\xff", b"brand_colour = 5", b'language = "xx"', b'time_zone = "Mars"'],
)
def test_settings_that_cannot_be_used_are_refused(odd: Path, content: bytes) -> None:
    (odd / "folder" / "installation.toml").write_bytes(content)
    answer = sinambung(odd / "folder", "user", "list")
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1


def test_a_file_that_is_no_database_is_refused(odd: Path) -> None:
    (odd / "folder" / "sinambung.sqlite3").write_text("bukan basis data")
    answer = sinambung(odd / "folder", "user", "list")
    assert (answer.returncode, len(answer.stderr.splitlines())) == (1, 1)


def test_a_database_of_a_newer_version_is_refused(odd: Path) -> None:
    data = odd / "folder"
    with sqlite3.connect(data / "sinambung.sqlite3") as database:
        database.execute(
            "CREATE TABLE django_migrations (id INTEGER, app TEXT, name TEXT, applied TEXT)"
        )
        database.execute(
            "INSERT INTO django_migrations VALUES (1, 'audit', '0099_later', '2026-01-01')"
        )
    answer = sinambung(data, "user", "list")
    assert answer.returncode == 1
    assert "lebih baru" in answer.stderr
