"""How accounts and units are named on the trail."""

from __future__ import annotations

from sinambung.platform.audit.services import Subject
from sinambung.platform.identity.models import Unit, User


def user_subject(user: User) -> Subject:
    return Subject(kind="user", id=user.pk, name=user.name)


def unit_subject(unit: Unit) -> Subject:
    return Subject(kind="unit", id=unit.pk, name=unit.name)
