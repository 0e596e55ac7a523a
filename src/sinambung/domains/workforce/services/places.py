"""Units that a sheet names and that do not exist yet: created under their agency."""

from __future__ import annotations

import datetime as dt
import re

from django.conf import settings

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.models import Unit

_NUMBER = re.compile(r"(\d+)$")


class Places:
    """Finds or creates the unit of (government, agency, unit, SIASN id); remembers its answers."""

    def __init__(self, *, on: dt.date, by: Actor) -> None:
        self.on = on
        self.by = by
        self._known: dict[tuple[str, ...], str] = {}

    def unit_id(self, place: tuple[str, str, str, str]) -> str:
        """Return the id of the unit at a place; create what is missing on the way there."""
        if place not in self._known:
            self._known[place] = self._ensure(*place)
        return self._known[place]

    def _ensure(self, government: str, agency: str, unit: str, siasn_id: str) -> str:
        parent = self._agency(government, agency)
        if _same(unit, agency):
            return parent.pk
        within = Unit.objects.filter(path__startswith=parent.path, name__iexact=unit, until=None)
        found = within.order_by("path").first()
        return (found or self._add(unit, Unit.Kind.DIVISION, parent, siasn_id)).pk

    def _agency(self, government: str, name: str) -> Unit:
        found = (
            Unit.objects.filter(name__iexact=name, until=None)
            .exclude(kind=Unit.Kind.DIVISION)
            .order_by("path")
            .first()
        )
        return found or self._add(name, Unit.Kind.AGENCY, self._root(government))

    def _root(self, name: str) -> Unit:
        """Return the government of this name, else the only one, else make it."""
        roots = list(
            Unit.objects.filter(kind=Unit.Kind.GOVERNMENT, until=None).order_by("path")[:50]
        )
        named = [root for root in roots if _same(root.name, name)]
        if named or (len(roots) == 1 and not name):
            return (named or roots)[0]
        return self._add(name or settings.ENVIRONMENT.government, Unit.Kind.GOVERNMENT, None)

    def _add(self, name: str, kind: Unit.Kind, parent: Unit | None, siasn_id: str = "") -> Unit:
        return identity.add_unit(
            code=_next_code(parent),
            name=name,
            kind=kind,
            parent_id=parent.pk if parent else None,
            since=self.on,
            siasn_id=siasn_id,
            by=self.by,
        )


def _next_code(parent: Unit | None) -> str:
    """Return the first free code below a unit: 1, 1.01, 1.01.01."""
    siblings = Unit.objects.filter(parent=parent).values_list("code", flat=True)
    taken = {int(match[1]) for code in siblings if (match := _NUMBER.search(code))}
    number = max(taken, default=0) + 1
    while True:
        code = f"{parent.code}.{number:02}" if parent else str(number)
        if not Unit.objects.filter(code__iexact=code).exists():
            return code
        number += 1


def _same(first: str, second: str) -> bool:
    return " ".join(first.lower().split()) == " ".join(second.lower().split())
