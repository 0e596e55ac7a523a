"""Ranking: unrounded, with declared tie-breaks and shared ranks."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sinambung.pure.rulebook.grading import FinalGrade, Grader, MarkKey
from sinambung.pure.rulebook.programmes import TieBreak
from sinambung.pure.rulebook.ranking import ranking
from tests.pure.rulebook.editions_for_tests import scheme_with

GRADER = Grader(
    scheme_with(
        components=[
            {"code": "A", "name": "Akademik", "weight": 50, "verified": True},
            {"code": "B", "name": "Proyek", "weight": 25, "verified": True},
            {"code": "C", "name": "Sikap", "weight": 25, "verified": True},
        ]
    )
)
TIES = (TieBreak("proyek", ("B",)), TieBreak("sikap", ("C",)))


def grade(a: object, b: object, c: object) -> FinalGrade:
    values = {"A": a, "B": b, "C": c}
    return GRADER.grade({MarkKey(code): Decimal(str(mark)) for code, mark in values.items()})


def told(grades: dict[str, FinalGrade], *, ties: tuple[TieBreak, ...] = TIES) -> list[object]:
    result = ranking(grades, tie_breaks=ties)
    return [(p.rank, p.participant, p.shared, p.decided_by) for p in result.places]


def test_the_higher_unrounded_grade_comes_first() -> None:
    assert told({"x": grade(80, 80, "80.001"), "y": grade(80, 80, "80.002")}) == [
        (1, "y", False, ""),
        (2, "x", False, ""),
    ]


def test_a_tie_is_decided_by_the_first_component_that_differs() -> None:
    grades = {"x": grade(80, 80, 80), "y": grade(80, 90, 70), "z": grade(75, 90, 80)}
    assert told(grades) == [
        (1, "z", False, "sikap"),
        (2, "y", False, "sikap"),
        (3, "x", False, "proyek"),
    ]


def test_who_stays_equal_shares_the_rank_and_the_next_is_left_out() -> None:
    grades = {"a": grade(90, 90, 90), "b": grade(80, 80, 80), "c": grade(80, 80, 80)}
    grades["d"] = grade(70, 70, 70)
    assert told(grades) == [
        (1, "a", False, ""),
        (2, "b", True, ""),
        (2, "c", True, ""),
        (4, "d", False, ""),
    ]


def test_without_tie_breaks_equal_grades_share_the_rank() -> None:
    assert told({"x": grade(80, 80, 80), "y": grade(80, 90, 70)}, ties=()) == [
        (1, "x", True, ""),
        (1, "y", True, ""),
    ]


def test_who_does_not_pass_or_is_withheld_has_no_place() -> None:
    grades = {"x": grade(80, 80, 80), "y": grade(50, 50, 50), "z": GRADER.grade({})}
    assert told(grades) == [(1, "x", False, "")]


def test_a_ranking_cites_its_basis_and_is_as_verified_as_its_grades() -> None:
    result = ranking({"x": grade(80, 80, 80)}, tie_breaks=TIES)
    assert [str(citation) for citation in result.basis] == ["Keputusan Uji 1/2024, Lampiran"]
    assert result.verified
    assert ranking({}).places == ()


@given(st.lists(st.tuples(*[st.integers(70, 74)] * 3), min_size=1, max_size=12))
def test_the_rank_is_one_more_than_the_number_of_better_ones(marks: list[tuple[int, ...]]) -> None:
    grades = {str(number): grade(*values) for number, values in enumerate(marks)}

    def key(values: tuple[int, ...]) -> tuple[int, int, int]:
        a, b, c = values
        return (2 * a + b + c, b, c)

    for place in ranking(grades, tie_breaks=TIES).places:
        own = key(marks[int(place.participant)])
        assert place.rank == 1 + sum(key(values) > own for values in marks)
        assert place.shared == (sum(key(values) == own for values in marks) > 1)
