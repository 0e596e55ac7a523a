"""Import a workbook of 40,000 employees, on both databases: staged, checked, applied, again.

CPU counts this process and, for PostgreSQL, its server. PEOPLE=5000 tries it smaller, and
DATABASES=sqlite measures one of the two. The bound: only reading the cells, and only inserting the
rows that the import has left into the same tables, in the same run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE
from typing import Any

from benchmarks.figures import Figure, note, peak_megabytes, show
from benchmarks.import_bound import insert_seconds, read_seconds

PEOPLE = int(os.environ.get("PEOPLE", "40000"))
PEER = ("Kolibri/Moodle", 243.0)


def main() -> int:
    """Measure each database in a process of its own; return 1 when a figure misses its goal."""
    if os.environ.get("IMPORT_INTO"):
        return _measure(os.environ["IMPORT_INTO"])
    workbook = Path(tempfile.mkdtemp(prefix="sinambung-import-")) / "pegawai.xlsx"
    _set_up()
    _write_workbook(workbook)
    codes = []
    for database in os.environ.get("DATABASES", "sqlite,postgresql").split(","):
        environment = {**os.environ, "IMPORT_INTO": database, "IMPORT_FILE": str(workbook)}
        if database == "postgresql":
            from tests import postgres

            environment["SINAMBUNG_DATABASE_URL"] = postgres.start()
        with tempfile.TemporaryDirectory(prefix="sinambung-bench-") as folder:
            environment["SINAMBUNG_DATA"] = folder
            command = [sys.executable, "-m", "benchmarks.import_employees"]
            codes.append(subprocess.run(command, env=environment, check=False).returncode)
    return max(codes)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinambung.config.settings")
    import django

    django.setup()


def _write_workbook(path: Path) -> None:
    from sinambung.demo.people import sample_people
    from sinambung.demo.workbooks import employees_workbook

    path.write_bytes(employees_workbook(sample_people(seed=1, people=PEOPLE)))
    note(f"{PEOPLE} rows, {path.stat().st_size / 1e6:.1f} MB")


def _measure(database: str) -> int:
    _set_up()
    migrate = [sys.executable, "-m", "sinambung.manage", "migrate", "--verbosity=0"]
    subprocess.run(migrate, check=True)
    longest_lock = _watch_lock(database)
    first, applied = _cpu(_import_file)
    second, same = _cpu(_import_file)
    assert applied["applied"] == PEOPLE, applied
    assert same["same"] == PEOPLE, same
    note(f"{database}: {applied} then {same}")
    scale = PEOPLE / 40000
    lock, memory = longest_lock(), peak_megabytes()
    read = read_seconds(Path(os.environ["IMPORT_FILE"]))
    least = ("reading and inserting alone", read + insert_seconds(database))
    only_read = ("reading alone", read)
    figures = [
        Figure(f"import {PEOPLE} employees, {database}", first, "s", 20 * scale, PEER, least),
        Figure(f"import them again unchanged, {database}", second, "s", 8 * scale, bound=only_read),
        Figure(f"memory of the import, {database}", memory, "MB", 256),
        Figure(f"longest write lock of the import, {database}", lock, "s", 0.5),
    ]
    for figure in figures:
        show(figure)
    return 0 if all(figure.ok for figure in figures) else 1


def _import_file() -> dict[str, int]:
    from sinambung.platform.exchange import services
    from sinambung.platform.foundation.actors import system

    path = Path(os.environ["IMPORT_FILE"])
    with path.open("rb") as file:
        row = services.upload(
            kind="employees",
            file_name=path.name,
            pieces=iter(lambda: file.read(1 << 20), b""),
            options={},
            by=system("Pengukuran"),
            inline=True,
        )
    if row.new_rows + row.changed_rows:
        row = services.apply_now(import_id=row.pk, by=system("Pengukuran"), reason="Pengukuran")
    return {
        "rows": row.rows,
        "same": row.same_rows,
        "problem": row.problem_rows,
        "applied": row.applied_rows,
    }


def _cpu(act: Callable[[], dict[str, int]]) -> tuple[float, dict[str, int]]:
    before = time.process_time() + _server_seconds()
    result = act()
    return time.process_time() + _server_seconds() - before, result


def _server_seconds() -> float:
    """CPU of the PostgreSQL server of this measurement: every process that works in its folder."""
    if not os.environ.get("SINAMBUNG_DATABASE_URL"):
        return 0.0
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = cursor.fetchone()[0]
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            rest = stat.read_text().rpartition(")")[2].split()
            works_in = (stat.parent / "cwd").readlink()
        except OSError:
            continue
        if str(works_in) == folder:
            ticks += sum(int(field) for field in rest[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _watch_lock(database: str) -> Callable[[], float]:
    """Return a function that says how long, at most, no other writer could begin.

    On SQLite a second process tries to write all the while. PostgreSQL has no such lock: there the
    longest transaction counts.
    """
    if database == "sqlite":
        path = Path(os.environ["SINAMBUNG_DATA"]) / "sinambung.sqlite3"
        prober = subprocess.Popen(
            [sys.executable, "-c", _PROBE, str(path)], stdin=PIPE, stdout=PIPE, text=True
        )
        return lambda: float(prober.communicate("")[0])
    lasted = _timed_transactions()
    return lambda: max(lasted)


_PROBE = """
import select, sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
longest, locked_since = 0.0, None
while not select.select([sys.stdin], [], [], 0.004)[0]:
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        locked_since = None
    except sqlite3.OperationalError:
        locked_since = locked_since or time.monotonic()
        longest = max(longest, time.monotonic() - locked_since)
print(longest)
"""


def _timed_transactions() -> list[float]:
    from django.db import connection, transaction

    lasted = [0.0]
    began = [0.0]
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__

    def timed_enter(atomic: Any) -> None:
        outermost = not connection.in_atomic_block
        enter(atomic)
        if outermost:
            began[0] = time.monotonic()

    def timed_exit(atomic: Any, *error: Any) -> None:
        leave(atomic, *error)
        if not connection.in_atomic_block:
            lasted.append(time.monotonic() - began[0])

    transaction.Atomic.__enter__ = timed_enter  # type: ignore[method-assign]
    transaction.Atomic.__exit__ = timed_exit  # type: ignore[method-assign]
    return lasted


if __name__ == "__main__":
    sys.exit(main())
