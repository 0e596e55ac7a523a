"""The final grade, compared with fractions and at every edge of the bands."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinambung.pure.rulebook.grading import (
    BandsMissing,
    Grader,
    MarkKey,
    MarkMissing,
    MarkRefused,
    RatersTooFarApart,
    WeightMissing,
    final_grade,
)
from sinambung.pure.rulebook.programmes import (
    AssessmentScheme,
    programme_edition,
    sample_edition,
)
from tests.pure.rulebook.editions_for_tests import scheme_with
from tests.pure.rulebook.quick import examples


def marks(**values: object) -> dict[MarkKey, Decimal]:
    """Name a mark `A`, or `A__examiner` for a role, or `A__examiner__1` for one of its raters."""
    found = {}
    for name, value in values.items():
        component, *rest = name.split("__")
        role, rater = (*rest, "", "")[:2]
        found[MarkKey(component, role=role, rater=rater)] = Decimal(str(value))
    return found


PANEL: list[dict[str, Any]] = [
    {
        "code": "A",
        "name": "Laporan",
        "weight": 100,
        "document": "Lampiran II Keputusan Uji",
        "raters": [
            {"role": "examiner", "name": "Penguji", "share": 60},
            {"role": "coach", "name": "Coach", "share": 40},
            {"role": "substitute", "name": "Penguji pengganti", "replaces": "examiner"},
        ],
    }
]


@pytest.mark.parametrize(
    ("mark", "distinction", "passes"),
    [
        ("100", "Sangat Memuaskan", True),
        ("90.01", "Sangat Memuaskan", True),
        ("90.000001", "Sangat Memuaskan", True),
        ("90.00", "Memuaskan", True),
        ("80.01", "Memuaskan", True),
        ("80", "Cukup Memuaskan", True),
        ("70.00", "Cukup Memuaskan", True),
        ("69.999999", "Kurang Memuaskan", False),
        ("60.000001", "Kurang Memuaskan", False),
        ("60", "Tidak Memuaskan", False),
        ("0", "Tidak Memuaskan", False),
    ],
)
def test_a_mark_at_the_edge_of_a_band(mark: str, distinction: str, passes: bool) -> None:
    grade = final_grade(scheme_with(), marks(A=mark, B=mark))
    assert (grade.value, grade.distinction, grade.passes) == (Decimal(mark), distinction, passes)


def test_rounding_is_only_for_display() -> None:
    grade = final_grade(scheme_with(), marks(A="69.9999", B="69.9999"))
    assert (grade.shown, grade.passes) == (Decimal("70.00"), False)


def test_half_a_hundredth_is_shown_rounded_up() -> None:
    assert final_grade(scheme_with(), marks(A="80.125", B="80.125")).shown == Decimal("80.13")


def test_a_mean_that_never_ends_does_not_lose_the_pass_mark() -> None:
    scheme = scheme_with(
        components=[
            {"code": "A", "name": "A", "weight": 50},
            {"code": "B", "name": "B", "weight": 50},
        ]
    )
    grade = final_grade(
        scheme,
        marks(A__x__1=70, A__x__2=70, A__x__3=71, B__x__1=70, B__x__2=70, B__x__3=69),
    )
    assert grade.value == Decimal(70)
    assert grade.passes


def test_the_steps_can_be_read_one_by_one() -> None:
    grade = final_grade(scheme_with(), marks(A=88, B="87.5"))
    assert [step.text for step in grade.working] == [
        "Nilai akhir = 40% × 88 (Akademik) + 60% × 87,5 (Proyek) = 87,7",
        "Predikat = 87,7: Memuaskan (di atas 80)",
    ]
    assert [str(citation) for citation in grade.basis] == ["Keputusan Uji 1/2024, Lampiran"]
    assert grade.verified
    assert grade.points == {"A": Decimal("35.2"), "B": Decimal("52.5")}


def test_an_unverified_weight_makes_the_grade_unverified() -> None:
    assert not Grader(sample_edition("PKP").assessment).verified
    assert not Grader(scheme_with(bands_verified=False)).verified


def test_a_missing_weight_names_the_component_and_the_document() -> None:
    scheme = programme_edition("pkp-2023").assessment
    everything = {MarkKey(part.code): Decimal(80) for part in scheme.components}
    with pytest.raises(WeightMissing) as refusal:
        final_grade(scheme, everything)
    assert refusal.value.sentence == (
        "Bobot Evaluasi akademik belum diisi. "
        "Isi dari lampiran penilaian Keputusan Kepala LAN 2/K.1/PDP.07/2023."
    )
    assert refusal.value.item.component == "AKD"


def test_a_withheld_grade_has_every_reason_weights_first() -> None:
    scheme = scheme_with(
        components=[
            {"code": "A", "name": "Akademik", "weight": 40},
            {"code": "B", "name": "Proyek"},
        ]
    )
    grade = Grader(scheme).grade({})
    assert [type(reason) for reason in grade.withheld] == [WeightMissing, MarkMissing, MarkMissing]
    assert (grade.value, grade.shown, grade.distinction, grade.passes) == (None, None, "", False)


def test_missing_bands_withhold_the_grade() -> None:
    with pytest.raises(BandsMissing, match="Pita predikat"):
        final_grade(scheme_with(bands=[], tie_breaks=[]), marks(A=90, B=90))


def test_a_missing_mark_names_what_is_not_marked_and_by_whom() -> None:
    with pytest.raises(MarkMissing) as refusal:
        final_grade(scheme_with(components=PANEL), marks(A__coach=80))
    assert refusal.value.sentence == "Laporan belum dinilai oleh Penguji."
    assert refusal.value.role == "examiner"


def test_raters_share_a_mark_by_role_and_average_within_a_role() -> None:
    grade = final_grade(
        scheme_with(components=PANEL), marks(A__examiner__1=80, A__examiner__2=90, A__coach=70)
    )
    assert grade.value == Decimal("79")
    assert grade.working[0].text == "Laporan = 60% × 85 (Penguji) + 40% × 70 (Coach) = 79"


def test_a_substitute_without_a_share_holds_back_only_who_was_marked_by_one() -> None:
    scheme = scheme_with(components=PANEL)
    assert final_grade(scheme, marks(A__examiner=80, A__coach=80)).value == 80
    with pytest.raises(WeightMissing, match="Bobot peran “Penguji pengganti” pada Laporan"):
        final_grade(scheme, marks(A__substitute=80, A__coach=80))


def test_a_substitute_with_a_share_stands_in() -> None:
    panel = [{**PANEL[0], "raters": [dict(rater) for rater in PANEL[0]["raters"]]}]
    panel[0]["raters"][2]["share"] = 60
    grade = final_grade(scheme_with(components=panel), marks(A__substitute=90, A__coach=80))
    assert grade.value == 86


def test_an_examiner_and_the_substitute_may_not_both_mark() -> None:
    with pytest.raises(MarkRefused, match="Penguji dan Penguji pengganti; hapus salah satu"):
        final_grade(
            scheme_with(components=PANEL), marks(A__examiner=80, A__substitute=80, A__coach=80)
        )


def test_a_role_outside_the_scheme_may_not_mark() -> None:
    with pytest.raises(MarkRefused, match="tidak dinilai oleh peran “mentor”"):
        final_grade(scheme_with(components=PANEL), marks(A__mentor=80))


def test_raters_too_far_apart_must_mark_again() -> None:
    scheme = scheme_with(components=PANEL, maximum_spread=10)
    with pytest.raises(RatersTooFarApart) as refusal:
        final_grade(scheme, marks(A__examiner="92", A__coach="76.5"))
    assert (refusal.value.difference, refusal.value.limit) == (Decimal("15.5"), Decimal(10))
    assert "Selisih penilai pada Laporan adalah 15,5, lebih dari 10" in refusal.value.sentence
    assert final_grade(scheme, marks(A__examiner=90, A__coach=80)).value == 86


def test_a_difference_just_above_the_limit_is_too_far() -> None:
    scheme = scheme_with(components=PANEL, maximum_spread=10)
    with pytest.raises(RatersTooFarApart):
        final_grade(scheme, marks(A__examiner="90.01", A__coach=80))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"A": 101, "B": 80}, "Nilai 101 di luar batas 0 sampai 100."),
        ({"A": -1, "B": 80}, "Nilai -1 di luar batas 0 sampai 100."),
        ({"C": 80}, "Skema penilaian ini tidak memuat “C”."),
    ],
)
def test_a_mark_that_cannot_be_is_refused(values: dict[str, int], sentence: str) -> None:
    with pytest.raises(MarkRefused) as refusal:
        final_grade(scheme_with(), marks(**values))
    assert refusal.value.sentence == sentence


def deducting(**more: object) -> AssessmentScheme:
    return scheme_with(
        components=[
            {"code": "A", "name": "Akademik", "weight": 100},
            {"code": "P", "name": "Pelanggaran", "kind": "deduction", **more},
        ]
    )


def test_deductions_are_taken_off_and_may_be_absent() -> None:
    assert final_grade(deducting(), marks(A=75)).value == 75
    grade = final_grade(deducting(), marks(A=75, P__organiser__1=3, P__organiser__2="2.5"))
    assert (grade.value, grade.passes) == (Decimal("69.5"), False)
    assert grade.components["P"] == Decimal("5.5")
    assert grade.working[0].text == "Pengurangan karena Pelanggaran = 5,5"
    assert "setelah dikurangi 5,5" in grade.working[1].text


def test_a_deduction_from_a_mean_of_three_raters_is_exact() -> None:
    grade = final_grade(deducting(), marks(A__x__1=75, A__x__2=75, A__x__3=77, P=2))
    assert grade.value == Context(prec=28).divide(Decimal(221), Decimal(3))


def test_deductions_have_a_limit_and_never_lead_below_zero() -> None:
    assert final_grade(deducting(maximum=2), marks(A=75, P=9)).value == 73
    assert final_grade(deducting(), marks(A=5, P=9)).value == 0


def test_a_prerequisite_that_is_not_met_fails_a_good_grade() -> None:
    scheme = scheme_with(
        components=[
            {"code": "A", "name": "Akademik", "weight": 100},
            {"code": "T", "name": "Tugas lengkap", "kind": "prerequisite", "minimum": 100},
        ]
    )
    grade = final_grade(scheme, marks(A=95, T=99))
    assert (grade.distinction, grade.passes, grade.failed) == (
        "Sangat Memuaskan",
        False,
        ("Tugas lengkap",),
    )
    assert final_grade(scheme, marks(A=95, T=100)).passes


def test_a_programme_without_marks_is_passed_by_completion() -> None:
    scheme = programme_edition("orientasi-pppk-2022").assessment
    grade = final_grade(scheme, marks(MOOC=100, NILAI=100))
    assert (grade.value, grade.shown, grade.distinction, grade.passes) == (None, None, "", True)
    assert not final_grade(scheme, marks(MOOC=100, NILAI=50)).passes
    with pytest.raises(MarkMissing):
        final_grade(scheme, marks(MOOC=100))


def test_weights_missing_below_a_component_are_named() -> None:
    scheme = scheme_with(
        components=[
            {
                "code": "A",
                "name": "Akademik",
                "weight": 100,
                "sub_components": [
                    {"code": "1", "name": "Agenda I", "weight": 50},
                    {"code": "2", "name": "Agenda II"},
                ],
            }
        ]
    )
    with pytest.raises(WeightMissing, match="Bobot Agenda II pada Akademik"):
        final_grade(scheme, {MarkKey("A", "1"): Decimal(80), MarkKey("A", "2"): Decimal(80)})


def test_a_mark_missing_below_a_component_is_named() -> None:
    marked = {MarkKey("AKD", part): Decimal(80) for part in ("A1", "A2", "A3")}
    grade = Grader(sample_edition("PKP").assessment).grade(marked)
    assert grade.withheld[0].sentence == "Jurnal pembelajaran belum dinilai."
    assert grade.withheld[0].item == MarkKey("AKD", "JR").item


def test_several_marks_without_shares_are_averaged_and_say_so() -> None:
    grade = final_grade(scheme_with(), marks(A__x__1=80, A__x__2=85, B=90))
    assert grade.working[0].text == "Akademik, rata-rata 2 penilai = 82,5"


# --- an independent oracle: plain fractions over a scheme drawn at random -------------------


def parts_of_100(cuts: list[int]) -> list[int]:
    inner = sorted(set(cuts))
    return [end - start for start, end in pairwise([0, *inner, 100])]


WEIGHTS = st.lists(st.integers(1, 99), max_size=2).map(parts_of_100)
MARK = st.decimals(min_value=0, max_value=100, places=2)


@st.composite
def graded(draw: st.DrawFn) -> tuple[AssessmentScheme, dict[MarkKey, Decimal], Fraction]:
    """Draw a scheme with sub-components, aspects and raters, its marks, and the exact answer."""
    components: list[dict[str, Any]] = []
    given_marks: dict[MarkKey, Decimal] = {}
    answer = Fraction(0)
    for number, weight in enumerate(draw(WEIGHTS)):
        subs: list[dict[str, Any]] = []
        for part, sub_weight in enumerate(draw(WEIGHTS)):
            shares = draw(WEIGHTS)
            aspect_weights = draw(WEIGHTS)
            subs.append(_sub(f"S{part}", sub_weight, shares, aspect_weights))
            for row, aspect_weight in enumerate(aspect_weights):
                for role, share in enumerate(shares):
                    values = draw(st.lists(MARK, min_size=1, max_size=3))
                    for rater, value in enumerate(values):
                        key = MarkKey(f"K{number}", f"S{part}", f"A{row}", f"r{role}", str(rater))
                        given_marks[key] = value
                    mean = sum(map(Fraction, values), Fraction(0)) / len(values)
                    answer += mean * share * aspect_weight * sub_weight * weight / 100**4
        components.append(
            {"code": f"K{number}", "name": f"K{number}", "weight": weight, "sub_components": subs}
        )
    return scheme_with(components=components), given_marks, answer


def _sub(code: str, weight: int, shares: list[int], aspects: list[int]) -> dict[str, Any]:
    return {
        "code": code,
        "name": code,
        "weight": weight,
        "raters": [{"role": f"r{n}", "share": share} for n, share in enumerate(shares)],
        "aspects": [{"code": f"A{n}", "name": f"A{n}", "weight": w} for n, w in enumerate(aspects)],
    }


def _distinction(exact: Fraction) -> str:
    if exact > 90:
        return "Sangat Memuaskan"
    if exact > 80:
        return "Memuaskan"
    if exact >= 70:
        return "Cukup Memuaskan"
    return "Kurang Memuaskan" if exact > 60 else "Tidak Memuaskan"


@settings(max_examples=examples(50))
@given(graded())
def test_the_grade_agrees_with_plain_fractions(
    case: tuple[AssessmentScheme, dict[MarkKey, Decimal], Fraction],
) -> None:
    scheme, given_marks, exact = case
    grade = final_grade(scheme, given_marks)
    assert grade.value is not None
    assert grade.value == Context(prec=28).divide(
        Decimal(exact.numerator), Decimal(exact.denominator)
    )
    assert grade.distinction == _distinction(exact)
    assert grade.passes == (exact >= 70)


@settings(max_examples=examples(30))
@given(graded(), st.data())
def test_a_higher_mark_never_lowers_the_grade(
    case: tuple[AssessmentScheme, dict[MarkKey, Decimal], Fraction], data: st.DataObject
) -> None:
    scheme, given_marks, _ = case
    key = data.draw(st.sampled_from(sorted(given_marks)))
    raised = {**given_marks, key: data.draw(st.decimals(given_marks[key], 100, places=2))}
    before, after = final_grade(scheme, given_marks), final_grade(scheme, raised)
    assert before.value is not None
    assert after.value is not None
    assert after.value >= before.value


@given(st.lists(st.decimals(0, 100, places=4), min_size=2, max_size=2))
def test_every_grade_has_exactly_one_band(values: list[Decimal]) -> None:
    scheme = scheme_with()
    grade = final_grade(scheme, marks(A=values[0], B=values[1]))
    assert grade.value is not None
    holding = [
        band
        for band, above in zip(scheme.bands, (None, *scheme.bands[:-1]), strict=True)
        if band.admits(grade.value) and not (above and above.admits(grade.value))
    ]
    assert [band.name for band in holding] == [grade.distinction]
