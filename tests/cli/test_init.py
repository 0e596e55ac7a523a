"""`sinambung init`: an empty installation in one command; safe to run again."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

from tests.cli.running import PASSWORD, initialised, sinambung


def test_init_makes_a_closed_folder_a_database_and_an_administrator(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "keys" / "secret-key").stat().st_mode) == 0o600
    assert tomllib.loads((folder / "installation.toml").read_text())["agency"] == 'BPSDM "Uji"'
    listed = sinambung(folder, "user", "list")
    assert "admin  Administrator Contoh  –  Administrator  aktif" in listed.stdout


def test_init_again_changes_nothing_and_makes_no_second_administrator(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    key = (folder / "keys" / "secret-key").read_text()
    assert sinambung(folder, "init").returncode == 0
    assert (folder / "keys" / "secret-key").read_text() == key
    again = sinambung(folder, "init", "--username", "lain", "--name", "Lain")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.count("\n") == 1
    assert "Sudah ada administrator" in again.stderr


def test_init_without_a_terminal_says_what_is_missing(tmp_path: Path) -> None:
    run = sinambung(tmp_path / "data", "init")
    assert run.returncode == 1
    assert "--username" in run.stderr
    run = sinambung(tmp_path / "data", "init", "--username", "admin", "--name", "A")
    assert "--password-file" in run.stderr


def test_init_refuses_a_weak_password_in_one_sentence(tmp_path: Path) -> None:
    secret = tmp_path / "sandi"
    secret.write_text("admin\n")
    run = sinambung(
        tmp_path / "data",
        *("init", "--username", "admin", "--name", "A", "--password-file", str(secret)),
    )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert PASSWORD not in run.stdout


def test_init_refuses_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    run = sinambung(tmp_path / "file" / "data", "init")
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
