"""Looking at an import before it is applied: nothing hidden, and each problem has a way out."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pytest
from django.test import Client

from sinambung.platform.audit.models import Entry
from sinambung.platform.exchange import queries, services
from sinambung.platform.exchange.models import Import
from sinambung.platform.foundation.errors import NotFound, Refused
from tests.domains.workforce.conftest import SYSTEM, Upload
from tests.domains.workforce.sheets import HEADINGS, people, person, xlsx

pytestmark = pytest.mark.django_db

WITH_PHONE = (*HEADINGS, "NO HP")


def test_a_duplicate_oneis_left_out_and_taken_back(officer: Client, upload: Upload) -> None:
    row = upload(xlsx([person(1), person(2), person(1)]))
    page = f"/impor/{row.pk}/baris/4/"
    assert "Abaikan baris ini" in text(officer, page)
    answer = officer.post(f"{page}abaikan/", {"version": row.version}, follow=True)
    assert "Baris 4 diabaikan." in answer.content.decode()
    row.refresh_from_db()
    summary = queries.summary_of(row)
    assert (summary.problem_rows, summary.left_out_rows, row.problems_by_column) == (0, 1, {})
    assert "Kembalikan baris ini" in text(officer, page)
    assert "Simpan baris" not in text(officer, page)
    officer.post(f"{page}abaikan/", {"version": row.version, "left_out": "0"})
    row.refresh_from_db()
    assert (row.problem_rows, row.problems_by_column) == (1, {"nip": 1})
    actions = Entry.objects.filter(subject_id=row.pk).values_list("action", flat=True)
    assert {"exchange.left_out", "exchange.taken_in"} <= set(actions)


def test_a_oneleft_out_is_not_applied_and_its_key_is_free_again(upload: Upload) -> None:
    row = upload(xlsx([person(1, GOL_AKHIR_NAMA="x"), person(2), person(3, NIP_BARU="123")]))
    services.leave_out(import_id=row.pk, version=row.version, number=2, by=SYSTEM)
    fixed = services.correct_row(
        import_id=row.pk, version=None, number=4, cells={"nip": person(1)["NIP BARU"]}, by=SYSTEM
    )
    assert fixed.verdict == "new"
    assert services.apply_now(import_id=row.pk, by=SYSTEM).applied_rows == 2


def test_only_rows_with_problems_of_an_import_in_review_are_left_out(upload: Upload) -> None:
    row = upload(xlsx([person(1), person(2, GOL_AKHIR_NAMA="x")]))
    with pytest.raises(NotFound):
        services.leave_out(import_id=row.pk, version=None, number=2, by=SYSTEM)
    services.apply_now(import_id=row.pk, by=SYSTEM)
    with pytest.raises(Refused):
        services.leave_out(import_id=row.pk, version=None, number=3, by=SYSTEM)


def test_the_api_leaves_a_oneout(officer: Client, upload: Upload) -> None:
    row = upload(xlsx([person(1), person(1)]))
    answer = officer.post(
        f"/api/v1/imports/{row.pk}/rows/3/leave-out",
        json.dumps({"version": row.version}),
        content_type="application/json",
    )
    assert (answer.json()["problem_rows"], answer.json()["left_out_rows"]) == (0, 1)


def test_a_oneskipped_for_a_problem_keeps_its_page_after_applying(
    officer: Client, upload: Upload
) -> None:
    row = upload(xlsx([person(1), person(2, GOL_AKHIR_NAMA="III/e")]))
    services.apply_now(import_id=row.pk, by=SYSTEM)
    assert f'href="/impor/{row.pk}/baris/3/"' in text(officer, f"/impor/{row.pk}/")
    page = text(officer, f"/impor/{row.pk}/baris/3/")
    assert "Golongan ruang III/e tidak ada." in page
    assert "dilewati" in page
    assert "<input" not in page[page.index("<main") : page.index("</main")]


def test_the_fields_with_a_problem_come_first_and_the_others_are_folded(
    officer: Client, upload: Upload
) -> None:
    row = upload(xlsx([person(1, GOL_AKHIR_NAMA="III/e")]))
    page = text(officer, f"/impor/{row.pk}/baris/2/")
    form = page[page.index('<form class="form"') :]
    open_part, folded = form.split("<details>", 1)
    assert re.findall(r'name="cell-(\w+)"', open_part) == ["rank"]
    assert len(re.findall(r'name="cell-(\w+)"', folded)) > 10
    assert folded.index("</details>") < folded.index("Simpan baris")


def test_equal_warnings_are_told_once_with_their_rows_folded(
    officer: Client, upload: Upload
) -> None:
    row = guessed(upload, 60)
    (group,) = queries.import_page(row).notes
    assert (group.count, len(group.lines), group.hidden) == (60, 50, 10)
    page = text(officer, f"/impor/{row.pk}/")
    assert page.count("Nomor telepon ini keliru") == 1
    assert "putusan=warned" in page


def test_warnings_that_differ_are_grouped_by_column(upload: Upload) -> None:
    rows = people(3, GELAR_BELAKANG="")
    for one, letter in zip(rows, "abc", strict=True):
        one["NAMA"] = f"Dr. Contoh Orang{letter}, S.H."
    row = upload(xlsx(rows))
    (group,) = queries.import_page(row).notes
    assert (group.sentence, [line.number for line in group.lines]) == ("", [2, 3, 4])


def test_every_onewith_a_warning_is_listed_and_in_the_sheet(
    officer: Client, upload: Upload
) -> None:
    row = guessed(upload, 60)
    seen: list[str] = []
    address = f"/impor/{row.pk}/baris/?putusan=warned"
    while address:
        page = text(officer, address)
        seen += re.findall(r'name="row" value="(\d+)"', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/impor/{row.pk}/baris/{found[1].replace('&amp;', '&')}" if found else ""
    assert sorted(seen, key=int) == [str(number) for number in range(2, 62)]
    assert "Berperingatan" in page
    content = officer.get(f"/impor/{row.pk}/bermasalah.xlsx?isi=catatan").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sheet.max_row == 61


def test_applying_stands_before_the_problems_and_the_notes(officer: Client, upload: Upload) -> None:
    rows = [*people(5, NO_HP="x"), *people(30, GOL_AKHIR_NAMA="x")[5:]]
    row = upload(xlsx(rows, WITH_PHONE))
    page = text(officer, f"/impor/{row.pk}/")
    assert page.index("Terapkan impor</button>") < page.index("Baris bermasalah</h2>")
    assert page.index("Terapkan impor</button>") < page.index("Perlu dilihat</h2>")
    assert "<details open" not in page


def test_a_onewithout_a_name_is_named_in_the_language_of_the_reader() -> None:
    from tools.messages import texts

    assert ("", "(tanpa nama)", "") in texts()


def guessed(upload: Upload, number: int) -> Import:
    return upload(xlsx(people(number, NO_HP="x"), WITH_PHONE))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()
