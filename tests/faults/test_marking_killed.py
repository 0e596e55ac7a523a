"""The server is killed while marks are being saved: nothing half, and a restart goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.fault
ROOT = Path(__file__).resolve().parents[2]
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.domains.training import marking
batch, people = marking.running_batch(3)
marking.fill(batch, people[:1], by=marking.organiser(), mark="80")
print(batch.pk, flush=True)
"""
SAVE = """
import sys, time, django
django.setup()
from sinambung.domains.training.models import Batch, Participant
from sinambung.domains.training.services import marks
from tests.domains.training import building, marking
if sys.argv[1] == "stop":
    def stop(*args, **kwargs):
        print("written, not committed", flush=True)
        time.sleep(60)
    marks.regrade = stop
batch = Batch.objects.get()
people = list(Participant.objects.order_by("number"))
marking.fill(batch, people[1:], by=building.SYSTEM, mark="90")
print("saved", flush=True)
"""
LOOK = """
import django
django.setup()
from sinambung.domains.training.models import FinalGrade, Mark
from sinambung.platform.audit.models import Entry
print(Mark.objects.count(), Entry.objects.filter(action="training.mark_saved").count(),
      FinalGrade.objects.exclude(value="").count())
"""


def start(code: str, data: Path, *words: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "SINAMBUNG_DATA": str(data),
        "SINAMBUNG_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "sinambung.config.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(code: str, data: Path, *words: str) -> str:
    process = start(code, data, *words)
    said, _ = process.communicate(timeout=180)
    assert process.returncode == 0
    return said.strip()


def test_a_kill_before_the_commit_leaves_no_mark_no_trail_and_no_grade(tmp_path: Path) -> None:
    told(PREPARE, tmp_path)
    before = told(LOOK, tmp_path)
    process = start(SAVE, tmp_path, "stop")
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "written, not committed"
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    assert told(LOOK, tmp_path) == before == "10 10 1"
    assert told(SAVE, tmp_path, "go").endswith("saved")
    assert told(LOOK, tmp_path) == "30 30 3"
