"""An importer's reach is asked again when the rows are applied, not only when they are checked."""

from __future__ import annotations

import pytest

from sinambung.domains.workforce.models import Employee
from sinambung.platform.exchange import services
from sinambung.platform.exchange.models import RowOutcome
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity import queries as identity_queries
from sinambung.platform.identity import services as identity
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.identity.models import RoleAssignment, Unit, User
from tests.domains.workforce.conftest import SYSTEM, Upload
from tests.domains.workforce.sheets import nip, person, xlsx

pytestmark = pytest.mark.django_db

OTHER = {"SATUAN_KERJA_KERJA_NAMA": "Badan Contoh", "UNOR_NAMA": "Subbagian Lain"}


@pytest.fixture
def officer_of_two(imported: Upload) -> User:
    """Somebody who manages the employees of two agencies, each with one employee."""
    imported(xlsx([person(1), person(2, **OTHER)]))
    user = identity.add_user(
        username="pengelola-dua", name="Contoh Pengelola", at=clock.now(), by=SYSTEM
    )
    for agency in Unit.objects.filter(kind=Unit.Kind.AGENCY):
        identity.grant_role(
            user_id=user.pk,
            role=Role.AGENCY_HR,
            unit_id=agency.pk,
            since=clock.today(),
            by=SYSTEM,
        )
    return user


def test_rows_of_a_unit_where_the_role_ended_since_the_check_are_refused(
    officer_of_two: User, upload: Upload
) -> None:
    rows = [person(1, NAMA="Nama Baru"), person(2, NAMA="Nama Baru", **OTHER), person(3, **OTHER)]
    row = upload(xlsx(rows), by=actor(officer_of_two))
    assert (row.changed_rows, row.new_rows, row.problem_rows) == (2, 1, 0)
    end_role_in("Badan Contoh")
    done = services.apply_now(import_id=row.pk, by=actor(officer_of_two), reason="Pengujian")
    assert (done.applied_rows, done.refused_rows) == (1, 2)
    assert Employee.objects.get(nip=nip(1)).name == "Nama Baru"
    assert Employee.objects.get(nip=nip(2)).name == "Contoh Pegawai 2"
    assert not Employee.objects.filter(nip=nip(3)).exists()
    refusals = RowOutcome.objects.filter(upload=row, state="refused").values_list("refusal")
    assert all("tidak lagi dalam wewenang Anda" in refusal for (refusal,) in refusals)


def test_no_unit_is_made_in_an_agency_where_the_role_ended(
    officer_of_two: User, upload: Upload
) -> None:
    moved = person(2, **{**OTHER, "UNOR_NAMA": "Bidang Baru"})
    row = upload(xlsx([person(1, NAMA="Nama Baru"), moved]), by=actor(officer_of_two))
    end_role_in("Badan Contoh")
    done = services.apply_now(import_id=row.pk, by=actor(officer_of_two), reason="Pengujian")
    assert (done.applied_rows, done.refused_rows) == (1, 1)
    assert not Unit.objects.filter(name="Bidang Baru").exists()


def actor(user: User) -> Actor:
    return identity_queries.actor_of(user, on=clock.today())


def end_role_in(name: str) -> None:
    role = RoleAssignment.objects.get(unit__name=name)
    identity.end_role(assignment_id=role.pk, version=None, on=clock.today(), by=SYSTEM)
