"""Names with titles, numbers in words, dates in text, ranks and position classes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinambung.pure.rulebook.dates import DateRefused, date_text, parse_date, period_text
from sinambung.pure.rulebook.names import PersonName, full_name, split_name
from sinambung.pure.rulebook.numbers_in_words import ONES, NumberTooLarge, in_words
from sinambung.pure.rulebook.ranks import code_list, position_table, rank_table

ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("before", "name", "after", "whole"),
    [
        ("Dr.", "Siti Aminah", "S.H., M.Si.", "Dr. Siti Aminah, S.H., M.Si."),
        ("", "Theresia Unyang", "", "Theresia Unyang"),
        (" Drs.  H. ", " Abdul  Muhyi ", " , M.M. ", "Drs. H. Abdul Muhyi, M.M."),
        ("", "Ni'mah", "S.Pd.I", "Ni'mah, S.Pd.I"),
    ],
)
def test_titles_are_joined(before: str, name: str, after: str, whole: str) -> None:
    assert full_name(name=name, before=before, after=after) == whole


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dr. Siti Aminah, S.H., M.Si.", PersonName("Siti Aminah", "Dr.", "S.H., M.Si.")),
        (
            "Prof. Dr. Ir. Anu Ani, S.T.,M.Eng.",
            PersonName("Anu Ani", "Prof. Dr. Ir.", "S.T., M.Eng."),
        ),
        ("M. Nur", PersonName("M. Nur")),
        ("Andi, SE, MM", PersonName("Andi", "", "SE, MM")),
        ("Budi, Jakarta", PersonName("Budi, Jakarta")),
        ("dr. Rina", PersonName("Rina", "dr.")),
        ("Siti Nurhaliza, A.Md.Kep.", PersonName("Siti Nurhaliza", "", "A.Md.Kep.")),
        ("Dr. ", PersonName("Dr.")),
    ],
)
def test_titles_are_taken_off(text: str, parts: PersonName) -> None:
    assert split_name(text) == parts


def test_a_split_name_is_written_whole_again() -> None:
    assert str(split_name("Drs. H. Abdul Muhyi, M.M.")) == "Drs. H. Abdul Muhyi, M.M."


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (830, "delapan ratus tiga puluh"),
        (923, "sembilan ratus dua puluh tiga"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (2026, "dua ribu dua puluh enam"),
        (1_001_000, "satu juta seribu"),
        (11_000, "sebelas ribu"),
        (10**12, "satu triliun"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


@given(st.integers(0, 10**15 - 1))
def test_words_say_the_number(number: int) -> None:
    assert _read(in_words(number)) == number


def _read(words: str) -> int:
    """Read words back by another way: a sum of groups, each multiplied by its size."""
    sizes = {"ribu": 1000, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
    total = group = last = 0
    for word in words.replace("seribu", "satu ribu").replace("seratus", "satu ratus").split():
        if word in sizes:
            total, group, last = total + (group + last) * sizes[word], 0, 0
        elif word == "ratus":
            group, last = group + last * 100, 0
        elif word == "puluh":
            group, last = group + last * 10, 0
        elif word == "belas":
            last += 10
        else:
            group, last = group + last, ONES.index(word)
    return total + group + last


@pytest.mark.parametrize("number", [-1, 10**15])
def test_a_number_without_words_is_refused(number: int) -> None:
    with pytest.raises(NumberTooLarge):
        in_words(number)


def test_dates_in_text() -> None:
    assert date_text(date(2026, 12, 2)) == "2 Desember 2026"
    assert period_text(date(2026, 8, 10), date(2026, 12, 2)) == "10 Agustus – 2 Desember 2026"
    assert period_text(date(2026, 12, 2), date(2026, 12, 5)) == "2–5 Desember 2026"
    assert period_text(date(2026, 12, 2), date(2026, 12, 2)) == "2 Desember 2026"
    assert period_text(date(2025, 12, 2), date(2026, 1, 2)) == "2 Desember 2025 – 2 Januari 2026"


@pytest.mark.parametrize(
    "text",
    [
        "02-12-2026",
        "2/12/2026",
        "02.12.2026",
        "2026-12-02",
        "'02-12-2026",
        "2 desember 2026",
        "2026-12-02 00:00:00",
    ],
)
def test_dates_as_exports_write_them(text: str) -> None:
    assert parse_date(text) == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "“” bukan tanggal; tulis seperti 02-12-2026."),
        ("2 December 2026", "“2 December 2026” bukan tanggal; tulis seperti 02-12-2026."),
        ("46000", "“46000” bukan tanggal; tulis seperti 02-12-2026."),
        ("31-02-2026", "Tanggal “31-02-2026” tidak ada dalam kalender."),
        ("12-25-2026", "Tanggal “12-25-2026” tidak ada dalam kalender."),
    ],
)
def test_a_text_that_is_no_date(text: str, sentence: str) -> None:
    with pytest.raises(DateRefused) as refusal:
        parse_date(text)
    assert refusal.value.sentence == sentence


@given(st.dates())
def test_a_date_in_text_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    if day.year >= 1000:
        assert parse_date(date_text(day)) == day


def test_ranks_are_found_however_they_are_written() -> None:
    table = rank_table(on=ON)
    assert [str(table.find(text)) for text in ("III/c", "iii.c", "III c", "33", "'33", "IX")] == [
        *["Penata, III/c"] * 5,
        "IX",
    ]
    assert [table.find(text) for text in ("", "3c", "III/f", "XX")] == [None] * 4
    assert len(table.ranks) == 17 + 17
    assert table.basis[0].title == "Data referensi SIASN BKN"


def test_ranks_are_ordered() -> None:
    table = rank_table(on=ON)
    assert table.by_code["III/d"].order < table.by_code["IV/a"].order


@pytest.mark.parametrize(
    ("kind", "echelon", "level", "code"),
    [
        ("1", "12", "", "JPT-MADYA"),
        ("1", "21", "", "JPT-PRATAMA"),
        ("1", "31", "", "ADMINISTRATOR"),
        ("1", "42", "", "PENGAWAS"),
        ("3", "41", "MU", "PENGAWAS"),
        ("2", "", "MU", "JF-MU"),
        ("2", "41", "MU", "JF-MU"),
        ("4", "", "", "PELAKSANA"),
        ("1", "51", "", None),
        ("1", "", "", None),
        ("2", "", "ZZ", None),
    ],
)
def test_the_class_of_a_position(kind: str, echelon: str, level: str, code: str | None) -> None:
    table = position_table(on=ON)
    found = table.class_of(position_kind=kind, echelon=echelon, functional_level=level)
    assert (found.code if found else None) == code


def test_lists_of_codes() -> None:
    assert code_list("workforce/education-levels", on=ON)["40"] == "S-1"
    assert code_list("workforce/standings", on=ON)["01"] == "Aktif"
    assert position_table(on=ON).echelon_names["41"] == "IV.a"
