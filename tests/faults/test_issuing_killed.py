"""A worker killed with -9 in the middle of issuing: the next one goes on, no number twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from sinambung.domains.credentials import services
from sinambung.domains.credentials.models import Certificate, CertificateState
from sinambung.platform.audit.models import Entry
from sinambung.platform.documents import queries as files
from sinambung.platform.documents import services as documents
from sinambung.platform.foundation import clock
from sinambung.platform.jobs import services as jobs
from sinambung.platform.jobs.models import Job
from sinambung.platform.notices.models import Notice
from sinambung.platform.numbering import queries as numbering
from sinambung.platform.numbering.models import IssuedNumber
from sinambung.pure.signatures.verdicts import State
from tests.domains.credentials.building import BY, account, request, source, unit
from tests.faults.test_import_killed import shared_database  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]
COUNT = 24

# The worker keeps a few at a time and slows down between them, so that it is hit in the middle.
WORKER = """
import sys, time
import django
django.setup()
from django.conf import settings
from django.db import connections
settings.DATABASES["default"]["NAME"] = sys.argv[1]
connections["default"].settings_dict["NAME"] = sys.argv[1]
settings.DATA_FOLDER = __import__("pathlib").Path(sys.argv[2])
from sinambung.domains.credentials.services import making
making._KEPT_AT_ONCE = 3
keep = making._keep
def slowly(*words, **named):
    time.sleep(0.2)
    return keep(*words, **named)
making._keep = slowly
from sinambung.platform.jobs import services
services.work(once=True)
"""


@pytest.fixture
def asked(shared_database: None, tmp_path: Path, settings: Any) -> str:  # noqa: F811
    """A batch whose certificates are asked for; returns the id of their source."""
    settings.DATA_FOLDER = tmp_path
    services.prepare_signing(at=clock.now())
    requests = [request(place, holder_account=account(place)) for place in range(1, COUNT + 1)]
    return services.issue_certificates(
        source=source(unit().pk), requests=requests, by=BY, at=clock.now()
    ).pk


def test_the_reaper_hands_the_rest_to_the_next_worker(asked: str, tmp_path: Path) -> None:
    before = killed_in_the_middle(tmp_path)
    assert jobs.reap(at=clock.now()) == 1
    jobs.work(once=True)
    assert_everything_once(asked, before)


def test_a_person_continues_it_by_hand_and_a_second_click_adds_nothing(
    asked: str, tmp_path: Path
) -> None:
    before = killed_in_the_middle(tmp_path)
    Job.objects.update(state="failed")
    for _click in range(2):
        services.resume_issuing(source_id=asked, by=BY)
    jobs.work(once=True)
    jobs.work(once=True)
    assert_everything_once(asked, before)
    with pytest.raises(services.AllIssued):
        services.resume_issuing(source_id=asked, by=BY)


def killed_in_the_middle(folder: Path) -> dict[str, str]:
    """Kill a worker after its first certificates; return their numbers with their files' hashes."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["SINAMBUNG_DATABASE_URL"] = os.environ.get("SINAMBUNG_DATABASE_URL", "")
    command = [
        *(sys.executable, "-c", WORKER),
        *(str(connection.settings_dict["NAME"]), str(folder)),
    ]
    worker = subprocess.Popen(command, env=environment, cwd=Path.cwd())
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and worker.poll() is None and not valid():
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    done = valid()
    assert 0 < len(done) < COUNT, "the worker was not hit in the middle"
    return done


def valid() -> dict[str, str]:
    rows = Certificate.objects.filter(state=CertificateState.VALID)
    return dict(rows.values_list("number", "sha256"))


def assert_everything_once(source_id: str, before: dict[str, str]) -> None:
    rows = list(Certificate.objects.filter(source=source_id).order_by("order"))
    assert {row.state for row in rows} == {CertificateState.VALID}
    assert [int(row.number[:3]) for row in rows] == list(range(1, COUNT + 1))
    assert {row.number: row.sha256 for row in rows}.items() >= before.items()
    assert IssuedNumber.objects.count() == COUNT
    assert numbering.registers_with_gaps() == []
    for row in (rows[0], rows[-1]):
        pdf = files.file_content(row.file_id).content
        assert documents.examine(pdf, at=clock.now()).state is State.VALID
    told = Entry.objects.filter(action="credentials.certificate_issued")
    assert Counter(told.values_list("subject_id", flat=True)) == {row.pk: 1 for row in rows}
    assert Notice.objects.filter(link__startswith="/sertifikat/").count() == COUNT
