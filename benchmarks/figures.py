"""What a benchmark prints: a figure with its goal, a bound of the same run, and a peer."""

from __future__ import annotations

import json
import math
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
    """`value` is good when it is at most `goal`.

    `peer` is (who, value) measured elsewhere. `bound` is (what, value) measured in the same run
    by the least work that could do it, so that a busy machine slows both and the ratio stays.
    """

    name: str
    value: float
    unit: str
    goal: float
    peer: tuple[str, float] | None = None
    bound: tuple[str, float] | None = None

    @property
    def ok(self) -> bool:
        return self.value <= self.goal

    @property
    def to_goal(self) -> float | None:
        """How much of the goal is used: 1 is just good enough."""
        return self.value / self.goal if self.goal else None

    @property
    def to_bound(self) -> float | None:
        """How many times the least work that could do it."""
        return self.value / self.bound[1] if self.bound and self.bound[1] else None

    @property
    def peer_to(self) -> float | None:
        """How many times as much the peer takes."""
        return self.peer[1] / self.value if self.peer and self.value else None

    def line(self) -> str:
        mark = "ok" if self.ok else "MISS"
        text = f"{mark:4} {self.name:58} {self.value:10.2f} {self.unit:4} goal {self.goal:g}"
        if self.to_goal is not None:
            text += f" ({self.to_goal:.2f} of it)"
        if self.bound and self.to_bound is not None:
            text += f"   {self.to_bound:.1f} times {self.bound[0]} ({self.bound[1]:.3g})"
        if self.peer and self.peer_to is not None:
            text += f"   {self.peer[0]} {self.peer[1]:g} ({self.peer_to:.1f} times)"
        return text

    def as_json(self) -> dict[str, object]:
        """Return name, value, unit, goal, ok; ratios, bound and peer where there are any."""
        row: dict[str, object] = {
            "name": self.name,
            "value": round(self.value, 4) if math.isfinite(self.value) else None,
            "unit": self.unit,
            "goal": self.goal,
            "ok": self.ok,
        }
        for key, ratio in (
            ("to_goal", self.to_goal),
            ("to_bound", self.to_bound),
            ("peer_to", self.peer_to),
        ):
            if ratio is not None and math.isfinite(ratio):
                row[key] = round(ratio, 3)
        for key, other in (("bound", self.bound), ("peer", self.peer)):
            if other:
                row[key] = {"name": other[0], "value": round(other[1], 4)}
        return row


def show(figure: Figure) -> None:
    """Print one figure: a line, or a JSON object when JSON=1."""
    if os.environ.get("JSON") == "1":
        print(json.dumps(figure.as_json(), ensure_ascii=False), flush=True)
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
