"""Single cells: whatever a file holds becomes a value or a sentence, never an error."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinambung.platform.exchange.kinds import CellKind, Column
from sinambung.platform.exchange.reading.cells import READERS, CellRefused, as_text, day_in_text
from sinambung.platform.exchange.reading.layouts import typed_row

RAW = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@given(RAW, st.sampled_from(CellKind))
def test_any_cell_is_read_or_refused_with_a_sentence(value: Any, kind: CellKind) -> None:
    told = ""
    cell = None
    try:
        cell = READERS[kind](value)
    except CellRefused as refusal:
        told = refusal.sentence
    assert told or cell is None or isinstance(cell, str | dt.date | Decimal)


@given(st.text(max_size=60))
def test_the_quick_way_for_clean_text_gives_what_the_careful_way_gives(text: str) -> None:
    column = Column("name", "Nama")
    row = typed_row(1, [text], [column], {"name": 0})
    assert row.text("name") == as_text(text)
    assert as_text(as_text(text)) == as_text(text) or text.lstrip().startswith("'")


@given(DAYS, st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_days_in_every_usual_writing_come_back(day: dt.date, writing: str) -> None:
    assert day_in_text(day.strftime(writing)) == day


@given(st.decimals(-9999, 9999, places=2))
def test_numbers_with_a_comma_come_back(number: Decimal) -> None:
    assert READERS[CellKind.NUMBER](str(number).replace(".", ",")) == number


@pytest.mark.parametrize("value", [198704112015031001, 1.98704112015031e17, 12.0, "1,98702E+17"])
def test_a_number_is_no_identifier(value: Any) -> None:
    with pytest.raises(CellRefused):
        READERS[CellKind.IDENTIFIER](value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("null", ""),
        (" NULL ", ""),
        ("'0812", "0812"),
        ("'=SUM(A1)", "=SUM(A1)"),
        ("D'Contoh", "D'Contoh"),
        ("a\nb\tc", "a b c"),
        (3.0, "3"),
        (True, "TRUE"),
        (dt.date(1990, 5, 13), "13-05-1990"),
    ],
)
def test_text_is_cleaned_as_exports_need_it(value: Any, text: str) -> None:
    assert as_text(value) == text
