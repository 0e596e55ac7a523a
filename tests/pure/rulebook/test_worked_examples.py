"""The examples in docs/rules hold, and the pages show what is computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sinambung.pure.rulebook.calculations import CALCULATIONS
from sinambung.pure.rulebook.refusals import RuleRefused
from tests.pure.rulebook.worked_examples import (
    BEGIN,
    PAGES,
    WorkedExample,
    with_examples,
    worked_examples,
)

EXAMPLES = list(worked_examples())


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: f"{case.rule}: {case.name}")
def test_an_example_holds(case: WorkedExample) -> None:
    if case.refusal:
        with pytest.raises(RuleRefused) as refusal:
            case.compute()
        assert refusal.value.sentence == case.refusal
        return
    outcome = case.compute()
    _assert_promised(outcome.value, case.result)
    assert outcome.working
    assert outcome.basis


def _assert_promised(value: Any, promised: Any) -> None:
    """Everything the example promises is in the value; the value may hold more."""
    if isinstance(promised, Mapping):
        for key, part in promised.items():
            _assert_promised(value[key], part)
    elif isinstance(promised, list):
        assert len(value) == len(promised)
        for part, promised_part in zip(value, promised, strict=True):
            _assert_promised(part, promised_part)
    else:
        assert value == promised


@pytest.mark.parametrize("page", sorted({case.page for case in EXAMPLES}))
def test_a_page_shows_its_examples_as_computed(page: str) -> None:
    text = (PAGES / page).read_text("utf-8")
    assert BEGIN in text
    assert text == with_examples(page), "python -m tests.pure.rulebook.worked_examples"


def test_every_page_and_rule_of_the_examples_exists() -> None:
    pages = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")}
    assert {case.page for case in EXAMPLES} <= set(pages)
    assert {case.page for case in EXAMPLES} == {n for n, text in pages.items() if BEGIN in text}
    assert {case.rule for case in EXAMPLES} <= set(CALCULATIONS)
