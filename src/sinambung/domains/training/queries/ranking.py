"""The ranking of a batch from its stored final grades, with the tie-breaks its scheme declares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sinambung.domains.training.models import Batch, FinalGrade
from sinambung.domains.training.queries.schemes import scheme_of
from sinambung.pure.rulebook.citations import Citation
from sinambung.pure.rulebook.grades import FinalGrade as Grade
from sinambung.pure.rulebook.programmes.values import AssessmentScheme
from sinambung.pure.rulebook.ranking import Ranking
from sinambung.pure.rulebook.ranking import ranking as rank


@dataclass(frozen=True, slots=True)
class RankedPerson:
    place: int
    participant_id: str
    number: int
    display_name: str
    nip: str
    unit_name: str
    shown: Decimal
    distinction: str
    is_shared: bool
    decided_by: str


@dataclass(frozen=True, slots=True)
class RankingPage:
    """`tie_breaks` are the names of what decides between equal grades, in order."""

    batch: Batch
    rows: tuple[RankedPerson, ...]
    without_place: int
    tie_breaks: tuple[str, ...]
    basis: tuple[Citation, ...]
    is_verified: bool


def ranking_of(batch_id: str) -> RankingPage:
    """Return the participants who pass, best first; equal ones share a place."""
    batch = Batch.objects.select_related("edition", "programme").get(pk=batch_id)
    scheme = scheme_of(batch).scheme
    stored = {
        row.participant_id: row
        for row in FinalGrade.objects.filter(participant__batch=batch)
        .select_related("participant")
        .defer("working", "basis", "withheld")
        .order_by("participant__number")
    }
    result = _ranking(stored, scheme)
    rows = []
    for place in result.places:
        grade = stored[place.participant]
        person = grade.participant
        rows.append(
            RankedPerson(
                place=place.rank,
                participant_id=person.pk,
                number=person.number,
                display_name=person.display_name,
                nip=person.nip,
                unit_name=person.unit_name,
                shown=grade.shown or Decimal(0),
                distinction=grade.distinction,
                is_shared=place.shared,
                decided_by=place.decided_by,
            )
        )
    return RankingPage(
        batch=batch,
        rows=tuple(sorted(rows, key=lambda row: (row.place, row.number))),
        without_place=len(stored) - len(rows),
        tie_breaks=tuple(tie.name for tie in scheme.tie_breaks),
        basis=scheme.basis,
        is_verified=result.verified,
    )


def _ranking(stored: dict[str, FinalGrade], scheme: AssessmentScheme) -> Ranking:
    grades = {id: _grade(row, scheme) for id, row in stored.items()}
    return rank(grades, tie_breaks=scheme.tie_breaks)


def _grade(row: FinalGrade, scheme: AssessmentScheme) -> Grade:
    points = row.components.get("points", {})
    return Grade(
        value=Decimal(row.value) if row.value else None,
        distinction="",
        passes=row.passes,
        components={},
        points={code: Decimal(number) for code, number in points.items()},
        failed=(),
        working=(),
        basis=scheme.basis,
        verified=scheme.bands_verified,
    )
