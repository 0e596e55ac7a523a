"""Requirements that contradict what the system itself recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import Participant
from sinambung.domains.training.queries.passed_before import passed_before
from sinambung.platform.foundation.errors import Invalid
from sinambung.pure.rulebook.programmes import EligibilityItem


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A participant for whom a requirement was not confirmed, and the pass that speaks against."""

    name: str
    passed: str


class ContradictionNeedsReason(Invalid):
    def __init__(self, passed: str) -> None:
        super().__init__(
            _("Sistem mencatat: lulus %(passed)s. Tulis alasan persyaratan ini tetap terpenuhi."),
            field="reason",
            passed=passed,
        )


def split_by_record(
    rows: Sequence[Participant], item: EligibilityItem, *, alone: bool, reason: str
) -> tuple[list[Participant], list[Contradicted]]:
    """Return whom the requirement may be confirmed for, and whom the records contradict.

    Somebody chosen `alone` is confirmed against the records with a reason only.
    """
    if not item.asks_not_passed or not rows:
        return list(rows), []
    passed = passed_before(rows[0].batch_id, nips=[row.nip for row in rows])
    if alone:
        if rows[0].nip in passed and not reason.strip():
            raise ContradictionNeedsReason(passed[rows[0].nip])
        return list(rows), []
    left_out = [
        Contradicted(row.display_name, passed[row.nip]) for row in rows if row.nip in passed
    ]
    return [row for row in rows if row.nip not in passed], left_out
