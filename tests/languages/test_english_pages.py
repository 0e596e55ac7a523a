"""Whoever reads in English finds no Indonesian sentence of ours left on any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import polib
import pytest
from django.test import Client

from sinambung.platform.foundation.recorded import Phrases
from tests.security.addresses import pages
from tests.security.conftest import world  # noqa: F401 - a fixture
from tests.security.test_who_may_open import _things
from tests.security.world import World
from tools import messages, rule_texts

pytestmark = pytest.mark.django_db

READERS = ("administrator", "organiser", "head", "auditor", "hr", "participant", "examiner")
SHOWN = ("aria-label", "title", "placeholder", "alt", "label")
FEWEST_LETTERS = 4
# What somebody typed, what a signed certificate says, and names by law stay as they are.
TYPED = re.compile(
    r"Bahasa Indonesia|Indonesia|Aktif|Sandi|Berkas menyusul\.|Kelompok \d+|Tahap .*|"
    r"Aktualisasi di instansi asal|Studi lapangan|\d+ [A-Z].* sampai dengan .*"
)
WITHOUT = re.compile(r"^(ui/$|ui/|static/|cetak/|.*\.(csv|xlsx|pdf|zip|html)$)")


class Texts(HTMLParser):
    """Collects what a reader sees: texts, labels and titles, outside code and other languages."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in {"script", "style", "code", "bdi"} or named.get("lang") == "id" or self._hidden:
            if tag not in {"br", "img", "input", "meta", "link", "hr", "col", "wbr", "use", "path"}:
                self._hidden.append(tag)
            return
        self.found += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.found.append(" ".join(data.split()))


def _catalogue() -> dict[str, str]:
    entries = polib.pofile(str(messages.CATALOGUE))
    return {
        entry.msgid: entry.msgstr
        for entry in entries
        if entry.msgstr and entry.msgstr != entry.msgid and len(entry.msgid) >= FEWEST_LETTERS
    }


def left_over(html: str, phrases: Phrases, english: set[str]) -> Iterator[str]:
    """Yield the texts of a page that are messages of ours in Indonesian."""
    reader = Texts()
    reader.feed(html)
    for text in reader.found:
        first = text.split(". ")[0].removesuffix(".")
        if text in english or first in _names_by_law() or TYPED.fullmatch(text):
            continue
        if phrases.whole(text):
            yield text


@cache
def _names_by_law() -> frozenset[str]:
    """The names of stages, subjects, requirements and papers; bands and raters are translated."""
    found: set[str] = set()
    translated = set(rule_texts.texts())
    for path in rule_texts.RULEBOOK.rglob("law/tables/programmes/*.toml"):
        found |= set(re.findall(r'"([^"\n]*)"', path.read_text()))
    return frozenset({name.removesuffix(".") for name in found} - translated)


@pytest.mark.parametrize("name", READERS)
def test_no_page_shows_an_indonesian_message_to_an_english_reader(
    world: World,  # noqa: F811 - the fixture
    name: str,
) -> None:
    catalogue = _catalogue()
    phrases, english = Phrases(catalogue), set(catalogue.values())
    client = world.client(name)
    client.cookies["sinambung_language"] = "en"
    left: dict[str, str] = {}
    for route, html in _pages(client, world):
        for text in left_over(html, phrases, english):
            left.setdefault(text, route)
    assert not left, "\n".join(f"{route}: {text}" for text, route in left.items())


def test_an_indonesian_message_is_seen() -> None:
    phrases = Phrases({"Simpan": "Save", "%(count)s nilai belum terisi": "%(count)s marks missing"})
    html = '<p lang="id">Simpan</p><button title="Simpan">x</button><p>3 nilai belum terisi</p>'
    assert list(left_over(html, phrases, set())) == ["Simpan", "3 nilai belum terisi"]


def _pages(client: Client, world: World) -> Iterator[tuple[str, str]]:  # noqa: F811
    for address in pages():
        if WITHOUT.match(address.route):
            continue
        answer = client.get(address.filled(_things(address, world)))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield address.route, answer.content.decode()
