"""A certificate's content in the reader's language; papers and their facts keep theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from sinambung.platform.foundation.recorded import in_reader_language
from sinambung.platform.ui.templatetags.ui import day_range, long_date

_LABELS = {
    "Nama": gettext_lazy("Nama"),
    "Tempat, tanggal lahir": gettext_lazy("Tempat, tanggal lahir"),
    "Pangkat, golongan ruang": gettext_lazy("Pangkat, golongan ruang"),
    "Jabatan": gettext_lazy("Jabatan"),
    "Instansi": gettext_lazy("Instansi"),
    "Sertifikat": pgettext_lazy("satu lembar", "Sertifikat"),
    "Nomor": gettext_lazy("Nomor"),
    "Pelatihan": gettext_lazy("Pelatihan"),
    "Penyelenggara": gettext_lazy("Penyelenggara"),
    "Waktu": gettext_lazy("Waktu"),
    "Lama": gettext_lazy("Lama"),
    "Hasil": gettext_lazy("Hasil"),
    "Tanggal terbit": gettext_lazy("Tanggal terbit"),
    "Penanda tangan": gettext_lazy("Penanda tangan"),
}


def spoken_rows(
    rows: Sequence[tuple[str, str]], content: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Return the lines of a certificate in the language of the page.

    Names and titles stay as the certificate has them; dates, hours and result are said anew from
    its content, because on the paper they stand in Indonesian.
    """
    said = {} if get_language() == "id" else _said(content)
    return [(str(_LABELS.get(label, label)), said.get(label, value)) for label, value in rows]


def _said(content: Mapping[str, Any]) -> dict[str, str]:
    source, holder = content["source"], content["holder"]
    values = {
        "Waktu": day_range(_day(source["starts_on"]), _day(source["ends_on"])),
        "Lama": _("%(hours)s jam pelajaran (JP)") % {"hours": source["lesson_hours"]},
        "Hasil": _result(holder),
        "Tanggal terbit": long_date(_day(source["issued_on"])),
    }
    if holder["born_on"]:
        born = [holder["birth_place"], long_date(_day(holder["born_on"]))]
        values["Tempat, tanggal lahir"] = ", ".join(filter(None, born))
    return values


def _result(holder: Mapping[str, Any]) -> str:
    """The result in the reader's language, the distinction also as the certificate has it."""
    result, distinction = in_reader_language(holder["result"]), holder["distinction"]
    if not distinction:
        return result
    said = in_reader_language(distinction)
    named = said if said == distinction else f"{said} ({distinction})"
    return _("%(result)s, predikat %(distinction)s") % {"result": result, "distinction": named}


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
