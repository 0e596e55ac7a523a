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
from sinambung.platform.foundation.desk import Card, Hit, Task
from sinambung.portal.queries import sources, watching
from sinambung.portal.queries.figures import Figure, figures_for, own_certificates
from sinambung.portal.queries.groups import TaskGroup, grouped


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
    certificates: tuple[Hit, ...]
    watched: tuple[Task, ...] = ()
    watched_title: str = ""

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
    watched, watched_title = _watched(actor, at=at)
    return HomePage(
        on=on,
        is_work=is_work,
        heading=_("Yang menunggu Anda hari ini") if is_work else _greeting(actor, here),
        lead=_lead(tasks, groups),
        groups=groups,
        count=len(tasks),
        cards=cards,
        figures=_figures(actor, groups, on=on) if is_work else (),
        certificates=() if is_work else own_certificates(actor),
        watched=watched,
        watched_title=watched_title,
    )


def _figures(actor: Actor, groups: Sequence[TaskGroup], *, on: dt.date) -> tuple[Figure, ...]:
    if watching.is_watching(actor) and not watching.is_auditing(actor):
        return watching.figures_of_leader(actor, on=on)
    return figures_for(actor, groups, on=on)


def _watched(actor: Actor, *, at: dt.datetime) -> tuple[tuple[Task, ...], str]:
    if watching.is_auditing(actor):
        return tuple(watching.audit_state(actor, at=at)), _("Keadaan pengawasan")
    if watching.is_watching(actor):
        return tuple(watching.longest_waiting(actor)), _("Terlama belum selesai di angkatan")
    return (), ""


def _lead(tasks: Sequence[Task], groups: Sequence[TaskGroup]) -> str:
    if not tasks:
        return _("Tidak ada yang menunggu. Pekerjaan baru muncul di sini dengan sendirinya.")
    all_of_them = ngettext("%(count)d tugas", "%(count)d tugas", len(tasks)) % {"count": len(tasks)}
    urgent = sum(len(group.tasks) for group in groups if group.key in ("late", "today"))
    if urgent == len(tasks):
        return _("%(tasks)s; berakhir hari ini atau sudah lewat.") % {"tasks": all_of_them}
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
