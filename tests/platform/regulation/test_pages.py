"""Kelengkapan regulasi in the browser and through the API."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity.capabilities import Role
from sinambung.platform.regulation.models import LocalEdition, LocalState
from tests.platform.regulation.conftest import WEIGHTS, make_user
from tests.platform.regulation.test_enter_local_values import confirm, enter
from tests.sessions import signed_in

SUBJECT = "/regulasi/pkp-2023/weights/"


def posted(values: dict[str, str] = WEIGHTS) -> dict[str, object]:
    return {
        **{f"nilai-{index}": value for index, value in enumerate(values.values())},
        "source": "Keputusan Kepala LAN 2/K.1/PDP.07/2023",
        "article": "Lampiran",
        "effective_on": "2024-01-01",
    }


def test_the_list_names_what_is_lacking_and_from_which_document(organiser_client: Client) -> None:
    overview = organiser_client.get("/regulasi/").content.decode()
    assert "/regulasi/pkp-2023/" in overview
    assert "Contoh (bukan angka resmi)" not in overview
    html = organiser_client.get("/regulasi/pkp-2023/").content.decode()
    assert "Bobot komponen" in html
    assert "lampiran penilaian Keputusan Kepala LAN 2/K.1/PDP.07/2023" in html
    assert "5 dari 5 nilai belum diisi." in html
    assert max(len(html), len(overview)) < 60_000


def test_one_enters_and_another_confirms_in_the_browser(
    organiser_client: Client, head_client: Client
) -> None:
    pdf = SimpleUploadedFile("lampiran.pdf", b"%PDF-1.7 contoh", content_type="application/pdf")
    answer = organiser_client.post(SUBJECT + "isi/", {**posted(), "file": pdf})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    entry = LocalEdition.objects.get()
    own = organiser_client.get(SUBJECT).content.decode()
    assert "orang lain harus mengonfirmasi" in own
    assert f"/regulasi/isian/{entry.pk}/konfirmasi/" not in own
    forbidden = organiser_client.post(
        f"/regulasi/isian/{entry.pk}/konfirmasi/", {"version": entry.version}
    )
    assert forbidden.status_code == 403
    document = head_client.get(f"/regulasi/isian/{entry.pk}/dokumen/")
    assert document["Content-Disposition"].startswith("attachment")
    assert f"/regulasi/isian/{entry.pk}/konfirmasi/" in head_client.get(SUBJECT).content.decode()
    head_client.post(f"/regulasi/isian/{entry.pk}/konfirmasi/", {"version": entry.version})
    entry.refresh_from_db()
    assert entry.state == LocalState.CONFIRMED
    assert "nilai setempat" in organiser_client.get(SUBJECT).content.decode()


def test_a_wrong_value_keeps_what_was_typed_and_says_where(organiser_client: Client) -> None:
    answer = organiser_client.post(SUBJECT + "isi/", posted({**WEIGHTS, "AKD": "banyak"}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="banyak"' in html
    assert "tulis angka" in html
    assert not LocalEdition.objects.exists()


@pytest.mark.parametrize(
    "change", [{"effective_on": "2024-02-30"}, {"effective_on": ""}, {"source": ""}]
)
def test_bad_input_is_never_a_failure_of_ours(
    organiser_client: Client, change: dict[str, str]
) -> None:
    answer = organiser_client.post(SUBJECT + "isi/", {**posted(), **change})
    assert answer.status_code == 422


def test_scripts_in_text_fields_are_shown_as_text(
    organiser_client: Client, organiser: Actor
) -> None:
    enter(organiser, source="<script>alert(1)</script>", note="<b>x</b>")
    html = organiser_client.get(SUBJECT).content.decode()
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html


def test_unknown_pages_are_not_found(organiser_client: Client) -> None:
    for path in (
        "/regulasi/tidak-ada/",
        "/regulasi/tidak-ada/weights/",
        "/regulasi/pkp-2023/tidak/",
    ):
        assert organiser_client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.TRAINER, 403), (Role.LEADER, 403), (Role.ORGANISER, 200), (Role.ADMINISTRATOR, 200)],
)
def test_only_some_roles_enter(db: None, role: Role, status: int) -> None:
    client = signed_in(make_user("Orang", role))
    assert client.get(SUBJECT).status_code == 200
    assert client.get(SUBJECT + "isi/").status_code == status


def test_the_api_does_what_the_pages_do(organiser_client: Client, head_client: Client) -> None:
    api = "/api/v1/regulation"
    body = {"values": WEIGHTS, "effective_on": "2024-01-01", "source": "Keputusan 2/2023"}
    made = organiser_client.post(
        f"{api}/pkp-2023/weights", json.dumps(body), content_type="application/json"
    )
    assert made.status_code == 201, made.content
    entry = made.json()
    own = organiser_client.post(
        f"{api}/entries/{entry['id']}/confirm",
        json.dumps({"version": entry["version"]}),
        content_type="application/json",
    )
    assert own.status_code == 403
    other = head_client.post(
        f"{api}/entries/{entry['id']}/confirm",
        json.dumps({"version": entry["version"]}),
        content_type="application/json",
    )
    assert other.json()["state"] == "confirmed"
    shown = head_client.get(f"{api}/pkp-2023/weights").json()
    assert shown["state"] == "complete"
    assert shown["cells"][0]["local"] == "20"
    rows = head_client.get(api).json()
    assert any(row["state"] == "complete" for edition in rows for row in edition["rows"])
    broken = organiser_client.post(
        f"{api}/pkp-2023/weights",
        json.dumps({**body, "values": {"AKD": "x"}}),
        content_type="application/json",
    )
    assert broken.status_code == 422
    assert broken["Content-Type"] == "application/problem+json"


def test_the_list_takes_the_same_number_of_queries_with_many_entries(
    organiser_client: Client,
    organiser: Actor,
    head: Actor,
    django_assert_max_num_queries: object,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        organiser_client.get("/regulasi/")
    confirm(enter(organiser), head)
    enter(organiser, subject_key="attendance", values={"attendance": "85"})
    with CaptureQueriesContext(connection) as more:
        organiser_client.get("/regulasi/")
    assert len(more) == len(few)
