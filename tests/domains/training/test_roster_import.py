"""The roster of a batch from a workbook, with the mistakes that real ones have."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from sinambung.domains.training.models import Batch, Participant
from sinambung.domains.training.services import batches as batch_services
from sinambung.domains.training.services import participants as people_services
from sinambung.domains.workforce.models import Employee
from sinambung.platform.audit.models import Entry
from sinambung.platform.exchange import services as exchange
from sinambung.platform.exchange.models import Import, StagedRow
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.foundation.identifiers import new_ulid
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db
HEAD = ("NO", "NAMA LENGKAP", "NIP/NRP", "GOL", "JABATAN", "INSTANSI")
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(autouse=True)
def _data_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path


@pytest.fixture
def batch() -> Batch:
    return build.batch()


def workbook(rows: Sequence[Sequence[Any]], *, head: Sequence[str] = HEAD) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "DAFTAR PESERTA PELATIHAN KEPEMIMPINAN PENGAWAS ANGKATAN IX"
    sheet.merge_cells("A1:F1")
    sheet["A2"] = "Badan Pengembangan Sumber Daya Manusia (data contoh)"
    sheet.merge_cells("A2:F2")
    sheet.append([])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def line(person: Employee, **changes: Any) -> list[Any]:
    values = {
        "no": 1,
        "name": person.display_name,
        "nip": person.nip,
        "rank": person.rank_code,
        "position": person.position_name,
        "agency": "Unit PROV",
        **changes,
    }
    return [values[key] for key in ("no", "name", "nip", "rank", "position", "agency")]


def upload(batch: Batch, rows: Sequence[Sequence[Any]], **more: Any) -> Import:
    return exchange.upload(
        kind="roster",
        file_name="daftar.xlsx",
        pieces=[workbook(rows, **more)],
        options={"batch": batch.pk},
        by=build.SYSTEM,
        inline=True,
    )


def apply(row: Import) -> Import:
    return exchange.apply_now(import_id=row.pk, by=build.SYSTEM, reason="Uji")


def found(row: Import) -> dict[int, tuple[str, str]]:
    """Verdict and problems by row number of the file."""
    return {
        staged.number: (staged.verdict, staged.problems + staged.warnings)
        for staged in StagedRow.objects.filter(upload=row)
    }


def test_a_roster_with_title_lines_and_other_headings_becomes_participants(batch: Batch) -> None:
    people = build.employees(5)
    rows = [line(person) for person in people[:3]] + [[]] + [line(person) for person in people[3:]]
    done = apply(upload(batch, rows))
    assert done.applied_rows == 5
    assert [row.nip for row in Participant.objects.order_by("number")] == [
        person.nip for person in people
    ]
    assert Entry.objects.filter(action="training.participant_added").count() == 5


@pytest.mark.parametrize(
    "rank", ["III.c", "III/c", "iii/C", "Penata (III/c)", "Penata, III/c", "Penata / III c", "33"]
)
def test_ranks_are_understood_however_they_are_written(batch: Batch, rank: str) -> None:
    person = build.employees(1)[0]
    row = upload(batch, [line(person, rank=rank)])
    assert all("Berbeda dari data pegawai" not in text for _verdict, text in found(row).values())


def test_titles_and_capitals_in_names_are_no_difference(batch: Batch) -> None:
    person = build.employees(1)[0]
    row = upload(batch, [line(person, name=f"Dr. {person.name.upper()}, S.H., M.Si.")])
    assert all("Berbeda" not in text for _verdict, text in found(row).values())


def test_what_differs_from_the_personnel_data_is_said_and_not_taken(batch: Batch) -> None:
    person = build.employees(1)[0]
    row = upload(batch, [line(person, name="Orang Lain", position="Camat", rank="IV/a")])
    text = next(iter(found(row).values()))[1]
    assert text.count("Yang dipakai data pegawai") == 3
    apply(row)
    assert Participant.objects.get().position == person.position_name


@pytest.mark.parametrize(
    ("nip", "sentence"),
    [
        (198001012010011900, "angka"),
        ("19800101", "18 angka"),
        ("198013012010011900", "bukan tanggal lahir"),
        ("199001012010011999", "tidak ada dalam data pegawai"),
        ("", "NIP"),
    ],
)
def test_a_wrong_nip_is_explained_and_the_others_go_on(
    batch: Batch, nip: Any, sentence: str
) -> None:
    people = build.employees(2)
    row = upload(batch, [line(people[0], nip=nip), line(people[1])])
    verdicts = sorted(found(row).values())
    assert [verdict for verdict, _text in verdicts] == ["new", "problem"]
    assert sentence in verdicts[1][1]
    assert apply(row).applied_rows == 1
    assert Participant.objects.get().nip == people[1].nip


def test_a_wrong_nip_beside_a_known_name_is_answered_with_the_right_one(batch: Batch) -> None:
    person = build.employees(1)[0]
    row = upload(batch, [line(person, nip="199001012010011999")])
    assert f"ber-NIP {person.nip}" in next(iter(found(row).values()))[1]


def test_a_person_twice_is_taken_once(batch: Batch) -> None:
    person = build.employees(1)[0]
    row = upload(batch, [line(person), line(person, nip=f"'{person.nip}")])
    assert sorted(verdict for verdict, _text in found(row).values()) == ["new", "problem"]
    apply(row)
    assert Participant.objects.count() == 1


def test_another_batch_and_a_former_pass_are_warnings(batch: Batch) -> None:
    people = build.employees(2)
    other = build.batch(number=10)
    rows = people_services.nominate(
        batch_id=other.pk, nips=[person.nip for person in people], by=build.SYSTEM
    )
    Participant.objects.filter(pk=rows[1].pk).update(state="passed")
    text = found(upload(batch, [line(person) for person in people]))
    texts = [text for _verdict, text in text.values()]
    assert any("Masih terdaftar dalam PKP Angkatan X" in one for one in texts)
    assert any("Sudah lulus pelatihan ini dalam PKP Angkatan X" in one for one in texts)


def test_the_same_file_again_changes_nothing(batch: Batch) -> None:
    people = build.employees(3)
    rows = [line(person) for person in people]
    apply(upload(batch, rows))
    again = upload(batch, rows)
    assert {verdict for verdict, _text in found(again).values()} == {"same"}
    assert Participant.objects.count() == 3


def test_new_personnel_data_refresh_the_participant(batch: Batch) -> None:
    person = build.employees(1)[0]
    apply(upload(batch, [line(person)]))
    Employee.objects.update(position_name="Kepala Subbagian Baru")
    row = upload(batch, [line(person, position="Kepala Subbagian Baru")])
    assert [verdict for verdict, _text in found(row).values()] == ["changed"]
    apply(row)
    assert Participant.objects.get().position == "Kepala Subbagian Baru"
    exchange.undo_now(import_id=row.pk, by=build.SYSTEM, reason="Keliru")
    assert Participant.objects.get().position == "Kepala Seksi Contoh"


def test_an_import_is_undone_but_never_who_was_accepted_since(batch: Batch) -> None:
    people = build.employees(3)
    row = apply(upload(batch, [line(person) for person in people]))
    kept = Participant.objects.order_by("number").first()
    people_services.accept_participants(
        batch_id=batch.pk, participant_ids=[kept.pk], by=build.SYSTEM, reason="Lengkap"
    )
    exchange.undo_now(import_id=row.pk, by=build.SYSTEM, reason="Salah berkas")
    assert [row.pk for row in Participant.objects.all()] == [kept.pk]


def test_a_row_that_somebody_changed_since_the_check_is_refused(batch: Batch) -> None:
    person = build.employees(1)[0]
    apply(upload(batch, [line(person)]))
    Employee.objects.update(position_name="Jabatan Lain")
    row = upload(batch, [line(person)])
    people_services.accept_participants(
        batch_id=batch.pk,
        participant_ids=[Participant.objects.get().pk],
        by=build.SYSTEM,
        reason="Lengkap",
    )
    done = exchange.apply_now(import_id=row.pk, by=build.SYSTEM, reason="Uji")
    assert done.refused_rows == 1
    assert Participant.objects.get().state == "accepted"


def test_a_closed_or_foreign_batch_takes_no_roster(batch: Batch) -> None:
    with pytest.raises(NotFound):
        exchange.upload(
            kind="roster",
            file_name="x.xlsx",
            pieces=[b"x"],
            options={"batch": new_ulid()},
            by=build.SYSTEM,
            inline=True,
        )
    other = build.actor(Role.ORGANISER, path="LAIN/")
    with pytest.raises(NotFound):
        exchange.upload(
            kind="roster",
            file_name="x.xlsx",
            pieces=[b"x"],
            options={"batch": batch.pk},
            by=other,
            inline=True,
        )
    batch_services.cancel_batch(
        batch_id=batch.pk, version=batch.version, reason="Batal", by=build.SYSTEM
    )


def test_a_script_in_a_name_is_shown_as_text(batch: Batch) -> None:
    person = build.employees(1)[0]
    row = upload(batch, [line(person, name="<script>alert(1)</script>")])
    apply(row)
    organiser = signed_in(build.staff("penyelenggara", Role.ORGANISER))
    shown = organiser.get(f"/pelatihan/angkatan/{batch.pk}/peserta/").content.decode()
    assert "<script>alert(1)" not in shown


def test_the_roster_that_goes_out_comes_back_unchanged(batch: Batch) -> None:
    build.participants(batch, 4)
    client: Client = signed_in(build.staff("penyelenggara", Role.ORGANISER))
    content = client.get(f"/pelatihan/angkatan/{batch.pk}/unduh/").content
    row = exchange.upload(
        kind="roster",
        file_name="kembali.xlsx",
        pieces=[content],
        options={"batch": batch.pk},
        by=build.SYSTEM,
        inline=True,
    )
    assert {verdict for verdict, _text in found(row).values()} == {"same"}
    assert len(found(row)) == 4


@pytest.mark.parametrize("name", ["roster-angkatan-ix.xlsx", "roster-angkatan-x.xlsx"])
def test_the_example_rosters_are_read_with_every_slip_explained(batch: Batch, name: str) -> None:
    row = exchange.upload(
        kind="roster",
        file_name=name,
        pieces=[(EXAMPLES / name).read_bytes()],
        options={"batch": batch.pk},
        by=build.SYSTEM,
        inline=True,
    )
    assert row.state == "review", row.refusal
    assert len(found(row)) >= 38
