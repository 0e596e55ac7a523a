"""The background job of an import: queued, or run at once."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.platform.exchange.models import Import, State
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.jobs import queries as job_queries
from sinambung.platform.jobs import services as jobs


class StillRunning(Refused):
    message = gettext_lazy("Impor ini masih berjalan. Tunggu sampai selesai atau hentikan dulu.")


def queue_work(row: Import, *, by: Actor) -> str:
    """Put the work that the state of an import asks for into the queue; return the job's id."""
    order = _order(row)
    return jobs.start(
        kind=order.kind, title=order.title, payload=order.payload, total=order.total, by=by
    ).pk


def work_now(row: Import, *, by: Actor) -> Import:
    """Do that work in this process; return the import as it stands after it."""
    order = _order(row)
    job = jobs.start(
        kind=order.kind,
        title=order.title,
        payload=order.payload,
        total=order.total,
        by=by,
        inline=True,
    )
    Import.objects.filter(pk=row.pk).update(job_id=job.pk)
    return Import.objects.get(pk=row.pk)


def refuse_while_running(row: Import) -> None:
    """Raise `StillRunning` while the job of this import has not ended."""
    progress = job_queries.latest_progress(row.job_id, at=clock.now())
    if progress and not progress.is_finished:
        raise StillRunning


class _Order(NamedTuple):
    kind: str
    title: str
    payload: dict[str, str]
    total: int


def _order(row: Import) -> _Order:
    kind, title, total = {
        State.CHECKING.value: ("exchange.stage", _("Memeriksa %(file)s"), 0),
        State.APPLYING.value: ("exchange.apply", _("Menerapkan impor %(file)s"), row.chosen_rows),
        State.UNDOING.value: ("exchange.undo", _("Membatalkan impor %(file)s"), row.applied_rows),
    }[row.state]
    return _Order(kind, title % {"file": row.file_name}, {"import_id": row.pk}, total)
