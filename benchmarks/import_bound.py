"""The least work behind an import: its cells read, and its rows inserted without any question.

The rows that an import has left go into another, empty installation with the same tables and
indexes, a thousand rows in a transaction.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_AT_ONCE = 1_000


def read_seconds(workbook: Path) -> float:
    """Return the CPU seconds that only reading the cells of a workbook takes."""
    from python_calamine import CalamineWorkbook

    before = time.process_time()
    for _row in CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).iter_rows():
        pass
    return time.process_time() - before


def insert_seconds(database: str) -> float:
    """Return the CPU seconds, server included, of inserting the rows of this installation anew."""
    with tempfile.TemporaryDirectory(prefix="sinambung-bound-") as folder:
        file = Path(folder) / "rows.pickle"
        _keep(file)
        environment = {**os.environ, "SINAMBUNG_DATA": folder, "BOUND_OF": database}
        command = [sys.executable, "-m", "benchmarks.import_bound", str(file)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
        return float(done.stdout)


def _keep(file: Path) -> None:
    from django.apps import apps

    kept = []
    for label in _TABLES:
        model = apps.get_model(label)
        fields = [field.name for field in model._meta.concrete_fields]
        names = [name for name in fields if name != "id" or label in _WITH_ULID]
        kept.append((label, names, list(model._default_manager.order_by("pk").values_list(*names))))
    file.write_bytes(pickle.dumps(kept))


def _insert(file: Path, clock: Callable[[], float]) -> float:
    from django.apps import apps
    from django.db import transaction

    from sinambung.platform.foundation.bulk import insert_rows

    kept = [(apps.get_model(label), names, rows) for label, names, rows in _loaded(file)]
    units, *tables = kept
    insert_rows(*units)
    before = clock()
    for model, names, rows in tables:
        for first in range(0, len(rows), _AT_ONCE):
            with transaction.atomic():
                insert_rows(model, names, rows[first : first + _AT_ONCE])
    return clock() - before


def _loaded(file: Path) -> list[tuple[str, list[str], list[tuple[object, ...]]]]:
    rows: list[tuple[str, list[str], list[tuple[object, ...]]]]
    rows = pickle.loads(file.read_bytes())
    return rows


_WITH_ULID = {"identity.Unit", "identity.User", "workforce.Employee"}
_TABLES = (
    *("identity.Unit", "identity.User", "workforce.Employee", "workforce.PositionHeld"),
    *("workforce.RankHeld", "workforce.UnitMembership", "workforce.Education"),
    *("audit.Entry", "exchange.StagedRow", "exchange.RowOutcome"),
)


def _main(file: Path) -> None:
    if os.environ["BOUND_OF"] == "postgresql":
        from tests import postgres

        os.environ["SINAMBUNG_DATABASE_URL"] = postgres.start()
    from benchmarks.databases import server_clock, set_up

    set_up()
    server = server_clock()
    print(_insert(file, lambda: time.process_time() + server()))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
