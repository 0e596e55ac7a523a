"""Number patterns and Roman numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinambung.pure.rulebook.letter_numbers import (
    NumberRefused,
    PatternProblems,
    from_roman,
    parse_pattern,
    pattern_problems,
    to_roman,
)

VALUES: dict[str, str | int] = {
    "urut": 7,
    "program": "PKP",
    "angkatan": "IX",
    "kode_unit": "BPSDM",
    "kode_klasifikasi": "800.2",
    "bulan_romawi": "XII",
    "tahun": 2026,
}


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (
            "{urut}/{program}.{angkatan}/{kode_unit}/{bulan_romawi}/{tahun}",
            "7/PKP.IX/BPSDM/XII/2026",
        ),
        ("B.{urut:4}/BDA/{kode_klasifikasi}/{tahun}", "B.0007/BDA/800.2/2026"),
        ("{tahun}-{urut:1}", "2026-7"),
        ("{urut}/{tahun}/STTP", "7/2026/STTP"),
    ],
)
def test_a_number_follows_its_pattern(pattern: str, number: str) -> None:
    assert parse_pattern(pattern).format(VALUES) == number


def test_a_pattern_knows_its_tokens() -> None:
    assert parse_pattern("{urut}/{tahun}").tokens == ("urut", "tahun")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("{tahun}", "harus memuat {urut} tepat satu kali."),
        ("{urut}{urut}/{tahun}", "harus memuat {urut} tepat satu kali."),
        ("{urut}/BPSDM", "harus memuat {tahun}, supaya nomor tidak berulang tahun depan."),
        ("{urut:0}/{tahun}", "{urut:0} salah; lebar hanya untuk {urut}, dari 1 sampai 9."),
        ("{urut:10}/{tahun}", "{urut:10} salah; lebar hanya untuk {urut}, dari 1 sampai 9."),
        ("{urut}/{tahun:4}", "{tahun:4} salah; lebar hanya untuk {urut}, dari 1 sampai 9."),
        ("{urut}/{tahun}<b>", "selain penanda, hanya huruf, angka, spasi, dan tanda . / - _ ( )."),
        ("{urut}/{tahun}{", "selain penanda, hanya huruf, angka, spasi, dan tanda . / - _ ( )."),
        ("{urut}/{tahun}" + "x" * 80, "paling panjang 80 huruf."),
    ],
)
def test_a_wrong_pattern_says_what_is_wrong(pattern: str, problem: str) -> None:
    assert problem in pattern_problems(pattern)
    with pytest.raises(PatternProblems):
        parse_pattern(pattern)


def test_an_unknown_token_lists_the_known_ones() -> None:
    assert pattern_problems("{urut}/{tahun}/{unit}")[0].startswith(
        "{unit} tidak dikenal; pakai {urut}, {kode_unit}"
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"urut": 7}, "Nomor belum dapat dibentuk: isi tahun empat angka."),
        ({"urut": 7, "tahun": ""}, "Nomor belum dapat dibentuk: isi tahun empat angka."),
        ({"tahun": 2026}, "Nomor belum dapat dibentuk: isi nomor urut."),
        ({"urut": 0, "tahun": 2026}, "Nomor urut harus bilangan bulat mulai dari 1."),
        ({"urut": "7", "tahun": 2026}, "Nomor urut harus bilangan bulat mulai dari 1."),
    ],
)
def test_a_number_is_refused_while_a_part_is_missing(
    values: dict[str, str | int], sentence: str
) -> None:
    with pytest.raises(NumberRefused) as refusal:
        parse_pattern("{urut}/{tahun}").format(values)
    assert refusal.value.sentence == sentence


@given(st.integers(1, 3999))
def test_roman_numerals_go_both_ways(number: int) -> None:
    assert from_roman(to_roman(number)) == number
    assert from_roman(f" {to_roman(number).lower()} ") == number


def test_the_numerals_of_batches_and_months() -> None:
    assert [to_roman(n) for n in (4, 9, 12, 14, 40, 90, 400, 1994)] == [
        *("IV", "IX", "XII", "XIV", "XL", "XC", "CD", "MCMXCIV")
    ]


@pytest.mark.parametrize("text", ["", " ", "IIII", "VIIII", "IL", "X1", "9", "MMMM"])
def test_an_irregular_numeral_is_refused(text: str) -> None:
    with pytest.raises(NumberRefused, match="bukan angka Romawi"):
        from_roman(text)


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_a_number_without_a_numeral_is_refused(number: int) -> None:
    with pytest.raises(NumberRefused, match="hanya dari 1 sampai 3999"):
        to_roman(number)
