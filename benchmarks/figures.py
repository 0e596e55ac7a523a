"""What a benchmark prints: a figure with its goal, and a peer's value where there is one."""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is good when it is at most `goal`. `peer` is (who, value) measured elsewhere."""

    name: str
    value: float
    unit: str
    goal: float
    peer: tuple[str, float] | None = None

    @property
    def ok(self) -> bool:
        return self.value <= self.goal

    def line(self) -> str:
        mark = "ok " if self.ok else "MISS"
        text = f"{mark:4} {self.name:58} {self.value:10.2f} {self.unit:4} goal {self.goal:g}"
        if self.peer:
            who, value = self.peer
            text += f"   {who} {value:g} ({value / self.value:.1f} times)" if self.value else ""
        return text


def show(figure: Figure) -> None:
    """Print one figure: a line, or a JSON object when JSON=1."""
    if os.environ.get("JSON") == "1":
        row = {
            "name": figure.name,
            "value": round(figure.value, 4),
            "unit": figure.unit,
            "goal": figure.goal,
            "ok": figure.ok,
        }
        print(json.dumps(row, ensure_ascii=False), flush=True)
    else:
        print(figure.line(), flush=True)


def cpu_seconds() -> float:
    """CPU of this process and of its finished children."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def server_seconds(folder: str) -> float:
    """CPU of a PostgreSQL server: of every process that works in its data folder."""
    nanoseconds = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str((process / "cwd").readlink()) == folder:
                nanoseconds += int((process / "schedstat").read_text().split()[0])
        except OSError:
            continue
    return nanoseconds / 1e9


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def median_cpu_ms(act: Callable[[], object], *, times: int = 100, warm: int = 10) -> float:
    """Return the median CPU milliseconds of this process for one call, after a warm-up."""
    for _ in range(warm):
        act()
    samples = []
    for _ in range(times):
        before = time.process_time()
        act()
        samples.append((time.process_time() - before) * 1000)
    return statistics.median(samples)


def note(text: str) -> None:
    """Say something beside the figures (to stderr, so that JSON lines stay clean)."""
    print(text, file=sys.stderr, flush=True)
