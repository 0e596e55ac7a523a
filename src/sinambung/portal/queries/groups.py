"""Tasks grouped by when they end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinambung.platform.foundation.desk import Task

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks that end in the same stretch of time: `late`, `today`, `week` or `later`."""

    key: str
    title: str
    tasks: tuple[Task, ...]


def grouped(tasks: Sequence[Task], *, on: dt.date) -> tuple[TaskGroup, ...]:
    """Group tasks by when they end, the most urgent first; groups without tasks are left out."""
    titles = {
        "late": _("Lewat tenggat"),
        "today": _("Berakhir hari ini"),
        "week": _("Minggu ini"),
        "later": _("Setelah itu"),
    }
    found: dict[str, list[Task]] = {key: [] for key in titles}
    for task in sorted(tasks, key=lambda task: (task.due or dt.date.max, task.title)):
        found[_group_of(task, on)].append(task)
    return tuple(TaskGroup(key, titles[key], tuple(rows)) for key, rows in found.items() if rows)


def _group_of(task: Task, on: dt.date) -> str:
    if task.due is None or task.due > on + WEEK:
        return "later"
    if task.due < on:
        return "late"
    return "today" if task.due == on else "week"
