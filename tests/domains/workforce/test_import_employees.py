"""Importing employees: new, changed, the same, chosen, refused, taken back."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from sinambung.domains.workforce.models import Employee, PositionHeld, RankHeld, UnitMembership
from sinambung.platform.audit.models import Entry
from sinambung.platform.exchange import services
from sinambung.platform.exchange.kinds import Verdict
from sinambung.platform.exchange.models import Import, RowOutcome, StagedRow, State
from sinambung.platform.exchange.services.applying import ReasonNeeded
from sinambung.platform.foundation.errors import ChangedMeanwhile, Refused
from sinambung.platform.identity.models import Unit, User
from tests.domains.workforce.conftest import SYSTEM, Upload
from tests.domains.workforce.sheets import nip, people, person, xlsx

pytestmark = pytest.mark.django_db


def test_a_new_employee_gets_histories_an_account_and_one_line_on_the_trail(
    imported: Upload,
) -> None:
    row = imported(xlsx(people(3)))
    employee = Employee.objects.get(nip=nip(1))
    assert (row.state, row.applied_rows, row.refused_rows) == (State.APPLIED, 3, 0)
    assert (employee.rank_code, employee.position_class, employee.echelon) == (
        "III/c",
        "pengawas",
        "IV.b",
    )
    assert employee.account is not None
    assert employee.account.username == nip(1)
    assert not employee.account.has_usable_password()
    assert employee.account.unit_id == employee.unit_id
    held = PositionHeld.objects.get(employee=employee)
    assert (held.since, held.until) == (dt.date(2023, 1, 10), None)
    assert RankHeld.objects.get(employee=employee).since == dt.date(2022, 4, 1)
    assert Entry.objects.filter(person_id=employee.pk).count() == 1


def test_unknown_units_are_proposed_and_created_under_their_agency(
    upload: Upload,
) -> None:
    row = upload(xlsx(people(2)))
    assert any("1 unit baru akan dibuat: Subbagian Umum" in note for note in row.notes)
    assert not Unit.objects.exists()
    services.apply_now(import_id=row.pk, by=SYSTEM)
    names = list(Unit.objects.order_by("path").values_list("name", "kind"))
    assert names == [
        ("Pemerintah Provinsi Contoh", "government"),
        ("Dinas Contoh", "agency"),
        ("Subbagian Umum", "division"),
    ]


def test_the_same_file_again_changes_nothing_and_writes_nothing(
    imported: Upload, upload: Upload
) -> None:
    imported(xlsx(people(5)))
    entries = Entry.objects.count()
    again = upload(xlsx(people(5)))
    assert (again.same_rows, again.new_rows, again.changed_rows) == (5, 0, 0)
    with pytest.raises(Refused):
        services.apply_now(import_id=again.pk, by=SYSTEM)
    assert Entry.objects.exclude(subject_kind="import").count() <= entries
    assert (Employee.objects.count(), User.objects.count()) == (5, 5)


def test_a_changed_row_shows_old_and_new_and_turns_the_history(
    imported: Upload, upload: Upload
) -> None:
    imported(xlsx(people(2)))
    changed = person(2, GOL_AKHIR_NAMA="III/d", TMT_GOLONGAN="01-10-2026")
    row = upload(xlsx([person(1), changed]))
    assert (row.same_rows, row.changed_rows) == (1, 1)
    staged = StagedRow.objects.get(upload=row, verdict="changed")
    assert ["rank", "Penata (III/c)", "Penata Tingkat I (III/d)"] in json.loads(staged.changes)
    services.apply_now(import_id=row.pk, by=SYSTEM)
    employee = Employee.objects.get(nip=nip(2))
    ranks = list(
        RankHeld.objects.filter(employee=employee)
        .order_by("since")
        .values_list("rank_code", "until")
    )
    assert ranks == [("III/c", dt.date(2026, 10, 1)), ("III/d", None)]
    entry = Entry.objects.filter(person_id=employee.pk).last()
    assert entry is not None
    assert "golongan III/c menjadi III/d" in json.loads(entry.facts)["changes"]


def test_columns_that_are_missing_or_empty_leave_what_is_stored(
    imported: Upload, upload: Upload
) -> None:
    imported(xlsx([person(1)]))
    few = ("NIP BARU", "NAMA", "UNOR NAMA", "SATUAN KERJA KERJA NAMA", "GELAR BELAKANG")
    row = upload(xlsx([person(1, GELAR_BELAKANG="")], few))
    assert row.same_rows == 1


def test_a_move_to_another_unit_moves_the_account_along(imported: Upload) -> None:
    imported(xlsx([person(1)]))
    imported(xlsx([person(1, UNOR_NAMA="Bidang Baru")]))
    employee = Employee.objects.select_related("unit", "account").get()
    assert employee.unit.name == "Bidang Baru"
    assert employee.account is not None
    assert employee.account.unit_id == employee.unit_id
    assert UnitMembership.objects.filter(employee=employee, until=None).count() == 1


def test_above_the_threshold_an_import_stops_until_a_reason_is_given(
    imported: Upload, upload: Upload
) -> None:
    imported(xlsx(people(20)))
    row = upload(xlsx(people(20, UNOR_NAMA="Bidang Lain")))
    with pytest.raises(ReasonNeeded):
        services.apply(import_id=row.pk, version=row.version, by=SYSTEM)
    assert Employee.objects.filter(unit__name="Bidang Lain").count() == 0
    done = services.apply_now(import_id=row.pk, by=SYSTEM, reason="Susunan organisasi baru")
    assert done.applied_rows == 20
    assert Entry.objects.filter(reason="Susunan organisasi baru").count() >= 20


def test_deactivating_many_stops_at_the_narrower_threshold(
    imported: Upload, upload: Upload
) -> None:
    imported(xlsx(people(40)))
    rows = people(40)
    for one in rows[:6]:
        one["KEDUDUKAN HUKUM NAMA"] = "Pensiun"
    row = upload(xlsx(rows))
    assert row.deactivating_rows == 6
    with pytest.raises(ReasonNeeded):
        services.apply(import_id=row.pk, version=None, by=SYSTEM)


def test_only_chosen_rows_are_applied(upload: Upload) -> None:
    row = upload(xlsx(people(3)))
    services.choose(import_id=row.pk, version=row.version, listed=[2, 3, 4], chosen=[3], by=SYSTEM)
    done = services.apply_now(import_id=row.pk, by=SYSTEM)
    assert (done.applied_rows, done.chosen_rows) == (1, 1)
    assert list(Employee.objects.values_list("nip", flat=True)) == [nip(2)]


def test_only_chosen_verdicts_are_applied(imported: Upload, upload: Upload) -> None:
    imported(xlsx(people(1)))
    row = upload(xlsx([person(1, NAMA="Nama Baru"), person(2)]))
    done = services.apply_now(import_id=row.pk, by=SYSTEM, verdicts=[Verdict.NEW])
    assert done.applied_rows == 1
    assert Employee.objects.get(nip=nip(1)).name == "Contoh Pegawai 1"


def test_a_row_with_problems_is_skipped_until_it_is_corrected(upload: Upload) -> None:
    row = upload(xlsx([person(1), person(2, GOL_AKHIR_NAMA="III/e")]))
    staged = services.correct_row(
        import_id=row.pk, version=row.version, number=3, cells={"rank": "III/d"}, by=SYSTEM
    )
    row.refresh_from_db()
    assert (staged.verdict, row.new_rows, row.problem_rows) == ("new", 2, 0)
    assert row.problems_by_column == {}
    services.apply_now(import_id=row.pk, by=SYSTEM)
    assert Employee.objects.get(nip=nip(2)).rank_code == "III/d"


def test_a_correction_that_repeats_another_row_is_told(upload: Upload) -> None:
    row = upload(xlsx([person(1), person(2, NIP_BARU="123")]))
    staged = services.correct_row(
        import_id=row.pk, version=None, number=3, cells={"nip": nip(1)}, by=SYSTEM
    )
    assert "baris 2" in staged.problems


def test_two_people_correcting_the_same_import_do_not_overwrite(upload: Upload) -> None:
    row = upload(xlsx([person(1, GOL_AKHIR_NAMA="x"), person(2, GOL_AKHIR_NAMA="x")]))
    version = row.version
    services.correct_row(
        import_id=row.pk, version=version, number=2, cells={"rank": "III/d"}, by=SYSTEM
    )
    with pytest.raises(ChangedMeanwhile):
        services.correct_row(
            import_id=row.pk, version=version, number=3, cells={"rank": "III/d"}, by=SYSTEM
        )


def test_an_employee_who_changed_since_the_check_is_left_alone(
    imported: Upload, upload: Upload
) -> None:
    imported(xlsx(people(2)))
    slow = upload(xlsx([person(1, NAMA="Nama Lambat"), person(2, NAMA="Nama Lambat")]))
    imported(xlsx([person(1, NAMA="Nama Cepat")]))
    done = services.apply_now(import_id=slow.pk, by=SYSTEM)
    assert (done.applied_rows, done.refused_rows) == (1, 1)
    assert Employee.objects.get(nip=nip(1)).name == "Nama Cepat"
    assert "berubah sejak" in RowOutcome.objects.get(upload=slow, state="refused").refusal


def test_applying_twice_is_refused(imported: Upload) -> None:
    row = imported(xlsx(people(1)))
    with pytest.raises(Refused):
        services.apply_now(import_id=row.pk, by=SYSTEM)


def test_undoing_restores_fields_histories_and_removes_the_new(
    imported: Upload,
) -> None:
    imported(xlsx(people(2)))
    before = snapshot()
    row = imported(
        xlsx(
            [
                person(1, NAMA="Nama Lain", GOL_AKHIR_NAMA="III/d", TMT_GOLONGAN="01-10-2026"),
                person(2, UNOR_NAMA="Bidang Lain", JABATAN_NAMA="Kepala Subbidang Baru"),
                person(3),
            ]
        )
    )
    assert snapshot() != before
    done = services.undo_now(import_id=row.pk, by=SYSTEM)
    assert (done.state, done.undone_rows) == (State.UNDONE, 3)
    assert snapshot() == before


def test_undoing_leaves_what_was_changed_again_and_says_so(imported: Upload) -> None:
    imported(xlsx(people(1)))
    row = imported(xlsx([person(1, NAMA="Nama Kedua")]))
    imported(xlsx([person(1, NAMA="Nama Ketiga")]))
    done = services.undo_now(import_id=row.pk, by=SYSTEM)
    assert done.undone_rows == 0
    assert Employee.objects.get().name == "Nama Ketiga"
    assert "diubah lagi" in RowOutcome.objects.get(upload=row).refusal


def test_an_undone_import_can_be_brought_again(imported: Upload) -> None:
    row = imported(xlsx(people(2)))
    services.undo_now(import_id=row.pk, by=SYSTEM)
    again = imported(xlsx(people(2)))
    assert again.applied_rows == 2
    assert Employee.objects.count() == 2


def test_undoing_is_refused_after_thirty_days(imported: Upload) -> None:
    row = imported(xlsx(people(1)))
    Import.objects.filter(pk=row.pk).update(applied_at=row.applied_at - dt.timedelta(days=31))
    with pytest.raises(Refused):
        services.undo_now(import_id=row.pk, by=SYSTEM)


def test_the_four_counters_add_up(imported: Upload, upload: Upload) -> None:
    imported(xlsx(people(4)))
    rows = [person(1), person(2, NAMA="Lain"), person(7), person(8, GOL_AKHIR_NAMA="x")]
    row = upload(xlsx(rows))
    assert (row.same_rows, row.changed_rows, row.new_rows, row.problem_rows) == (1, 1, 1, 1)
    assert row.rows == 4


def snapshot() -> list[object]:
    """Return everything an import may change, without versions."""
    return [
        sorted(
            Employee.objects.values_list(
                "nip", "name", "rank_code", "rank_since", "position_name", "unit__name"
            )
        ),
        sorted(
            RankHeld.objects.values_list("employee__nip", "rank_code", "since", "until"), key=str
        ),
        sorted(
            PositionHeld.objects.values_list("employee__nip", "name", "since", "until"), key=str
        ),
        sorted(
            UnitMembership.objects.values_list("employee__nip", "unit__name", "since", "until"),
            key=str,
        ),
    ]
