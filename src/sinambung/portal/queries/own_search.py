"""What a search finds of the actor's own: participations and certificates."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sinambung.domains.credentials import access as credentials
from sinambung.domains.training import access as training
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Hit


def search(actor: Actor, text: str, *, limit: int) -> list[Hit]:
    """Return the actor's own participations and certificates that hold the text in any part."""
    if not actor.id:
        return []
    sought = text.casefold()
    return [hit for hit in (*_participations(actor), *_certificates(actor)) if _fits(hit, sought)][
        :limit
    ]


def _participations(actor: Actor) -> list[Hit]:
    rows = training.own_participations(actor).order_by("-batch__starts_on", "id")
    found = rows.values_list("pk", "batch__name", "batch__year", "display_name")
    return [
        Hit(_("Pelatihan saya"), f"{name} {year}", f"/pelatihan/saya/{id}/", person)
        for id, name, year, person in found
    ]


def _certificates(actor: Actor) -> list[Hit]:
    rows = credentials.own_certificates(actor).order_by("-issued_on", "-id")
    found = rows.values_list("pk", "title", "holder_name", "number", "source__name")
    return [
        Hit(_("Sertifikat"), f"{title} {name}", f"/sertifikat/{id}/", f"{number or '–'}, {source}")
        for id, title, name, number, source in found
    ]


def _fits(hit: Hit, sought: str) -> bool:
    return sought in f"{hit.title} {hit.detail}".casefold()
