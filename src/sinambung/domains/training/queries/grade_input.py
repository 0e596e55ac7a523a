"""What an auditor takes away to compute a final grade again, without the database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sinambung.domains.training.models import Batch, Participant
from sinambung.domains.training.queries.mark_values import marks_to_grade
from sinambung.domains.training.queries.schemes import scheme_of
from sinambung.pure.rulebook.marks import MarkKey, plain


@dataclass(frozen=True, slots=True)
class GradeInput:
    """The input of `sinambung rule compute nilai-akhir`, and a name for its file."""

    file_name: str
    content: dict[str, Any]


def grade_input(person: Participant) -> GradeInput:
    """Return the edition, with the scheme that the batch is pinned to, and the stored marks.

    The scheme holds the local values that were adopted, so the file needs no local law and gives
    the same on every day. `access` gave the participant with batch and edition.
    """
    batch = person.batch
    marks = marks_to_grade(batch, scheme_of(batch), [person.pk]).get(person.pk, {})
    return GradeInput(
        file_name=input_file_name(person),
        content={
            "edition": _pinned_edition(batch),
            "marks": [_mark(key, mark) for key, mark in sorted(marks.items())],
        },
    )


def input_file_name(person: Participant) -> str:
    """Name the file by batch and place in the roster, never by NIP."""
    batch = person.batch
    kind = f"{batch.programme.code}-{batch.number}-{batch.year}".lower()
    return f"nilai-akhir-{kind}-peserta-{person.number or person.pk}.json"


def _pinned_edition(batch: Batch) -> dict[str, Any]:
    scheme = {key: value for key, value in batch.scheme.items() if key != "basis"}
    basis = [citation.to_mapping() for citation in scheme_of(batch).scheme.basis]
    return {**batch.edition.content, "assessment": scheme, "basis": basis}


def _mark(key: MarkKey, mark: Decimal) -> dict[str, str]:
    named = {name: text for name, text in key._asdict().items() if text}
    return {**named, "mark": plain(mark)}
