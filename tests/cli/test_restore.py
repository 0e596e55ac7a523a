"""`sinambung restore`: a working installation comes back, or nothing is touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sinambung.cli.main import main
from tests.faults.test_backup import sinambung


def test_a_restored_installation_works(tmp_path: Path) -> None:
    data, back = tmp_path / "data", tmp_path / "kembali"
    _manage(data, "migrate", "--verbosity=0")
    _manage(
        data,
        "shell",
        "--command",
        "from sinambung.platform.identity import services; "
        "from sinambung.platform.foundation import clock; "
        "from sinambung.platform.foundation.actors import system; "
        "services.add_user(username='laksmi', name='Laksmi', at=clock.now(), by=system('uji'))",
    )
    made = sinambung("backup", str(tmp_path / "a.tar"), data=data)
    assert made.returncode == 0, made.stderr
    done = sinambung("restore", str(tmp_path / "a.tar"), "--json", data=back)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["database"] == "sqlite"
    assert (back / "keys" / "secret-key").read_text() == (data / "keys" / "secret-key").read_text()
    assert "No planned migration" in _manage(back, "migrate", "--plan")
    names = _manage(
        back,
        "shell",
        "--command",
        "from sinambung.platform.identity.models import User; "
        "from sinambung.platform.audit.queries import examine; "
        "print(User.objects.get().name, examine().faults)",
    )
    assert names.strip().endswith("Laksmi []")


@pytest.mark.parametrize("content", [None, b"", b"bukan arsip", b"\x1f\x8b" + b"x" * 600])
def test_a_file_of_another_kind_is_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
) -> None:
    if content is not None:
        (tmp_path / "a.tar").write_bytes(content)
    monkeypatch.setenv("SINAMBUNG_DATABASE_URL", "")
    monkeypatch.setenv("SINAMBUNG_DATA", str(tmp_path / "tujuan"))
    assert main(["restore", str(tmp_path / "a.tar")]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not (tmp_path / "tujuan").exists()


def _manage(data: Path, *words: str) -> str:
    environment = {
        **os.environ,
        "SINAMBUNG_DATA": str(data),
        "SINAMBUNG_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "sinambung.config.settings",
    }
    environment.pop("SINAMBUNG_SECRET_KEY", None)
    done = subprocess.run(
        [sys.executable, "-m", "sinambung.manage", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
