"""A process that is really killed in the middle of issuing: nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="watches the file of the database"),
]
COUNT = 30
ISSUE = f"""
import django
django.setup()
from sinambung.domains.credentials import services
from sinambung.domains.credentials.services import making
from sinambung.platform.identity.models import Unit
from tests.domains.credentials import building
making._KEPT_AT_ONCE = 2
services.prepare_signing(at=building.AT)
host = Unit.objects.filter(code="BPSDM").first() or building.unit()
services.issue_certificates(
    source=building.source(host.pk),
    requests=[building.request(place) for place in range(1, {COUNT} + 1)],
    by=building.BY, at=building.AT, inline=True,
)
"""


def test_the_next_run_finishes_what_a_killed_one_began(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SINAMBUNG_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sinambung.config.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }
    migrate = [sys.executable, "-m", "sinambung.manage", "migrate", "--verbosity=0"]
    subprocess.run(migrate, env=environment, check=True)
    database = next(tmp_path.glob("*.sqlite3"))
    first = subprocess.Popen([sys.executable, "-c", ISSUE], env=environment)
    while len(_valid(database)) < 4:
        assert first.poll() is None, "finished before it could be killed"
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    before = _valid(database)
    assert 4 <= len(before) < COUNT
    subprocess.run([sys.executable, "-c", ISSUE], env=environment, check=True)
    after = _valid(database)
    assert len(after) == COUNT
    assert {number: after[number] for number in before} == before
    assert sorted(int(number[:3]) for number in after) == list(range(1, COUNT + 1))
    assert len(set(after.values())) == COUNT
    for sha256 in after.values():
        assert (tmp_path / "files" / sha256[:2] / sha256).is_file()


def _valid(database: Path) -> dict[str, str]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20) as opened:
        try:
            rows = opened.execute(
                "SELECT number, sha256 FROM credentials_certificate WHERE state = 'valid'"
            ).fetchall()
        except sqlite3.OperationalError:
            return {}
    return dict(rows)
