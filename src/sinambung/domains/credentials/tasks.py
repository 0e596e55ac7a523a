"""Background work of credentials: each makes one service call."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sinambung.domains.credentials import services
from sinambung.platform.foundation import clock
from sinambung.platform.jobs.kinds import JobHandle, Payload


def issue(job: JobHandle, payload: Payload) -> None:
    """Number, typeset and sign what waits in a source."""
    source_id = str(payload["source"])
    count = services.finish_certificates(
        source_id=source_id, by=job.by, at=clock.now(), tell=job.progress
    )
    services.make_bundle(source_id=source_id, by=job.by, at=clock.now())
    job.result(
        href=f"/sertifikat/sumber/{source_id}/",
        sentence=_("%(count)s sertifikat diterbitkan.") % {"count": count},
    )


def bundle(job: JobHandle, payload: Payload) -> None:
    """Make archive and print copy of a source."""
    source_id = str(payload["source"])
    services.make_bundle(source_id=source_id, by=job.by, at=clock.now(), tell=job.progress)
    job.result(
        href=f"/sertifikat/sumber/{source_id}/", sentence=_("Unduhan sertifikat sudah siap.")
    )
