"""Pinning a batch to its edition, completed by the local values confirmed by its first day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import Batch, BatchState, ProgrammeEdition
from sinambung.domains.training.services.subjects import batch_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.aggregates import save_changed
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.regulation.queries import completed_scheme

PINNED = ("basis", "curriculum", "certificate")


class SchemeIsLocked(Refused):
    message = _(
        "Nilai pertama sudah disimpan, sehingga skema penilaian angkatan ini tidak berubah lagi."
    )


class NothingToAdopt(Refused):
    message = _("Tidak ada nilai setempat yang baru untuk angkatan ini.")


def pin(batch: Batch, edition: ProgrammeEdition, *, on: dt.date) -> None:
    """Freeze on the batch what its edition says on a day, without saving it."""
    content = completed_scheme(edition_key=edition.key, mapping=edition.content, on=on)
    batch.scheme = {**content["assessment"], "basis": content["basis"]}
    batch.pinned = {key: content[key] for key in PINNED if content[key] != edition.content[key]}


@transaction.atomic
def adopt_local_values(*, batch_id: str, version: int | None, by: Actor) -> Batch:
    """Pin a batch anew, with local values confirmed since; refused once a mark is stored."""
    batch = Batch.objects.select_related("edition").locked(batch_id, version=version)
    if batch.scheme_locked_at or batch.state not in (BatchState.PREPARING, BatchState.RUNNING):
        raise SchemeIsLocked
    before = (batch.scheme, batch.pinned)
    pin(batch, batch.edition, on=batch.starts_on)
    if before == (batch.scheme, batch.pinned):
        raise NothingToAdopt
    save_changed(batch, ["scheme", "pinned"])
    audit.record(Trail.LOCAL_VALUES_ADOPTED, batch_subject(batch), by=by)
    return batch
