from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

from sinambung.platform.foundation.actors import system
from sinambung.platform.numbering import queries, services
from sinambung.platform.numbering.models import IssuedNumber

DAY = dt.date(2026, 12, 2)
AT = dt.datetime(2026, 12, 3, 2, 0, tzinfo=dt.UTC)
PATTERN = "{urut:3}/PKP.{angkatan}/BPSDM/{bulan_romawi}/{tahun}"


def allocate(*subjects: str, **changed: Any) -> list[IssuedNumber]:
    asked: dict[str, Any] = {
        "code": "sttp",
        "pattern": PATTERN,
        "values": {"angkatan": "IX"},
        "subject_kind": "certificate",
        "subject_ids": list(subjects),
        "on": DAY,
    }
    with transaction.atomic():
        return services.allocate(**asked | changed)


@pytest.mark.django_db
def test_numbers_follow_each_other_in_the_agencys_pattern() -> None:
    texts = [number.text for number in allocate("a", "b")] + [allocate("c")[0].text]
    assert texts == [f"00{place}/PKP.IX/BPSDM/XII/2026" for place in (1, 2, 3)]


@pytest.mark.django_db
def test_a_subject_keeps_its_number_when_asked_again() -> None:
    first = allocate("a", "b")
    assert [n.pk for n in allocate("b", "c", "a")][::2] == [first[1].pk, first[0].pk]
    assert queries.gaps(code="sttp", year=2026) == []


@pytest.mark.django_db
def test_a_rolled_back_transaction_gives_nothing() -> None:
    with transaction.atomic():
        allocate("a")
        transaction.set_rollback(True)
    assert allocate("b")[0].sequence == 1


@pytest.mark.django_db
def test_each_year_begins_with_one() -> None:
    allocate("a")
    assert allocate("b", on=dt.date(2027, 1, 4))[0].text == "001/PKP.IX/BPSDM/I/2027"


@pytest.mark.django_db
def test_a_void_number_stays_and_is_never_given_again() -> None:
    number = allocate("a")[0]
    by = system("uji")
    with pytest.raises(services.ReasonMissing):
        services.void(number_id=number.pk, reason=" ", by=by, at=AT)
    services.void(number_id=number.pk, reason="Salah tulis nama.", by=by, at=AT)
    with pytest.raises(services.AlreadyVoid):
        services.void(number_id=number.pk, reason="Lagi.", by=by, at=AT)
    assert allocate("a")[0].sequence == 2
    assert queries.gaps(code="sttp", year=2026) == []
    assert queries.registers_with_gaps() == []


@pytest.mark.django_db
def test_a_bad_pattern_is_refused_with_its_reason() -> None:
    with pytest.raises(services.PatternRefused) as refusal:
        allocate("a", pattern="{urut}/{angkatan}")
    assert "{tahun}" in refusal.value.sentence
    with pytest.raises(services.PatternRefused):
        allocate("a", values={})


@pytest.mark.django_db
def test_a_number_that_exists_is_never_given_again() -> None:
    number = allocate("a", pattern="{urut}/{tahun}")[0]
    number.register.last = 0
    number.register.save(update_fields=["last"])
    with pytest.raises(services.NumberTaken):
        allocate("b", pattern="{urut}/{tahun}")


WORK = """
import datetime as dt, sys
import django
django.setup()
from django.db import transaction
from sinambung.platform.numbering import services
for place in range(12):
    with transaction.atomic():
        services.allocate(
            code="sttp", pattern="{urut}/{tahun}", values={}, subject_kind="certificate",
            subject_ids=[sys.argv[1] + str(place)], on=dt.date(2026, 12, 2),
        )
        if place % 4 == 3:
            transaction.set_rollback(True)
"""
CHECK = """
import django
django.setup()
from sinambung.platform.numbering import queries
from sinambung.platform.numbering.models import IssuedNumber
numbers = IssuedNumber.objects.order_by("sequence").values_list("sequence", flat=True)
assert list(numbers) == list(range(1, 37)), list(numbers)
assert IssuedNumber.objects.values("text").distinct().count() == 36
assert queries.gaps(code="sttp", year=2026) == queries.registers_with_gaps() == []
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the threads below are for PostgreSQL")
def test_processes_on_one_sqlite_file_leave_no_gap_and_no_double(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SINAMBUNG_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sinambung.config.settings",
    }

    def started(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, *words], env=environment, stderr=subprocess.PIPE)

    migrate = started("-m", "sinambung.manage", "migrate", "numbering", "--verbosity=0")
    assert migrate.wait() == 0
    for worker in [started("-c", WORK, name) for name in "abcd"]:
        assert worker.wait() == 0, worker.communicate()
    check = started("-c", CHECK)
    assert check.wait() == 0, check.communicate()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the processes above are for SQLite")
@pytest.mark.django_db(transaction=True)
def test_threads_on_postgresql_leave_no_gap_and_no_double() -> None:
    failures: list[Exception] = []

    def work(name: str) -> None:
        try:
            for place in range(12):
                with transaction.atomic():
                    allocate(f"{name}{place}")
                    if place % 4 == 3:
                        transaction.set_rollback(True)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    sequences = IssuedNumber.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(sequences) == list(range(1, 37))
    assert queries.gaps(code="sttp", year=2026) == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_a_programming_error() -> None:
    with pytest.raises(RuntimeError):
        services.allocate(
            code="sttp",
            pattern=PATTERN,
            values={"angkatan": "IX"},
            subject_kind="certificate",
            subject_ids=["a"],
            on=DAY,
        )
