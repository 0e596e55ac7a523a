"""NIP: read as exports write it, doubted where it should be, masked for the public."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinambung.pure.rulebook.nip import (
    EmployeeKind,
    NipRefused,
    Sex,
    masked_nip,
    nip_mismatches,
    nip_problems,
    normalise_nip,
    parse_nip,
)

ON = date(2026, 11, 24)
VALID = "198709122011012907"


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        "'198709122011012907",
        "19870912 201101 2 907",
        "19870912.201101.2.907",
        f"\u00a0{VALID} ",
    ],
)
def test_a_nip_is_read_as_people_and_exports_write_it(text: str) -> None:
    nip = parse_nip(text, on=ON)
    assert str(nip) == VALID
    assert (nip.kind, nip.birth_on, nip.sex) == (EmployeeKind.PNS, date(1987, 9, 12), Sex.FEMALE)
    assert (nip.appointment_year, nip.appointment_month, nip.sequence) == (2011, 1, "907")


def test_month_21_is_a_pppk() -> None:
    nip = parse_nip("198709122022211907", on=ON)
    assert (nip.kind, nip.appointment_month, nip.sex) == (EmployeeKind.PPPK, None, Sex.MALE)


def test_how_a_nip_is_shown() -> None:
    nip = parse_nip(VALID, on=ON)
    assert nip.spaced == "19870912 201101 2 907"
    assert nip.masked == masked_nip(VALID) == "Berakhir 2 907"
    assert [str(citation) for citation in nip.basis()] == ["Susunan NIP pada SIASN BKN"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "NIP belum diisi."),
        ("'", "NIP belum diisi."),
        (
            "1.98709122011012E+17",
            "NIP tersimpan sebagai angka sehingga sebagian hilang; ubah sel menjadi teks.",
        ),
        ("19870912201101290", "NIP harus 18 angka, ini 17 angka."),
        ("1987O9122011012907", "NIP hanya boleh berisi 18 angka."),
        ("१९८७०९१२२०११०१२९०७", "NIP hanya boleh berisi 18 angka."),
        ("198713122011012907", "Angka 1–8 NIP (19871312) bukan tanggal lahir yang ada."),
        ("198702302011012907", "Angka 1–8 NIP (19870230) bukan tanggal lahir yang ada."),
        ("193909122011012907", "Tahun lahir pada NIP (1939) harus dari 1940 sampai 2009."),
        ("201009122026012907", "Tahun lahir pada NIP (2010) harus dari 1940 sampai 2009."),
        (
            "198709122001012907",
            "Tahun pengangkatan pada NIP (2001) terlalu dekat dengan tahun lahir 1987.",
        ),
        ("198709122028012907", "Tahun pengangkatan pada NIP (2028) belum tiba."),
        ("198709122011002907", "Angka 13–14 NIP (00) harus bulan 01–12 (PNS) atau 21–29 (PPPK)."),
        ("198709122011132907", "Angka 13–14 NIP (13) harus bulan 01–12 (PNS) atau 21–29 (PPPK)."),
        ("198709122011302907", "Angka 13–14 NIP (30) harus bulan 01–12 (PNS) atau 21–29 (PPPK)."),
        ("198709122011013907", "Angka 15 NIP (3) harus 1 (laki-laki) atau 2 (perempuan)."),
        ("198709122011012000", "Tiga angka terakhir NIP tidak boleh 000."),
    ],
)
def test_what_is_wrong_with_a_nip(text: str, problem: str) -> None:
    assert nip_problems(text, on=ON) == (problem,)
    with pytest.raises(NipRefused) as refusal:
        parse_nip(text, on=ON)
    assert refusal.value.sentence == problem


def test_all_problems_of_a_nip_are_told_at_once() -> None:
    assert len(nip_problems("198713122011993000", on=ON)) == 4


def test_other_data_that_differ_are_warnings() -> None:
    nip = parse_nip(VALID, on=ON)
    assert nip_mismatches(nip, birth_on=date(1987, 9, 13), sex=Sex.MALE) == (
        "Tanggal lahir 13 September 1987 berbeda dengan NIP (12 September 1987).",
        "Jenis kelamin laki-laki berbeda dengan NIP (perempuan).",
    )
    assert nip_mismatches(nip, birth_on=date(1987, 9, 12), sex=Sex.FEMALE) == ()
    assert nip_mismatches(nip, birth_on=None, sex=None) == ()


@given(
    st.dates(date(1940, 1, 1), date(2005, 12, 31)),
    st.integers(1, 12) | st.integers(21, 29),
    st.sampled_from("12"),
    st.integers(900, 999),
)
def test_every_nip_of_this_form_is_read_back(born: date, code: int, sex: str, number: int) -> None:
    digits = f"{born:%Y%m%d}{born.year + 20}{code:02}{sex}{number}"
    nip = parse_nip(digits, on=ON)
    assert nip.digits == normalise_nip(nip.spaced) == digits
    assert nip.birth_on == born
