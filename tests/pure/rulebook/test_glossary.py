"""The glossary is whole, its page is current, and identifiers keep to it."""

from __future__ import annotations

import runpy
import warnings
from collections import Counter
from pathlib import Path

import pytest

import sinambung
from sinambung.pure.rulebook.glossary import meaning_of, render, terms

PACKAGE = Path(sinambung.__file__).parent
PAGE = Path(__file__).parents[3] / "docs" / "glossary.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == render()


def test_the_module_writes_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        runpy.run_module("sinambung.pure.rulebook.glossary", run_name="__main__")
    assert capsys.readouterr().out == render()


def test_every_term_has_a_meaning_and_is_there_once() -> None:
    count = Counter(word for term in terms() for word in term.words)
    assert [word for word, times in count.items() if times > 1] == []
    assert all(term.meaning.endswith(".") and term.identifier for term in terms())


def test_a_word_is_explained() -> None:
    assert meaning_of("Angkatan") == meaning_of("angkatan ")
    assert meaning_of("JP") == meaning_of("jam pelajaran") == "Satuan belajar, 45 menit."
    assert meaning_of("kata lain") is None
