"""An import whose worker is killed with -9 says how far it came, goes on, does nothing twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from sinambung.domains.workforce.models import Employee, PositionHeld, RankHeld
from sinambung.platform.audit.models import Entry
from sinambung.platform.exchange import queries, services
from sinambung.platform.exchange.models import Import, RowOutcome, State
from sinambung.platform.foundation import actors, clock
from sinambung.platform.identity.models import User
from sinambung.platform.jobs import services as jobs
from sinambung.platform.jobs.models import Job
from tests.domains.workforce.sheets import csv_text, people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]

SYSTEM = actors.system("Pengujian")
PEOPLE = 1600

# The worker slows down between chunks, so that it can be hit in the middle.
WORKER = """
import sys, time
import django
django.setup()
from django.conf import settings
from django.db import connections
settings.DATABASES["default"]["NAME"] = sys.argv[1]
connections["default"].settings_dict["NAME"] = sys.argv[1]
settings.DATA_FOLDER = sys.argv[2]
from sinambung.platform.exchange.services import applying, undoing
applying.PAUSE = undoing.PAUSE = 0.25
from sinambung.platform.jobs import services
services.work(once=True)
"""


@pytest.fixture
def shared_database(tmp_path: Path) -> Iterator[None]:
    """A database that a second process can open: on SQLite the one in memory moves to a file."""
    if connection.vendor != "sqlite":
        yield
        return
    path = tmp_path / "bersama.sqlite3"
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path)) as file:
        in_memory.backup(file)
    connection.connection = None
    connection.settings_dict["NAME"] = str(path)
    yield
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.connection = in_memory


@pytest.fixture
def staged(shared_database: None, tmp_path: Path, settings: Any) -> Import:
    settings.DATA_FOLDER = tmp_path
    return services.upload(
        kind="employees",
        file_name="pegawai.csv",
        pieces=[csv_text(people(PEOPLE)).encode()],
        options={},
        by=SYSTEM,
        inline=True,
    )


def test_a_killed_import_tells_how_far_it_came_and_goes_on(staged: Import, tmp_path: Path) -> None:
    services.apply(import_id=staged.pk, version=None, by=SYSTEM)
    done = kill_in_the_middle(staged.pk, tmp_path, "applied_rows")
    assert 0 < done < PEOPLE
    assert Employee.objects.count() == done
    assert RowOutcome.objects.filter(upload=staged).count() == done
    assert jobs.reap(at=clock.now()) == 1
    jobs.work(once=True)
    assert_everything_once(staged.pk)


def test_a_killed_import_that_nobody_resumes_says_so_and_can_be_undone(
    staged: Import, tmp_path: Path
) -> None:
    services.apply(import_id=staged.pk, version=None, by=SYSTEM)
    done = kill_in_the_middle(staged.pk, tmp_path, "applied_rows")
    Job.objects.update(state="failed")
    page = queries.import_page(Import.objects.get(pk=staged.pk))
    assert page.is_interrupted
    assert page.summary.applied_rows == done
    assert page.may_undo
    services.undo_now(import_id=staged.pk, by=SYSTEM)
    row = Import.objects.get(pk=staged.pk)
    assert (row.state, row.undone_rows) == (State.UNDONE, done)
    assert not Employee.objects.exists()
    assert not RankHeld.objects.exists()


def test_a_killed_undo_goes_on_where_it_was(staged: Import, tmp_path: Path) -> None:
    services.apply_now(import_id=staged.pk, by=SYSTEM)
    services.undo(import_id=staged.pk, version=None, by=SYSTEM)
    done = kill_in_the_middle(staged.pk, tmp_path, "undone_rows")
    assert Employee.objects.count() == PEOPLE - done
    jobs.reap(at=clock.now())
    jobs.work(once=True)
    row = Import.objects.get(pk=staged.pk)
    assert (row.state, row.undone_rows) == (State.UNDONE, PEOPLE)
    assert not Employee.objects.exists()


def test_a_resume_asked_by_hand_finishes_it(staged: Import, tmp_path: Path) -> None:
    services.apply(import_id=staged.pk, version=None, by=SYSTEM)
    kill_in_the_middle(staged.pk, tmp_path, "applied_rows")
    Job.objects.update(state="failed")
    services.resume(import_id=staged.pk, version=None, by=SYSTEM)
    jobs.work(once=True)
    assert_everything_once(staged.pk)


def kill_in_the_middle(import_id: str, folder: Path, counter: str) -> int:
    """Start a worker, kill it after its first chunk, and return how far it came."""
    name = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["SINAMBUNG_DATABASE_URL"] = os.environ.get("SINAMBUNG_DATABASE_URL", "")
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, name, str(folder)], env=environment, cwd=Path.cwd()
    )
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and worker.poll() is None:
        if Import.objects.values_list(counter, flat=True).get(pk=import_id):
            break
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    done: int = Import.objects.values_list(counter, flat=True).get(pk=import_id)
    assert 0 < done < PEOPLE, "the worker was not hit in the middle"
    return done


def assert_everything_once(import_id: str) -> None:
    row = Import.objects.get(pk=import_id)
    assert (row.state, row.applied_rows, row.refused_rows) == (State.APPLIED, PEOPLE, 0)
    for rows in (Employee, User, RankHeld, PositionHeld):
        assert rows.objects.count() == PEOPLE, rows
    told = Counter(
        Entry.objects.filter(action="workforce.employee_imported").values_list(
            "person_id", flat=True
        )
    )
    assert len(told) == PEOPLE
    assert set(told.values()) == {1}
