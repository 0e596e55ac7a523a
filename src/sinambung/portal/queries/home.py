"""The home page: what waits for the actor, grouped by when it ends, and what runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.clock import WIB
from sinambung.platform.foundation.desk import Card, Task
from sinambung.portal.queries import sources

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks that end in the same stretch of time: `late`, `today`, `week` or `later`."""

    key: str
    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """`is_work` is true for people with a role; others get the page of a participant."""

    on: dt.date
    is_work: bool
    heading: str
    lead: str
    groups: tuple[TaskGroup, ...]
    count: int
    cards: tuple[Card, ...]
    figures: tuple[Figure, ...]

    @property
    def tasks(self) -> list[Task]:
        return [task for group in self.groups for task in group.tasks]


def home_page(actor: Actor, *, at: dt.datetime, zone: ZoneInfo = WIB) -> HomePage:
    """Return the home of an actor at a moment."""
    here = at.astimezone(zone)
    on = here.date()
    tasks = [task for source in sources.TASKS for task in source(actor, on=on)]
    cards = tuple(card for source in sources.CARDS for card in source(actor, on=on))
    groups = grouped(tasks, on=on)
    is_work = bool(actor.roles)
    return HomePage(
        on=on,
        is_work=is_work,
        heading=_("Yang menunggu Anda hari ini") if is_work else _greeting(actor, here),
        lead=_lead(tasks, groups),
        groups=groups,
        count=len(tasks),
        cards=cards,
        figures=_figures(tasks, cards, groups, on=on) if is_work else (),
    )


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


def _lead(tasks: Sequence[Task], groups: Sequence[TaskGroup]) -> str:
    if not tasks:
        return _("Tidak ada yang menunggu. Pekerjaan baru muncul di sini dengan sendirinya.")
    all_of_them = ngettext("%(count)d tugas", "%(count)d tugas", len(tasks)) % {"count": len(tasks)}
    urgent = sum(len(group.tasks) for group in groups if group.key in ("late", "today"))
    if not urgent:
        return _("%(tasks)s; tidak ada yang berakhir hari ini.") % {"tasks": all_of_them}
    return _("%(tasks)s, %(urgent)d di antaranya berakhir hari ini atau sudah lewat.") % {
        "tasks": all_of_them,
        "urgent": urgent,
    }


def _greeting(actor: Actor, here: dt.datetime) -> str:
    words = [word for word in actor.name.split(",")[0].split() if not word.endswith(".")]
    name = words[0] if words else actor.name
    if here.hour < 11:
        return _("Selamat pagi, %(name)s") % {"name": name}
    if here.hour < 15:
        return _("Selamat siang, %(name)s") % {"name": name}
    if here.hour < 18:
        return _("Selamat sore, %(name)s") % {"name": name}
    return _("Selamat malam, %(name)s") % {"name": name}


def _figures(
    tasks: Sequence[Task],
    cards: Sequence[Card],
    groups: Sequence[TaskGroup],
    *,
    on: dt.date,
) -> tuple[Figure, ...]:
    counts = {group.key: len(group.tasks) for group in groups}
    coming = [task.due for task in tasks if task.due and task.due >= on]
    days = str((min(coming) - on).days) if coming else "–"
    today = counts.get("today", 0) + counts.get("late", 0)
    return (
        Figure(_("Berakhir hari ini"), str(today), _("tugas"), _("Termasuk yang sudah lewat")),
        Figure(_("Minggu ini"), str(counts.get("week", 0)), _("tugas"), _("Dalam tujuh hari")),
        Figure(_("Tenggat terdekat"), days, _("hari") if coming else "", _("Dari tugas Anda")),
        Figure(_("Angkatan berjalan"), str(len(cards)), _("angkatan"), _("Dalam jangkauan Anda")),
    )
