"""Employees and imports through the API: what the pages can do, machines can."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinambung.domains.workforce.models import Employee
from sinambung.platform.jobs import services as jobs
from tests.domains.workforce.conftest import Upload
from tests.domains.workforce.sheets import people, person, xlsx

pytestmark = pytest.mark.django_db


def send(client: Client, address: str, body: Any, method: str = "post") -> Any:
    call = getattr(client, method)
    return call(address, json.dumps(body), content_type="application/json")


def test_a_sheet_is_uploaded_corrected_applied_and_undone(officer: Client, upload: Upload) -> None:
    content = xlsx([*people(3), person(4, GOL_AKHIR_NAMA="III/e")])
    made = officer.post(
        "/api/v1/imports",
        {"kind": "employees", "file": SimpleUploadedFile("pegawai.xlsx", content)},
    )
    assert made.status_code == 201
    row = made.json()
    root = f"/api/v1/imports/{row['id']}"
    review = officer.get(root).json()
    assert review["groups"][0]["lines"][0]["sentence"] == "Golongan ruang III/e tidak ada."
    fixed = send(officer, f"{root}/rows/5", {"version": row["version"], "cells": {"rank": "III/d"}})
    assert fixed.json()["problem_rows"] == 0
    left_out = send(
        officer,
        f"{root}/rows/choose",
        {"version": fixed.json()["version"], "listed": [2, 3], "chosen": [2]},
    )
    begun = send(officer, f"{root}/apply", {"version": left_out.json()["version"]})
    assert begun.json()["chosen_rows"] == 3
    jobs.work(once=True)
    after = officer.get(root).json()["summary"]
    assert (after["state"], after["applied_rows"]) == ("applied", 3)
    assert len(officer.get(f"{root}/rows?verdict=new").json()["rows"]) == 4
    assert send(officer, f"{root}/undo", {"version": after["version"]}).status_code == 200
    jobs.work(once=True)
    assert not Employee.objects.exists()
    assert officer.get("/api/v1/imports").json()["rows"][0]["state"] == "undone"


def test_an_employee_is_read_and_changed(officer: Client, imported: Upload) -> None:
    imported(xlsx(people(2)))
    rows = officer.get("/api/v1/employees").json()
    assert rows["total"] == 2
    root = f"/api/v1/employees/{rows['rows'][0]['id']}"
    shown = officer.get(root).json()
    change = {"version": shown["version"], "since": "2026-11-01", "reason": "SK"}
    ranked = send(officer, f"{root}/ranks", {**change, "rank_code": "III/d"})
    assert ranked.json()["card"]["rank_code"] == "III/d"
    assert [line["until"] for line in ranked.json()["ranks"]] == [None, "2026-11-01"]
    stale = send(officer, f"{root}/ranks", {**change, "rank_code": "IV/a"})
    assert stale.status_code == 409
    assert stale["Content-Type"].startswith("application/problem+json")
    wrong = send(
        officer, f"{root}/positions", {**change, "version": 2, "name": " ", "position_class": ""}
    )
    assert wrong.status_code == 422
    assert officer.get("/api/v1/employees/01J00000000000000000000000").status_code == 404


def test_nobody_gets_in_without_signing_in() -> None:
    assert Client().get("/api/v1/employees").status_code == 401
    assert Client().get("/api/v1/imports").status_code == 401
