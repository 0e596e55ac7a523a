"""`sinambung check`: one line each, and exit 1 when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import initialised, sinambung


def _states(folder: Path, **environment: str) -> dict[str, str]:
    run = sinambung(folder, "check", "--json", **environment)
    found = {line["what"]: line["state"] for line in json.loads(run.stdout)}
    assert run.returncode == (1 if "salah" in found.values() else 0)
    assert "Traceback" not in run.stderr
    return found


def test_a_sound_installation_passes(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    states = _states(folder)
    assert set(states) >= {"pengaturan", "basis data", "kunci", "penanda", "fon", "disk", "surel"}
    assert "salah" not in states.values()
    run = sinambung(folder, "check")
    assert len(run.stdout.splitlines()) == len(states)


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    assert _states(tmp_path / "kosong")["basis data"] == "salah"
    assert _states(folder, SINAMBUNG_MAIL_URL="localhost")["surel"] == "salah"
    assert _states(folder, SINAMBUNG_SIGNER=str(tmp_path / "x.p12"))["penanda"] == "salah"
    assert _states(folder, SINAMBUNG_PRODUCTION="1")["pengaturan"] == "salah"
    (folder / "keys" / "secret-key").chmod(0o644)
    assert _states(folder)["kunci"] == "salah"


def test_a_database_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    states = _states(
        initialised(tmp_path / "data"),
        SINAMBUNG_DATABASE_URL="postgresql://x:y@127.0.0.1:1/z",
    )
    assert states["basis data"] == "salah"


def test_a_broken_settings_file_is_one_line(tmp_path: Path) -> None:
    folder = initialised(tmp_path / "data")
    (folder / "installation.toml").write_text("agency = ")
    assert _states(folder)["pengaturan"] == "salah"
