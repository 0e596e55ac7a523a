"""An auditor takes the input of a final grade away and computes it again without the database."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sinambung.cli.main import main
from sinambung.domains.training.models import FinalGrade, Participant
from sinambung.domains.training.queries.mark_sheet import grade_of
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.domains.training import marking
from tests.domains.training.test_mark_scheme_completion import complete, confirmed
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> Client:
    return signed_in(build.staff("auditor", Role.AUDITOR))


def computed_again(
    content: bytes, folder: Path, capsys: pytest.CaptureFixture[str], *, on: str = "2026-11-24"
) -> Any:
    path = folder / "masukan.json"
    path.write_bytes(content)
    capsys.readouterr()
    words = ["rule", "compute", "nilai-akhir", "--input", str(path), "--on", on, "--json"]
    assert main(words) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def download(client: Client, person: Participant) -> bytes:
    answer = client.get(f"/pelatihan/peserta/{person.pk}/nilai/masukan/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="nilai-akhir-pkp-')
    return bytes(answer.content)


def assert_same(person: Participant, again: Any) -> None:
    stored = FinalGrade.objects.get(participant=person)
    shown = grade_of(person)
    assert shown is not None
    assert Decimal(again["value"]["value"]) == Decimal(stored.value)
    assert again["value"]["distinction"] == stored.distinction
    assert again["value"]["passes"] == stored.passes
    assert again["working"] == list(shown.working)
    assert again["basis"] == [citation.to_mapping() for citation in shown.basis]
    assert again["verified"] == stored.is_verified


def test_the_downloaded_input_gives_the_stored_value_working_and_basis(
    auditor: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _batch, people = marking.decided_batch(3)
    for person in people:
        content = download(auditor, person)
        assert_same(person, computed_again(content, tmp_path, capsys))
        assert_same(person, computed_again(content, tmp_path, capsys, on="2001-01-01"))


def test_adopted_local_values_come_along_in_the_file(
    auditor: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by = marking.organiser()
    batch, (person, *_) = marking.running_batch(1, key="pkp-2023")
    marking.fill(batch, [person], by=by, mark="84.33")
    confirmed(by, marking.head())
    complete(batch, by)
    again = computed_again(download(auditor, person), tmp_path, capsys)
    assert_same(person, again)
    assert any("20%" in line for line in again["working"])


def test_the_api_gives_the_same_input(auditor: Client) -> None:
    _batch, (person, *_) = marking.decided_batch(1)
    answer = auditor.get(f"/api/v1/training/participants/{person.pk}/grade-input")
    assert answer.json() == json.loads(download(auditor, person))


def test_the_sheet_links_the_file_and_says_the_command_and_the_codes(auditor: Client) -> None:
    _batch, (person, *_) = marking.decided_batch(1)
    page = auditor.get(f"/pelatihan/peserta/{person.pk}/nilai/").content.decode()
    assert f'href="/pelatihan/peserta/{person.pk}/nilai/masukan/"' in page
    assert "Unduh masukan (JSON)" in page
    assert "sinambung rule compute nilai-akhir --input nilai-akhir-pkp-" in page
    assert ">AKD</code>" in page


def test_a_stranger_gets_neither_file_nor_word_of_it() -> None:
    _batch, (person, *_) = marking.decided_batch(1)
    other = signed_in(build.staff("lain", Role.TRAINER))
    addresses = (
        f"/pelatihan/peserta/{person.pk}/nilai/masukan/",
        f"/api/v1/training/participants/{person.pk}/grade-input",
    )
    for address in addresses:
        assert other.get(address).status_code in (403, 404)
        assert Client().get(address).status_code in (302, 401)
