"""Whatever is in a file or a form, the answer is a value or a sentence, never a traceback."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinambung.pure.rulebook.calculations import CALCULATIONS
from sinambung.pure.rulebook.editions import NATIONAL
from sinambung.pure.rulebook.grading import Grader
from sinambung.pure.rulebook.letter_numbers import pattern_problems
from sinambung.pure.rulebook.names import split_name
from sinambung.pure.rulebook.nip import nip_problems
from sinambung.pure.rulebook.programmes import (
    differences,
    parse_edition,
    sample_edition,
    to_mapping,
    unverified_values,
)
from sinambung.pure.rulebook.refusals import RuleRefused
from tests.pure.rulebook.quick import examples
from tests.pure.rulebook.test_calculations import INPUTS

Answer = TypeVar("Answer")
STRANGE = ["1e9", "1e-9", "-0", "Infinity", "sNaN", "2026-02-30", "<b>", "{urut}", "\x00"]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(STRANGE)
)
KEYS = st.text(max_size=4)
VALUES = st.recursive(
    LEAVES,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(KEYS, parts, max_size=3),
    max_leaves=4,
)
SAMPLE = json.loads(json.dumps(to_mapping(sample_edition("PKP"))))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value inside a mapping."""
    if path:
        yield path
    parts: Any = enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, dict):
        parts = value.items()
    for key, part in parts:
        yield from places(part, (*path, key))


def altered(mapping: Any, path: tuple[Any, ...], value: Any) -> Any:
    whole = copy.deepcopy(mapping)
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return whole


def answered(ask: Callable[[], Answer]) -> Answer | None:
    """Return the answer, or None when it was refused; anything else is a failure."""
    try:
        return ask()
    except RuleRefused:
        return None


@settings(max_examples=examples(150))
@given(st.sampled_from(list(places(SAMPLE))), VALUES)
def test_an_edition_with_any_value_in_any_place(path: tuple[Any, ...], value: Any) -> None:
    edition = answered(lambda: parse_edition(altered(SAMPLE, path, value)))
    if edition is None:
        return
    assert parse_edition(json.loads(json.dumps(to_mapping(edition)))) == edition
    assert all(change.path for change in differences(sample_edition("PKP"), edition))
    unverified_values(edition)
    Grader(edition.assessment).grade({})


@settings(max_examples=examples(50))
@given(data=st.data())
@pytest.mark.parametrize("name", sorted(CALCULATIONS))
def test_a_calculation_with_any_value_in_any_place(name: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(places(INPUTS[name]))))
    value = data.draw(VALUES)
    given_input = altered(INPUTS[name], path, value)
    outcome = answered(lambda: CALCULATIONS[name].compute(given_input, on=date(2026, 12, 2)))
    json.dumps(outcome and outcome.value)


@given(st.dictionaries(st.sampled_from(["title", "edition", "x"]), VALUES, max_size=3))
def test_a_local_table_of_any_shape(table: dict[str, Any]) -> None:
    answered(lambda: NATIONAL.layered({"uji": table}).table("uji"))


@given(st.text(max_size=60))
def test_any_text_as_nip_name_or_pattern(text: str) -> None:
    nip_problems(text, on=date(2026, 12, 2))
    pattern_problems(text)
    assert split_name(text).name == " ".join(text.split()) or split_name(text).name in text
