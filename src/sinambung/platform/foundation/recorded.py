"""Sentences that were made in Indonesian, said in the reader's language.

The rulebook knows no gettext, and what is stored (the working of a grade, the problem of a row, the
result of a job) is kept in Indonesian, the language of record. Where somebody reads it in another
language the message that a sentence was made of is looked for in the catalogue, and its values are
put into the translation. What is not found stays as it is. Needs no Django.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

_PLACE = re.compile(r"%\((\w+)\)[sd]|%%")
_NUMBER = re.compile(r"%\((\w+)\)d")
_SEPARATOR = re.compile(r"( = | \+ | × | › |; |: |, | \(|\))")
_FEWEST_LETTERS = 3
_ANYTHING = {"s": ".*?", "d": r"-?\d+"}
_BEFORE = "before_"


class Phrases:
    """The messages of one catalogue, able to find the one that a sentence was made of."""

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        self._exact: dict[str, str] = {}
        self._by_beginning: dict[str, list[tuple[str, str]]] = {}
        for message, said in sorted(catalogue.items(), key=_letters, reverse=True):
            self._keep(message, said)
        self.say: Callable[[str], str] = lru_cache(maxsize=4096)(self._say)

    def _keep(self, message: str, said: str) -> None:
        said = _NUMBER.sub(r"%(\1)s", said)
        if not said or _letters((message, said)) < _FEWEST_LETTERS:
            return
        if "%(" not in message:
            self._exact[message] = said
            return
        kept = [(message, said)]
        if message[0] in " :;,":
            kept.append((f"%({_BEFORE})s{message}", f"%({_BEFORE})s{said}"))
            kept.append((message.lstrip(" :;,"), said.lstrip(" :;,")))
        for one in kept:
            beginning = _PLACE.split(one[0], maxsplit=1)[0][:3]
            self._by_beginning.setdefault(beginning, []).append(one)

    def _say(self, text: str) -> str:
        if not text or text.isdigit():
            return text
        return self.whole(text) or self._in_parts(text)

    def whole(self, text: str) -> str:
        """Return the translation of the message that gives exactly this text, or nothing."""
        if said := self._exact.get(text):
            return said
        for length in (3, 2, 1, 0):
            for message, said in self._by_beginning.get(text[:length], ()):
                if match := _pattern(message).fullmatch(text):
                    values = {name: self._say(value) for name, value in match.groupdict().items()}
                    return said % values
        return ""

    def _in_parts(self, text: str) -> str:
        """Translate what stands between the signs of a working, piece by piece."""
        stripped = text.strip()
        if stripped != text and stripped:
            return text.replace(stripped, self._say(stripped))
        sentences = text.split(". ")
        if len(sentences) > 1:
            ended = [f"{sentence}." for sentence in sentences[:-1]]
            return " ".join(self._say(sentence) for sentence in [*ended, sentences[-1]])
        pieces = _SEPARATOR.split(text)
        if len(pieces) == 1:
            return text
        return "".join(piece if i % 2 else self._say(piece) for i, piece in enumerate(pieces))


def in_reader_language(text: object) -> str:
    """Return a sentence of the record in the active language; in Indonesian it is itself."""
    from django.utils import translation  # this module is read without Django too

    language = translation.get_language() or "id"
    return str(text) if language == "id" else _phrases(language).say(str(text))


@lru_cache(maxsize=4)
def _phrases(language: str) -> Phrases:
    from django.utils.translation import trans_real  # as above

    return Phrases(singular_messages(trans_real.catalog()._catalog.items()))  # type: ignore[attr-defined]


def singular_messages(entries: Iterable[tuple[object, object]]) -> dict[str, str]:
    """Return message and translation of a catalogue of gettext, without contexts and plurals."""
    found: dict[str, str] = {}
    for key, said in entries:
        message = key[0] if isinstance(key, tuple) else key
        if isinstance(message, str) and isinstance(said, str) and message:
            found[message.rpartition("\x04")[2]] = said
    return found


def _letters(entry: tuple[str, str]) -> int:
    return sum(character.isalpha() for character in _PLACE.sub("", entry[0]))


@cache
def _pattern(message: str) -> re.Pattern[str]:
    parts, end = [], 0
    for match in _PLACE.finditer(message):
        parts.append(re.escape(message[end : match.start()]))
        name = match[1]
        if name is None:
            parts.append("%")
        elif f"(?P<{name}>" in "".join(parts):
            parts.append(f"(?P={name})")
        else:
            parts.append(f"(?P<{name}>{_ANYTHING[match[0][-1]]})")
        end = match.end()
    parts.append(re.escape(message[end:]))
    return re.compile("".join(parts), re.DOTALL)
