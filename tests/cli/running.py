"""Running the `sinambung` command as a process of its own, in a folder of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

PASSWORD = "kuda laut menari pelan 7"


def sinambung(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command against an installation of its own; settings of the tests do not count."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SINAMBUNG_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "sinambung", "--data", str(folder), *words],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


def initialised(folder: Path) -> Path:
    """Return an installation with the administrator `admin`: a copy of one made once."""
    shutil.copytree(_template(), folder)
    return folder


@cache
def _template() -> Path:
    place = Path(tempfile.mkdtemp(prefix="sinambung-init-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    secret = place / "sandi.txt"
    secret.write_text(f"{PASSWORD}\n")
    run = sinambung(
        place / "data",
        *("init", "--username", "admin", "--name", "Administrator Contoh"),
        *("--password-file", str(secret), "--agency", 'BPSDM "Uji"'),
    )
    assert run.returncode == 0, run.stderr
    return place / "data"
