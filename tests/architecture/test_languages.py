"""The English catalogue is complete, and the compiled one is what the text one says."""

from __future__ import annotations

import re

import polib

from tools import messages

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")


def _catalogue() -> polib.POFile:
    return polib.pofile(str(messages.CATALOGUE))


def test_every_text_of_the_product_has_an_english_translation() -> None:
    translated = {
        (entry.msgctxt or "", entry.msgid) for entry in _catalogue() if entry.translated()
    }
    missing = {(context, text) for context, text, _plural in messages.texts()} - translated
    assert sorted(missing) == []


def test_no_translation_is_left_over_or_fuzzy() -> None:
    known = {(context, text) for context, text, _plural in messages.texts()}
    left = [e.msgid for e in _catalogue() if (e.msgctxt or "", e.msgid) not in known or e.fuzzy]
    assert left == []


def test_a_translation_keeps_every_placeholder() -> None:
    broken = [
        entry.msgid
        for entry in _catalogue()
        for text in ([entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values())
        if not set(PLACEHOLDER.findall(text))
        <= set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        or (
            not entry.msgid_plural
            and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid))
        )
    ]
    assert broken == []


def test_the_compiled_catalogue_is_current() -> None:
    compiled = polib.mofile(str(messages.CATALOGUE.with_suffix(".mo")))
    assert {(e.msgid, e.msgstr) for e in compiled} == {
        (e.msgid, e.msgstr) for e in _catalogue() if e.translated()
    }
