"""Nobody decides about their own participation."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import Participant
from sinambung.domains.workforce import queries as workforce
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Refused


class OwnParticipation(Refused):
    code = "own_participation"
    message = _("Anda sendiri peserta yang dipilih. Orang lain yang berwenang harus melakukannya.")


def own_employee_id(by: Actor) -> str:
    """Return the id of the employee that the actor is, empty for other people."""
    return workforce.employee_id_of_account(by.id) if by.id else ""


def refuse_own_participation(rows: Iterable[Participant], by: Actor) -> None:
    """Refuse when one of the participants is the actor."""
    own = own_employee_id(by)
    if own and any(row.employee_id == own for row in rows):
        raise OwnParticipation
