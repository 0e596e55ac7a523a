"""What the homes of a leader and of an auditor tell: how things stand, where nobody asks them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinambung.domains.training import queries as training
from sinambung.platform.audit import queries as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Task
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.jobs import queries as jobs
from sinambung.platform.ui.templatetags.ui import long_date, moment
from sinambung.portal.queries.figures import Figure
from sinambung.portal.trail import CHECK

ACTS = (
    Capability.GRADE,
    Capability.DECIDE_GRADUATION,
    Capability.MANAGE_ACCOUNTS,
    Capability.MANAGE_BATCHES,
    Capability.NOMINATE,
)
RECENT = dt.timedelta(days=30)
MOST_NAMED = 3


def is_watching(actor: Actor) -> bool:
    """Whether an actor watches over batches and does nothing in them."""
    return actor.may(Capability.VIEW_BATCHES) and not any(map(actor.may, ACTS))


def is_auditing(actor: Actor) -> bool:
    return is_watching(actor) and actor.may(Capability.VIEW_TRAIL)


def figures_of_leader(actor: Actor, *, on: dt.date) -> tuple[Figure, ...]:
    """Return batches by state and the rate of graduation of this year."""
    states = training.batches_by_state(actor)
    found = training.outcomes_of(actor, year=on.year)
    rate = round(100 * found.passed / found.decided) if found.decided else 0
    note = _("%(passed)d dari %(decided)d orang, angkatan tahun %(year)d") % {
        "passed": found.passed,
        "decided": found.decided,
        "year": found.year,
    }
    closing = states.get("marks_closed", 0) + states.get("decided", 0)
    unit = _("angkatan")
    return (
        Figure(
            _("Kelulusan"), rate, "%", note if found.decided else _("Belum ada yang ditetapkan")
        ),
        Figure(_("Angkatan berjalan"), states.get("running", 0), unit, _preparing(states)),
        Figure(_("Menuju kelulusan"), closing, unit, _("Nilai ditutup atau kelulusan ditetapkan")),
        Figure(_("Angkatan selesai"), states.get("finished", 0), unit, _("Semua tahun")),
    )


def longest_waiting(actor: Actor) -> Iterator[Task]:
    """Yield the documents and marks that wait longest in the leader's batches."""
    for row in training.longest_waiting(actor):
        address = f"/pelatihan/angkatan/{row.batch_id}/"
        facts = {"count": row.count, "since": long_date(row.since)}
        if row.kind == "documents":
            reason = ngettext(
                "%(count)d berkas belum diperiksa, yang terlama sejak %(since)s.",
                "%(count)d berkas belum diperiksa, yang terlama sejak %(since)s.",
                row.count,
            )
        else:
            reason = ngettext(
                "%(count)d penilaian ulang belum selesai, yang terlama sejak %(since)s.",
                "%(count)d penilaian ulang belum selesai, yang terlama sejak %(since)s.",
                row.count,
            )
        yield Task(row.batch_name, address, reason % facts)


def audit_state(actor: Actor, *, at: dt.datetime) -> Iterator[Task]:
    """Yield the state of the trail, unverified values in use, and changes after closing."""
    checked = jobs.latest_finished(CHECK)
    sealed = audit.latest_seal_at()
    seal = _("Segel terakhir %(moment)s.") % {"moment": moment(sealed)} if sealed else ""
    if checked is None:
        verdict = _("Belum pernah diperiksa.")
    else:
        verdict = f"{moment(checked.finished_at)}: {checked.sentence}"
    everywhere = actor.paths(Capability.VIEW_TRAIL) is None
    address = "/jejak/periksa/" if everywhere else "/jejak/"
    yield Task(_("Keutuhan jejak"), address, f"{verdict} {seal}".strip())
    yield _changes(actor, at)
    for row in training.unverified_in_use(actor)[:MOST_NAMED]:
        reason = ngettext(
            "Memakai %(count)d nilai bawaan yang belum diverifikasi.",
            "Memakai %(count)d nilai bawaan yang belum diverifikasi.",
            row.count,
        )
        address = f"/pelatihan/angkatan/{row.batch_id}/"
        yield Task(row.batch_name, address, reason % {"count": row.count})


def _changes(actor: Actor, at: dt.datetime) -> Task:
    since = at - RECENT
    changes = training.changes_after_closing(actor, since=since)
    reason = ngettext(
        "%(count)d nilai diubah setelah ditutup dalam 30 hari terakhir.",
        "%(count)d nilai diubah setelah ditutup dalam 30 hari terakhir.",
        changes,
    )
    address = f"/jejak/?tindakan=training.mark_change_confirmed&sejak={since.date().isoformat()}"
    return Task(_("Perubahan setelah nilai ditutup"), address, reason % {"count": changes})


def _preparing(states: dict[str, int]) -> str:
    return _("%(count)d dalam persiapan") % {"count": states.get("preparing", 0)}
