"""What waits for those who keep the installation running."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Task
from sinambung.platform.jobs import access as jobs


def tasks_for(actor: Actor, *, on: dt.date) -> list[Task]:
    """Return one task for the background work of the last week that failed, if there is any."""
    since = dt.datetime.combine(on - dt.timedelta(days=7), dt.time(), tzinfo=dt.UTC)
    failed = jobs.jobs_visible_to(actor).filter(state="failed", finished_at__gte=since).count()
    if not failed:
        return []
    reason = ngettext(
        "%(count)d pekerjaan latar gagal dalam tujuh hari terakhir.",
        "%(count)d pekerjaan latar gagal dalam tujuh hari terakhir.",
        failed,
    )
    title = _("Periksa pekerjaan yang gagal")
    return [Task(title, "/pekerjaan/?keadaan=failed", reason % {"count": failed})]
