"""What the pages of one batch share: the way there and the tabs. Each app part appends its tab."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.capabilities import Capability

Tab = tuple[str, str]
MOST_ROWS = 500


def batch_frame(batch: Any, *, actor: Actor, current: str, title: str = "") -> dict[str, Any]:
    """Return `crumbs`, `tabs` and `current` for a page of a batch; `current` is a tab's word."""
    root = f"/pelatihan/angkatan/{batch.pk}/"
    crumbs = [(_("Angkatan"), "/pelatihan/angkatan/")]
    crumbs += [(batch.name, root), (title, "")] if title else [(batch.name, "")]
    return {
        "crumbs": crumbs,
        "tabs": [(text, f"{root}{word}") for word, text in _tabs(actor)],
        "current": f"{root}{current}",
        "root": root,
        "may_manage": actor.may(Capability.MANAGE_BATCHES),
        "may_verify": actor.may(Capability.VERIFY_DOCUMENTS),
    }


def _tabs(actor: Actor) -> list[Tab]:
    tabs = [("", _("Ringkasan")), ("peserta/", _("Peserta"))]
    if actor.may(Capability.VERIFY_DOCUMENTS):
        tabs.append(("berkas/", _("Berkas")))
    tabs += [("kelompok/", _("Kelompok")), ("penugasan/", _("Pendamping"))]
    tabs += [("kehadiran/", _("Kehadiran")), ("nilai/", _("Nilai")), ("rapat/", _("Rapat"))]
    tabs.append(("sertifikat/", _("Sertifikat")))
    return tabs


def posted_rows(request: Request, name: str = "row") -> list[str]:
    """Return the ticked identifiers, each once."""
    ids = list(dict.fromkeys(request.POST.getlist(name)))
    if len(ids) > MOST_ROWS or any("\x00" in id or len(id) > 26 for id in ids):
        raise NotFound
    return ids
