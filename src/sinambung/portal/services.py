"""What the portal starts: the check of the whole trail, as background work."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinambung.platform.audit import queries as trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Forbidden
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.jobs import services as jobs
from sinambung.platform.jobs.kinds import JobHandle
from sinambung.portal.trail import Trail

CHECK = "portal.check_trail"
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
    """Recompute every hash and say which entries were altered."""
    altered = []
    total = trail.count_entries()
    for done, (number, is_intact) in enumerate(trail.checked_entries(), start=1):
        if not is_intact:
            altered.append(number)
        if done % 5000 == 0:
            job.progress(done, max(total, done))
    job.progress(total, total)
    job.result(href="/jejak/", sentence=_verdict(total, altered))


def _verdict(total: int, altered: list[int]) -> str:
    if not altered:
        return ngettext(
            "%(total)d catatan diperiksa; semuanya utuh.",
            "%(total)d catatan diperiksa; semuanya utuh.",
            total,
        ) % {"total": total}
    numbers = ", ".join(str(number) for number in altered[:MOST_NAMED])
    more = _(" dan lainnya") if len(altered) > MOST_NAMED else ""
    return _(
        "%(count)d dari %(total)d catatan BERUBAH setelah ditulis: nomor %(numbers)s%(more)s. "
        "Hubungi petugas keamanan dan bandingkan dengan cadangan."
    ) % {"count": len(altered), "total": total, "numbers": numbers, "more": more}
