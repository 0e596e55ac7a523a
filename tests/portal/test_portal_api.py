"""The API of the portal gives what its pages show."""

from __future__ import annotations

from django.test import Client

from sinambung.domains.training.models import Batch
from sinambung.domains.workforce.models import Employee

API = "/api/v1"


def test_home_as_data(organiser_client: Client, batch: Batch) -> None:
    found = organiser_client.get(f"{API}/home").json()
    assert [card["title"] for card in found["cards"]] == [batch.name]


def test_search_as_data(organiser_client: Client, employee: Employee) -> None:
    found = organiser_client.get(f"{API}/search", {"q": employee.nip}).json()
    assert {hit["kind"] for hit in found} >= {"Pegawai"}


def test_the_trail_as_plain_sentences(
    organiser_client: Client, participant_client: Client, batch: Batch, employee: Employee
) -> None:
    found = organiser_client.get(f"{API}/trail", {"angkatan": batch.pk}).json()
    assert found["entries"]
    assert all("<" not in entry["sentence"] for entry in found["entries"])
    assert participant_client.get(f"{API}/trail").status_code == 403
    assert participant_client.get(f"{API}/trail/own").json()["entries"]
    own = participant_client.get(f"{API}/trail/employees/{employee.pk}")
    assert own.status_code == 200
    of_batch = organiser_client.get(f"{API}/trail/batches/{batch.pk}").json()
    assert of_batch["entries"] == found["entries"]
    of_object = organiser_client.get(f"{API}/trail/objects/{batch.pk}").json()
    assert {entry["subject_id"] for entry in of_object["entries"]} == {batch.pk}
    unknown = "01J00000000000000000000000"
    for path in (f"batches/{unknown}", f"objects/{unknown}"):
        assert organiser_client.get(f"{API}/trail/{path}").status_code == 404
        assert participant_client.get(f"{API}/trail/{path}").status_code == 403
    bad = organiser_client.get(f"{API}/trail", {"sejak": "kemarin"})
    assert bad["Content-Type"] == "application/problem+json"
    assert bad.status_code == 422


def test_the_api_is_closed_to_the_public(client: Client, db: None) -> None:
    for path in ("home", "search?q=contoh", "trail", "trail/own"):
        assert client.get(f"{API}/{path}").status_code == 401
