"""What the portal starts: the check of the whole trail, as background work."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sinambung.platform.audit import queries as trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Forbidden
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.jobs import services as jobs
from sinambung.platform.jobs.kinds import JobHandle
from sinambung.portal.trail import CHECK, Trail

MOST_NAMED = 20


@transaction.atomic
def check_trail(*, by: Actor) -> str:
    """Start the check of every entry's own hash; return the address of the job."""
    if by.paths(Capability.VIEW_TRAIL) is not None:
        raise Forbidden
    title = _("Periksa keutuhan jejak")
    job = jobs.start(kind=CHECK, title=title, payload={}, by=by)
    audit.record(Trail.CHECK_STARTED, audit.Subject(kind="trail", id="", name=_("jejak")), by=by)
    return f"/pekerjaan/{job.pk}/"


def run_check(job: JobHandle) -> None:
    """Recompute every hash and every seal and say what was altered."""
    total = trail.count_entries()
    found = trail.examine(progress=lambda done: job.progress(done, max(total, done)))
    job.progress(found.entries, found.entries)
    job.result(href="/jejak/", sentence=_verdict(found))


def _verdict(found: trail.Examination) -> str:
    if found.is_intact:
        return _(
            "%(entries)d catatan dan %(seals)d segel diperiksa; semuanya utuh. Segel terakhir: "
            "%(last)s."
        ) % {"entries": found.entries, "seals": found.seals, "last": found.last_seal or "–"}
    sentences = [fault.sentence for fault in found.faults[:MOST_NAMED]]
    more = [_("Masih ada temuan lain.")] if len(found.faults) > MOST_NAMED else []
    return " ".join(
        [
            _("Jejak TIDAK utuh."),
            *sentences,
            *more,
            _("Hubungi petugas keamanan dan bandingkan dengan cadangan."),
        ]
    )
