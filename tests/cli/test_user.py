"""`sinambung user`: accounts from the command line, with the refusals of the pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sinambung.cli.main import main
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import system
from sinambung.platform.identity import services
from tests.cli.running import sinambung

pytestmark = pytest.mark.django_db
PASSWORD = "payung biru di atas meja"


@pytest.fixture(autouse=True)
def _administrator(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The command works on the database of the tests, with one administrator."""
    monkeypatch.setattr("sinambung.cli.django_setup.require_ready", lambda: None)
    services.add_administrator(
        username="admin",
        name="Administrator Contoh",
        email="",
        password=PASSWORD,
        at=clock.now(),
        on=clock.today(),
        by=system("uji"),
    )


Output = pytest.CaptureFixture[str]


def _run(capsys: Output, *words: str) -> str:
    assert main(["user", *words]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def _refused(capsys: Output, *words: str) -> str:
    assert main(["user", *words]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    return said.err


def _add(capsys: Output, username: str, name: str) -> None:
    _run(capsys, "add", username, "--name", name, "--no-password")


def test_accounts_are_added_and_listed(capsys: Output, tmp_path: Path) -> None:
    secret = tmp_path / "sandi.txt"
    secret.write_text(f"{PASSWORD}\n")
    _run(capsys, "add", "sri900", "--name", "Sri W.", "--password-file", str(secret))
    assert "sudah dipakai" in _refused(capsys, "add", "SRI900", "--name", "S", "--no-password")
    rows = json.loads(_run(capsys, "list", "sri", "--json"))
    assert [(row["username"], row["state"]) for row in rows] == [("sri900", "aktif")]


def test_a_weak_password_is_refused(capsys: Output, tmp_path: Path) -> None:
    secret = tmp_path / "sandi.txt"
    secret.write_text("sinambung2026\n")
    words = ("add", "sri900", "--name", "Sri", "--password-file", str(secret))
    assert "mudah ditebak" in _refused(capsys, *words)


def test_an_account_without_a_password_gets_a_code(capsys: Output) -> None:
    _add(capsys, "budi900", "Budi")
    said = _run(capsys, "reset", "budi900", "--code")
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", said)
    assert "sudah aktif" in _refused(capsys, "reset", "admin", "--code")


def test_a_new_password_is_set_from_a_file(capsys: Output, tmp_path: Path) -> None:
    secret = tmp_path / "sandi.txt"
    secret.write_text("gajah putih minum kopi\n")
    _run(capsys, "reset", "admin", "--password-file", str(secret))
    assert "--password-file" in _refused(capsys, "reset", "admin")
    assert "tidak memakai" in _refused(capsys, "reset", "admin", "--factors")


def test_roles_are_given_shown_and_ended(capsys: Output) -> None:
    _add(capsys, "ani900", "Ani")
    rows = json.loads(_run(capsys, "roles", "ani900", "--grant", "auditor", "--json"))
    assert rows[0]["role"] == "Pemeriksa"
    assert "sudah memegang" in _refused(capsys, "roles", "ani900", "--grant", "auditor")
    _run(capsys, "roles", "ani900", "--end", "auditor")
    assert "tidak memegang" in _refused(capsys, "roles", "ani900", "--end", "auditor")
    words = ("roles", "ani900", "--grant", "trainer", "--unit", "TIDAKADA")
    assert "Tidak ada unit" in _refused(capsys, *words)


def test_the_last_administrator_is_kept(capsys: Output) -> None:
    assert "administrator terakhir" in _refused(capsys, "lock", "admin")
    assert "administrator terakhir" in _refused(capsys, "roles", "admin", "--end", "administrator")


def test_accounts_are_locked_and_unlocked(capsys: Output) -> None:
    _add(capsys, "eko900", "Eko")
    _run(capsys, "lock", "eko900", "--reason", "uji")
    assert "sudah dikunci" in _refused(capsys, "lock", "eko900")
    _run(capsys, "unlock", "eko900")
    assert "Tidak ada akun" in _refused(capsys, "lock", "tidakada")


@pytest.mark.parametrize(
    "words", [[], ["add", "x"], ["roles", "admin", "--grant", "raja"], ["nonsense"]]
)
def test_wrong_usage_is_exit_code_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["user", *words])
    assert end.value.code == 2


def test_a_folder_without_an_installation_is_refused_in_a_sentence(tmp_path: Path) -> None:
    run = sinambung(tmp_path / "kosong", "user", "list")
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert "sinambung init" in run.stderr
