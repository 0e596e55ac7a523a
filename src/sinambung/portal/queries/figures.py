"""The numbers at the top of a home, each within the reach of the one who looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinambung.domains.credentials import access as credentials
from sinambung.domains.training import access as training
from sinambung.domains.training.queries import running_batches
from sinambung.domains.workforce import access as workforce
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Hit
from sinambung.platform.foundation.paging import counted
from sinambung.platform.identity.capabilities import Capability
from sinambung.portal.queries.groups import TaskGroup

MOST = 4


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: int
    unit: str
    note: str


def figures_for(actor: Actor, groups: Sequence[TaskGroup], *, on: dt.date) -> tuple[Figure, ...]:
    """Return at most four numbers that fit what the actor may see."""
    found = [_urgent(groups)]
    if actor.may(Capability.VIEW_BATCHES):
        running = running_batches(actor)
        found.append(
            Figure(_("Angkatan berjalan"), running, _("angkatan"), _("Dalam jangkauan Anda"))
        )
    if actor.may(Capability.NOMINATE) and not actor.may(Capability.MANAGE_BATCHES):
        inviting = training.batches_open_for_nomination(actor).count()
        found.append(
            Figure(_("Menerima usulan"), inviting, _("angkatan"), _("Peserta dapat diusulkan"))
        )
    if actor.may(Capability.VIEW_CERTIFICATES):
        found.append(_issued(actor, on))
    if actor.may(Capability.VIEW_EMPLOYEES):
        people = counted(workforce.employees_visible_to(actor))
        found.append(Figure(_("Pegawai"), people, _("orang"), _("Di unit Anda")))
    return tuple(found[:MOST])


def own_certificates(actor: Actor) -> tuple[Hit, ...]:
    """Return the actor's certificates, the newest first."""
    rows = credentials.own_certificates(actor).order_by("-issued_on", "-id")
    found = rows.values_list("pk", "title", "number", "source__name")[:3]
    return tuple(
        Hit(_("Sertifikat"), f"{title} {source}", f"/sertifikat/{id}/", number or "")
        for id, title, number, source in found
    )


def _urgent(groups: Sequence[TaskGroup]) -> Figure:
    counts = {group.key: len(group.tasks) for group in groups}
    urgent = counts.get("today", 0) + counts.get("late", 0)
    week = _("%(count)d lagi minggu ini") % {"count": counts.get("week", 0)}
    return Figure(_("Berakhir hari ini"), urgent, _("tugas"), week)


def _issued(actor: Actor, on: dt.date) -> Figure:
    rows = credentials.certificates_of_units(actor)
    count = counted(rows.filter(issued_on__year=on.year).exclude(file_id=""))
    note = _("Tahun %(year)d") % {"year": on.year}
    return Figure(_("Sertifikat terbit"), count, _("lembar"), note)
