"""A province for benchmarks: written straight into the tables, because only its size matters."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.figures import note

if TYPE_CHECKING:
    from benchmarks.province.ground import Staff


@dataclass(frozen=True, slots=True)
class Province:
    """`marked` are the ids of batches with ten marks and a final grade for everybody."""

    people: int
    staff: Staff
    batch_ids: list[str]
    marked: list[str]
    certified: int


def build_province(*, people: int) -> Province:
    """Fill an empty, migrated database: a batch of 40 for every 40 people, a fifth of the batches
    with marks, three in ten with certificates."""
    # Django must be set up before models can be imported.
    from benchmarks.province import ground, papers, training

    began = time.process_time()
    units = ground.add_units()
    staff = ground.add_staff(units)
    employees = ground.add_people(units, staff, people=people)
    batch_ids = training.add_batches(units, staff, employees)
    marked = batch_ids[-max(len(batch_ids) // 5, 60) :]
    training.add_marks(marked, staff)
    certified = papers.add_certificates(batch_ids[: len(batch_ids) * 3 // 10])
    papers.add_work(staff, batch_ids[0])
    ground.analyse()
    note(f"a province of {people} people in {time.process_time() - began:.0f} s of CPU")
    return Province(people, staff, batch_ids, marked, certified)
