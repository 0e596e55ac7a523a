"""Titles in the column of the name and in columns of their own."""

from __future__ import annotations

import json

import pytest

from sinambung.domains.workforce.models import Employee
from sinambung.platform.exchange.models import Import, StagedRow
from tests.domains.workforce.conftest import Upload
from tests.domains.workforce.sheets import person, xlsx

pytestmark = pytest.mark.django_db


def warnings(row: Import) -> list[str]:
    stored = StagedRow.objects.get(upload=row).warnings
    return [f"{text} {hint}" for _column, text, hint in json.loads(stored or "[]")]


def test_titles_that_differ_are_both_named_with_the_one_that_is_kept(imported: Upload) -> None:
    row = imported(
        xlsx([person(1, NAMA="Dr. Contoh Bergelar, S.H., M.Si.", GELAR_BELAKANG="S.A.P.")])
    )
    assert warnings(row) == [
        "Gelar dalam nama “S.H., M.Si.” berbeda dari kolom Gelar belakang “S.A.P.”. "
        "Yang dipakai isi kolom Gelar belakang.",
        "Gelar di dalam kolom nama dipisahkan: Dr. Contoh Bergelar, S.A.P. Periksa pemisahannya.",
    ]
    assert Employee.objects.get().display_name == "Dr. Contoh Bergelar, S.A.P."


def test_titles_in_the_name_alone_are_written_as_documents_write_them(imported: Upload) -> None:
    row = imported(xlsx([person(1, NAMA="Dr. Contoh Bergelar, S.H.", GELAR_BELAKANG="")]))
    assert warnings(row) == [
        "Gelar di dalam kolom nama dipisahkan: Dr. Contoh Bergelar, S.H. Periksa pemisahannya."
    ]
    assert Employee.objects.get().title_after == "S.H."


def test_titles_that_agree_need_no_warning(imported: Upload) -> None:
    row = imported(xlsx([person(1, NAMA="Contoh Bergelar, S.STP", GELAR_BELAKANG="S.STP.")]))
    assert warnings(row) == []
    assert Employee.objects.get().name == "Contoh Bergelar"
