"""The name of a row and its titles, which people also write into the column of the name."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.platform.exchange.kinds import Problem, SheetRow
from sinambung.pure.rulebook.names import PersonName, split_name

_COLUMNS: dict[str, str | Promise] = {
    "title_before": gettext_lazy("Gelar depan"),
    "title_after": gettext_lazy("Gelar belakang"),
}


def read_name(row: SheetRow) -> tuple[dict[str, str], list[Problem], list[Problem]]:
    """Return what the row says of name and titles, with problems and warnings.

    Titles in their own columns prevail over titles in the name; a warning names both.
    """
    text = row.text("name")
    parts = split_name(text) if "," in text or "." in text else PersonName(text)
    written = {"title_before": parts.before, "title_after": parts.after}
    stated = {column: row.text(column) for column in written}
    kept = {column: stated[column] or written[column] for column in written}
    whole = PersonName(parts.name, kept["title_before"], kept["title_after"])
    warnings = [
        _differing(column, written[column], stated[column])
        for column in written
        if written[column] and stated[column] and not _same(written[column], stated[column])
    ]
    if any(written[column] and not stated[column] for column in written):
        warnings.append(_separated(whole))
    fields = {name: value for name, value in {"name": parts.name, **kept}.items() if value}
    problems = []
    if text and not any(letter.isalpha() for letter in text):
        problems.append(Problem("name", _("Nama tidak berisi huruf."), _("Isi nama pegawai.")))
    return fields, problems, warnings


def _separated(whole: PersonName) -> Problem:
    sentence = _("Gelar di dalam kolom nama dipisahkan: %(name)s") % {"name": str(whole)}
    return Problem("name", sentence, _("Periksa pemisahannya."))


def _differing(column: str, written: str, stated: str) -> Problem:
    sentence = _("Gelar dalam nama “%(written)s” berbeda dari kolom %(column)s “%(stated)s”.") % {
        "written": written,
        "column": _COLUMNS[column],
        "stated": stated,
    }
    kept = _("Yang dipakai isi kolom %(column)s.") % {"column": _COLUMNS[column]}
    return Problem("name", sentence, kept)


def _same(written: str, stated: str) -> bool:
    return _plain(written) == _plain(stated)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
