"""Telling people inside the product what was decided about them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as say

from sinambung.domains.training.models import Batch, Participant
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.notices.services import notify


def tell_accepted(batch: Batch, rows: Sequence[Participant], *, by: Actor) -> None:
    """Tell accepted people that they take part."""
    text = say("Anda ditetapkan sebagai peserta %(batch)s.") % {"batch": batch.name}
    _tell(rows, text, by=by)


def tell_rejected(batch: Batch, rows: Sequence[Participant], *, reason: str, by: Actor) -> None:
    """Tell nominated people that they do not take part, and why."""
    facts = {"batch": batch.name, "reason": reason}
    _tell(rows, say("Usulan Anda untuk %(batch)s ditolak: %(reason)s") % facts, by=by)


def tell_returned(row: Participant, *, item: str, note: str, by: Actor) -> None:
    """Tell a participant which file came back and what to change."""
    text = say("%(item)s dikembalikan: %(note)s") % {"item": item, "note": note}
    _tell([row], text, by=by, page="berkas/")


def tell_assigned(batch: Batch, *, person_id: str, role: str, count: int, by: Actor) -> None:
    """Tell a coach, mentor or examiner whom they were given."""
    text = say("Anda ditunjuk sebagai %(role)s untuk %(count)s peserta %(batch)s.")
    facts = {"role": role, "count": count, "batch": batch.name}
    notify(user_ids=[person_id], text=text % facts, link="/pelatihan/menilai/", by=by)


def _tell(rows: Sequence[Participant], text: str, *, by: Actor, page: str = "") -> None:
    ids = [row.pk for row in rows]
    accounts = Participant.objects.filter(pk__in=ids, employee__account__isnull=False)
    for participant_id, account_id in accounts.order_by("number").values_list(
        "id", "employee__account"
    ):
        link = f"/pelatihan/saya/{participant_id}/{page}"
        notify(user_ids=[account_id], text=text, link=link, by=by)
