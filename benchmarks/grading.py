"""Marks of 1,000 participants in 10 components: computed again and exported; 200 batches ranked."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks.databases import chosen_databases, measured_on, server_clock
from benchmarks.figures import Figure, show

if TYPE_CHECKING:
    from sinambung.domains.training.models import Batch

PEOPLE, BATCHES, IN_BATCH = 1000, 200, 40
GOALS = {"compute": 0.2, "export": 0.25, "ranking": 3.0}
NAMES = {
    "compute": f"compute {PEOPLE} final grades from 10 marks each",
    "export": f"XLSX of {PEOPLE} participants x 10 marks",
    "ranking": f"rank {BATCHES} batches of {IN_BATCH}",
}
PEERS = {"compute": ("Moodle", 0.85), "export": ("Moodle", 1.8)}


def main() -> int:
    """Print every figure; return 1 when one misses its goal."""
    all_ok = True
    for database in chosen_databases():
        for key, value in measured_on(database, "benchmarks.grading").items():
            figure = Figure(f"{NAMES[key]}, {database}", value, "s", GOALS[key], PEERS.get(key))
            show(figure)
            all_ok &= figure.ok
    return 0 if all_ok else 1


def measure() -> dict[str, float]:
    """Return the median CPU seconds of each act, in a process made as the server is."""
    import sinambung.config.wsgi  # noqa: F401 - it settles the garbage collector
    from sinambung.domains.training.queries.mark_table import mark_columns, mark_rows
    from sinambung.domains.training.queries.ranking import ranking_of
    from sinambung.domains.training.services.grades import compute_grades
    from sinambung.platform.exchange.exports import table_as_file
    from tests.domains.training import building as build
    from tests.domains.training import marking

    large = _batch(1, PEOPLE)
    small = [_batch(number, IN_BATCH) for number in range(2, BATCHES + 2)]

    def compute() -> None:
        compute_grades(batch_id=large.pk, by=build.SYSTEM, at=marking.AT)

    def export() -> None:
        columns = mark_columns(large)
        table_as_file(columns=columns, rows=mark_rows(large), suffix=".xlsx", title="Nilai")

    def rank() -> None:
        for batch in small:
            ranking_of(batch.pk)

    return {
        "compute": _median(compute, times=9),
        "export": _median(export, times=9),
        "ranking": _median(rank, times=3),
    }


def _batch(number: int, count: int) -> Batch:
    """A running batch whose active participants have every mark."""
    from sinambung.domains.training.models import Batch, Participant
    from sinambung.domains.training.services.grades import compute_grades
    from sinambung.domains.training.services.marks import CellChange, save_marks
    from tests.domains.training import building as build
    from tests.domains.training import marking

    batch = build.batch(number=number)
    people = build.employees(count, start=number * PEOPLE, with_accounts=False)
    Participant.objects.bulk_create(
        Participant(
            batch=batch,
            employee=person,
            number=place,
            state="active",
            nip=person.nip,
            name=person.name,
            display_name=person.name,
        )
        for place, person in enumerate(people, start=1)
    )
    Batch.objects.filter(pk=batch.pk).update(state="running")
    luck = random.Random(number)
    changes = [
        CellChange(id, cell, f"{luck.randint(7500, 8500) / 100:.2f}")
        for id in batch.participants.order_by("number").values_list("pk", flat=True)
        for cell in marking.CELLS
    ]
    save_marks(batch_id=batch.pk, changes=changes, by=build.SYSTEM, at=marking.AT)
    compute_grades(batch_id=batch.pk, by=build.SYSTEM, at=marking.AT)
    return batch


def _median(act: Callable[[], None], *, times: int) -> float:
    """CPU of this process and of the database's server; the wall depends on who else works."""
    server = server_clock()
    act()
    spent = []
    for _ in range(times):
        began = time.process_time() + server()
        act()
        spent.append(time.process_time() + server() - began)
    return statistics.median(spent)


if __name__ == "__main__":
    raise SystemExit(main())
