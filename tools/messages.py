"""Bring the English catalogue up to date: new texts are added empty, unused ones removed.

Run `python tools/messages.py` after changing a text; it prints how many wait for a translation.
`python tools/messages.py --compile` only writes django.mo.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation import templatize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import rule_texts

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "sinambung"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Text = tuple[str, str, str]


def texts() -> set[Text]:
    """Return every text of the product as (context, singular, plural)."""
    rules = (("", text, "") for text in rule_texts.texts())
    return {*_in_python(), *_in_templates(), *rules}


def _in_python() -> Iterator[Text]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _extracted(path.read_bytes())


def _in_templates() -> Iterator[Text]:
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        python = templatize(path.read_text(), origin=path.name)
        yield from _extracted(python.encode())


def _extracted(source: bytes) -> Iterator[Text]:
    found = extract_python(io.BytesIO(source), list(KEYWORDS), [], {"encoding": "utf-8"})
    for _line, function, message, _comments in found:
        parts = message if isinstance(message, tuple) else (message,)
        context = ""
        if function and "pgettext" in function:
            context, parts = str(parts[0]), parts[1:]
        singular = parts[0]
        if not isinstance(singular, str) or not singular:
            continue
        plural = parts[1] if function and "ngettext" in function.replace("pn", "n") else ""
        yield context, singular, plural if isinstance(plural, str) else ""


def update() -> int:
    """Rewrite the catalogue; return how many texts have no translation."""
    catalogue = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else _new()
    known = {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): e for e in catalogue}
    wanted = texts()
    fresh = _new()
    for key in sorted(wanted, key=lambda item: (item[1].casefold(), item)):
        context, singular, plural = key
        fresh.append(known.get(key) or _entry(context, singular, plural))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))
    compile_catalogue()
    return sum(not entry.translated() for entry in fresh)


def compile_catalogue() -> None:
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def _entry(context: str, singular: str, plural: str) -> polib.POEntry:
    flags = ["python-format"] if "%(" in singular or "%s" in singular else []
    return polib.POEntry(
        msgctxt=context or None,
        msgid=singular,
        msgid_plural=plural,
        msgstr_plural={0: "", 1: ""} if plural else {},
        flags=flags,
    )


def _new() -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinambung.config.settings")
    os.environ.setdefault("SINAMBUNG_SECRET_KEY", "hanya-untuk-mengumpulkan-teks-000000")
    if "--compile" in sys.argv:
        compile_catalogue()
    else:
        print(f"{update()} teks belum diterjemahkan")
