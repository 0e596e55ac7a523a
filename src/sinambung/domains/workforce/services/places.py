"""Units that a sheet names and that do not exist yet: created under their agency."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.conf import settings

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.models import Unit

_NUMBER = re.compile(r"(\d+)$")


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    code: str
    name: str
    path: str
    kind: str
    parent_id: str | None


class Places:
    """Finds or creates the unit of (government, agency, unit, SIASN id).

    It reads the open units once and remembers those it adds.
    """

    def __init__(self, *, on: dt.date, by: Actor, import_id: str) -> None:
        self.on = on
        self.by = by
        self.import_id = import_id
        self._answers: dict[tuple[str, ...], str] = {}
        rows = Unit.objects.order_by("path").values_list(
            "id", "code", "name", "path", "kind", "parent_id", "until"
        )
        known = list(rows)
        self._units = [_Known(*row[:6]) for row in known if row[6] is None]
        self._codes = {row[1].lower() for row in known}

    def unit_id(self, place: tuple[str, str, str, str]) -> str:
        """Return the id of the unit at a place; create what is missing on the way there."""
        if place not in self._answers:
            self._answers[place] = self._ensure(*place)
        return self._answers[place]

    def _ensure(self, government: str, agency: str, unit: str, siasn_id: str) -> str:
        parent = self._agency(government, agency)
        if _plain(unit) == _plain(agency):
            return parent.id
        for known in self._units:
            if known.path.startswith(parent.path) and _plain(known.name) == _plain(unit):
                return known.id
        return self._add(unit, Unit.Kind.DIVISION, parent, siasn_id).id

    def _agency(self, government: str, name: str) -> _Known:
        for known in self._units:
            if known.kind != Unit.Kind.DIVISION and _plain(known.name) == _plain(name):
                return known
        return self._add(name, Unit.Kind.AGENCY, self._root(government))

    def _root(self, name: str) -> _Known:
        """Return the government of this name, else the only one, else make it."""
        roots = [known for known in self._units if known.kind == Unit.Kind.GOVERNMENT]
        named = [root for root in roots if _plain(root.name) == _plain(name)]
        if named or (len(roots) == 1 and not name):
            return (named or roots)[0]
        return self._add(name or settings.ENVIRONMENT.government, Unit.Kind.GOVERNMENT, None)

    def _add(self, name: str, kind: Unit.Kind, parent: _Known | None, siasn_id: str = "") -> _Known:
        unit = identity.add_unit(
            code=self._next_code(parent),
            name=name,
            kind=kind,
            parent_id=parent.id if parent else None,
            since=self.on,
            siasn_id=siasn_id,
            by=self.by,
            context_id=self.import_id,
        )
        known = _Known(unit.pk, unit.code, unit.name, unit.path, unit.kind, unit.parent_id)
        self._units.append(known)
        self._codes.add(unit.code.lower())
        return known

    def _next_code(self, parent: _Known | None) -> str:
        """Return the first free code below a unit: 1, 1.01, 1.01.01."""
        parent_id = parent.id if parent else None
        siblings = [known.code for known in self._units if known.parent_id == parent_id]
        taken = {int(match[1]) for code in siblings if (match := _NUMBER.search(code))}
        number = max(taken, default=0) + 1
        while (code := _code(parent, number)).lower() in self._codes:
            number += 1
        return code


def _code(parent: _Known | None, number: int) -> str:
    return f"{parent.code}.{number:02}" if parent else str(number)


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
