"""Running a measurement on each database, in a process and a data folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.figures import server_seconds

DATABASES = ("sqlite", "postgresql")


def chosen_databases() -> list[str]:
    """Return the databases to measure: both, or those that DATABASES names."""
    return [name for name in os.environ.get("DATABASES", ",".join(DATABASES)).split(",") if name]


def measured_on(database: str, module: str, **words: object) -> dict[str, Any]:
    """Run the `measure` of a benchmark in a new, empty installation; return what it returned."""
    with tempfile.TemporaryDirectory(prefix="sinambung-bench-") as folder:
        answer = Path(folder) / "answer.json"
        environment = {**os.environ, "SINAMBUNG_DATA": folder, "BENCH_INTO": str(answer)}
        environment.pop("SINAMBUNG_DATABASE_URL", None)
        if database == "postgresql":
            # Only this database needs the server of the tests.
            from tests import postgres

            environment["SINAMBUNG_DATABASE_URL"] = postgres.start()
        command = [sys.executable, "-m", "benchmarks.databases", module, json.dumps(words)]
        subprocess.run(command, env=environment, check=True)
        found: dict[str, Any] = json.loads(answer.read_text())
        return found


def set_up() -> None:
    """Set Django up and bring the database to this version."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinambung.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import translation

    call_command("migrate", verbosity=0)
    translation.activate("id")


def server_clock() -> Callable[[], float]:
    """Return a function that tells the CPU seconds of the database's server; SQLite has none."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = cursor.fetchone()[0]
    return lambda: server_seconds(folder)


def _main(module: str, words: str) -> None:
    from importlib import import_module

    set_up()
    found = import_module(module).measure(**json.loads(words))
    Path(os.environ["BENCH_INTO"]).write_text(json.dumps(found))


if __name__ == "__main__":
    _main(*sys.argv[1:])
