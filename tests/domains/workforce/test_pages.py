"""The pages of employees, imports and jobs, opened as a browser would."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinambung.domains.workforce.models import Employee
from sinambung.platform.exchange.models import Import
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import Unit
from sinambung.platform.jobs import services as jobs
from tests.domains.workforce.conftest import Upload, browser_of, signed_in
from tests.domains.workforce.sheets import nip, people, person, xlsx

pytestmark = pytest.mark.django_db


def test_a_file_goes_from_upload_over_review_to_the_list(officer: Client, upload: Upload) -> None:
    content = xlsx([*people(3), person(4, GOL_AKHIR_NAMA="III/e", NAMA="<b>Contoh</b>")])
    page = officer.post("/impor/baru/", {"kind": "employees", "file": file(content)}, follow=True)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Golongan ruang III/e tidak ada." in text
    assert "<b>Contoh</b>" not in text
    row = Import.objects.get()
    fixed = officer.post(
        f"/impor/{row.pk}/baris/5/",
        {**cells(row, officer), "version": row.version, "cell-rank": "III/d"},
    )
    assert fixed.status_code == 302
    row.refresh_from_db()
    answer = officer.post(
        f"/impor/{row.pk}/terapkan/", {"version": row.version, "verdict": ["new", "changed"]}
    )
    assert answer.status_code == 302
    running = officer.get(f"/impor/{row.pk}/").content.decode()
    assert "job-progress" in running
    jobs.work(once=True)
    assert "Impor selesai diterapkan" in officer.get(f"/impor/{row.pk}/").content.decode()
    listing = officer.get("/pegawai/").content.decode()
    assert "Contoh Pegawai 1" in listing
    assert "&lt;b&gt;Contoh&lt;/b&gt;" in listing


def test_every_page_of_an_import_opens(officer: Client, imported: Upload, upload: Upload) -> None:
    imported(xlsx(people(12)))
    row = upload(xlsx([*people(12, NAMA="Nama Lain"), person(20, GOL_AKHIR_NAMA="x")]))
    root = f"/impor/{row.pk}/"
    for address in (
        "/impor/",
        "/impor/baru/",
        "/impor/contoh/employees.xlsx",
        root,
        f"{root}baris/",
        f"{root}baris/?putusan=changed",
        f"{root}baris/14/",
        f"{root}bermasalah.xlsx",
        "/pekerjaan/",
    ):
        assert officer.get(address).status_code == 200, address
    review = officer.get(root).content.decode()
    assert "Impor berhenti: perubahan" in review
    refused = officer.post(f"{root}terapkan/", {"version": row.version, "verdict": "changed"})
    assert refused.status_code == 422
    assert "Tulis alasan" in refused.content.decode()


def test_a_file_that_cannot_be_read_is_shown_with_the_way_on(
    officer: Client, upload: Upload
) -> None:
    page = officer.post(
        "/impor/baru/", {"kind": "employees", "file": file(b"%PDF-1.7")}, follow=True
    )
    assert "PDF tidak diterima" in page.content.decode()
    assert officer.post("/impor/baru/", {"kind": "employees"}).status_code == 422


def test_a_stale_form_changes_nothing(officer: Client, upload: Upload) -> None:
    row = upload(xlsx(people(1)))
    answer = officer.post(f"/impor/{row.pk}/tutup/", {"version": row.version + 1})
    assert answer.status_code == 409


def test_the_list_filters_by_text_class_rank_and_agency(officer: Client, imported: Upload) -> None:
    imported(
        xlsx(
            [
                person(1, NAMA="Contoh Amanah"),
                person(2, NAMA="Contoh Berani", GOL_AKHIR_NAMA="IV/a", ESELON_ID="31"),
                person(3, NAMA="Contoh Cermat", SATUAN_KERJA_KERJA_NAMA="Badan Contoh"),
            ]
        )
    )
    agency = Unit.objects.get(name="Badan Contoh").pk
    for query, only in (
        ("q=amanah", "Amanah"),
        (f"q={nip(2)}", "Berani"),
        ("jenjang=administrator", "Berani"),
        ("golongan=IV/a", "Berani"),
        (f"unit={agency}", "Cermat"),
    ):
        text = officer.get(f"/pegawai/?{query}").content.decode()
        assert re.findall(r">Contoh (\w+), S.STP.", text) == [only], query


def test_the_list_asks_the_same_number_of_queries_for_few_and_many(
    officer: Client, imported: Upload, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (3, 60):
        imported(xlsx(people(number)))
        officer.get("/pegawai/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            officer.get("/pegawai/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_pages_of_the_list_hold_everybody_once(officer: Client, imported: Upload) -> None:
    imported(xlsx(people(120, NAMA="Contoh Sama")))
    seen: list[str] = []
    address = "/pegawai/"
    while address:
        text = officer.get(address).content.decode()
        seen += re.findall(r'href="/pegawai/([0-9A-Z]{26})/"', text)
        found = re.search(r'rel="next" href="(\?[^"]+)"', text)
        address = f"/pegawai/{found[1].replace('&amp;', '&')}" if found else ""
    assert len(seen) == len(set(seen)) == 120


def test_an_employee_is_changed_with_a_reason_and_shown_with_history(
    officer: Client, imported: Upload
) -> None:
    imported(xlsx(people(1)))
    employee = Employee.objects.get()
    root = f"/pegawai/{employee.pk}/"
    without = officer.post(
        f"{root}jabatan/",
        {
            "version": 1,
            "name": "Kepala Bidang",
            "position_class": "administrator",
            "since": "2026-11-01",
        },
    )
    assert without.status_code == 422
    done = officer.post(
        f"{root}jabatan/",
        {
            "version": 1,
            "name": "Kepala Bidang Contoh",
            "position_class": "administrator",
            "echelon": "III.a",
            "since": "2026-11-01",
            "decree": "SK 821/1",
            "reason": "Mutasi",
        },
    )
    assert done.status_code == 302
    text = officer.get(root).content.decode()
    assert "Kepala Bidang Contoh" in text
    assert "Kepala Subbagian Umum" in text
    early = officer.post(
        f"{root}golongan/",
        {"version": 2, "rank_code": "III/d", "since": "2001-01-01", "reason": "x"},
    )
    assert early.status_code == 422
    assert "mendahului" in early.content.decode()
    assert officer.get(f"{root}unit/").status_code == 200
    assert officer.get(f"{root}ubah/").status_code == 200
    stale = officer.post(
        f"{root}golongan/",
        {"version": 1, "rank_code": "III/d", "since": "2026-11-01", "reason": "x"},
    )
    assert stale.status_code == 409


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_export_imports_again_unchanged(
    officer: Client, imported: Upload, upload: Upload, suffix: str
) -> None:
    imported(
        xlsx(
            [
                person(1, NAMA="Nur'aini"),
                person(2, NAMA="-Contoh Rumus", EMAIL="satu@contoh.go.id"),
                person(3, JENIS_JABATAN_ID="2", JABATAN_NAMA="Analis Ahli Muda", ESELON_ID="null"),
                person(
                    4,
                    NIP_BARU="199001012021212901",
                    GOL_AKHIR_NAMA="IX",
                    TANGGAL_LAHIR="01-01-1990",
                ),
                person(5, KEDUDUKAN_HUKUM_NAMA="Pensiun"),
            ]
        )
    )
    answer = officer.get(f"/pegawai/unduh{suffix}?status=all")
    assert answer.status_code == 200
    row = upload(answer.content, f"pegawai{suffix}")
    assert (row.rows, row.same_rows) == (5, 5)


def test_access_to_employees_by_role_and_unit(imported: Upload) -> None:
    imported(
        xlsx([person(1), person(2, SATUAN_KERJA_KERJA_NAMA="Badan Contoh", UNOR_NAMA="Bidang X")])
    )
    own = Employee.objects.get(nip=nip(1))
    other = Employee.objects.get(nip=nip(2))
    agency = Unit.objects.get(name="Dinas Contoh")
    hr = signed_in("hrd", Role.AGENCY_HR, agency.pk)
    trainer = signed_in("widyaiswara", Role.TRAINER)
    assert own.account
    himself = browser_of(own.account)
    table = [
        (hr, own, "", 200),
        (hr, own, "ubah/", 200),
        (hr, other, "", 404),
        (hr, other, "ubah/", 404),
        (trainer, own, "", 404),
        (himself, own, "", 200),
        (himself, own, "ubah/", 403),
        (himself, other, "", 404),
    ]
    for client, employee, part, status in table:
        assert client.get(f"/pegawai/{employee.pk}/{part}").status_code == status, (part, status)
    assert "Contoh Pegawai 2" not in hr.get("/pegawai/").content.decode()
    assert trainer.get("/pegawai/").status_code == 403
    assert himself.get("/impor/").status_code == 200
    assert himself.get("/impor/baru/").status_code == 404
    assert Client().get("/pegawai/").status_code == 302


def test_an_agency_officer_cannot_import_into_other_agencies(
    imported: Upload, upload: Upload
) -> None:
    imported(xlsx([person(1), person(2, SATUAN_KERJA_KERJA_NAMA="Badan Contoh")]))
    agency = Unit.objects.get(name="Dinas Contoh")
    hr = signed_in("hrd", Role.AGENCY_HR, agency.pk)
    content = xlsx(
        [
            person(1, NAMA="Nama Baru"),
            person(2, NAMA="Nama Baru"),
            person(3, SATUAN_KERJA_KERJA_NAMA="Dinas Entah"),
        ]
    )
    hr.post("/impor/baru/", {"kind": "employees", "file": file(content)})
    row = Import.objects.order_by("-id")[0]
    assert (row.changed_rows, row.problem_rows) == (1, 2)
    other = signed_in("hrd2", Role.AGENCY_HR, Unit.objects.get(name="Badan Contoh").pk)
    assert other.get(f"/impor/{row.pk}/").status_code == 404


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("pegawai.xlsx", content)


def cells(row: Import, client: Client) -> dict[str, str]:
    page = client.get(f"/impor/{row.pk}/baris/5/").content.decode()
    found = re.findall(r'name="(cell-[a-z_]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}
