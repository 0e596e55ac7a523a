"""The API of programmes, batches and people: the same path as the pages, as JSON."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from sinambung.domains.training.models import Participant, ProgrammeEdition
from sinambung.platform.identity.capabilities import Role
from tests.domains.training import building as build
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/training"


@pytest.fixture
def organiser() -> Client:
    return signed_in(build.staff("penyelenggara", Role.ORGANISER))


def send(client: Client, path: str, method: str = "post", **body: Any) -> Any:
    return getattr(client, method)(f"{ROOT}{path}", body, content_type="application/json")


def test_a_batch_goes_from_creation_to_its_start(organiser: Client) -> None:
    made = send(
        organiser,
        "/batches",
        edition_id=build.edition().pk,
        host_id=build.unit("BPSDM", parent=build.unit()).pk,
        number=9,
        year=2026,
        starts_on="2026-08-10",
        ends_on="2026-12-02",
        stages=[{"code": "belajar", "starts_on": "2026-08-10", "ends_on": "2026-09-19"}],
    )
    assert made.status_code == 201, made.content
    batch = made.json()
    path = f"/batches/{batch['id']}"
    nips = [person.nip for person in build.employees(6)]
    assert send(organiser, f"{path}/nominations", nips=nips).json() == {"changed": 6}
    ids = [row["id"] for row in organiser.get(f"{ROOT}{path}/participants").json()]
    refused = send(organiser, f"{path}/participants/accept", participants=ids)
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"
    accepted = send(organiser, f"{path}/participants/accept", participants=ids, reason="Lengkap")
    assert accepted.json() == {"changed": 6}
    groups = send(organiser, f"{path}/groups", version=batch["version"], count=2).json()
    move = {"participants": ids[:1], "group_id": groups[1]["id"]}
    assert send(organiser, f"{path}/groups/move", **move).json() == {"changed": 1}
    coach = build.account("coach").pk
    made = send(organiser, f"{path}/assignments", role="coach", person_id=coach, participants=ids)
    assert len(made.json()) == 6
    end = f"/assignments/{made.json()[0]['id']}/end"
    assert send(organiser, end, version=1, reason="Sakit").json()["until"]
    leave = send(
        organiser,
        f"/participants/{ids[5]}/leave",
        version=Participant.objects.get(pk=ids[5]).version,
        state="withdrawn",
        reason="Pindah",
    )
    assert leave.status_code == 200
    assert send(organiser, f"{path}/start", version=batch["version"]).status_code == 422
    why = {"version": batch["version"], "reason": "Penguji menyusul"}
    started = send(organiser, f"{path}/start", **why)
    assert started.json()["state"] == "running"
    assert send(organiser, f"{path}/start", version=batch["version"]).status_code == 409
    listed = organiser.get(f"{ROOT}/batches").json()
    assert [row["participants"] for row in listed["rows"]] == [5]


def test_a_participant_brings_a_file_and_an_organiser_decides(organiser: Client) -> None:
    person = build.participants(build.batch(), 1)[0]
    client = signed_in(person.employee.account)
    target = io.BytesIO()
    Image.new("RGB", (300, 400)).save(target, "PNG")

    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("surat.png", target.getvalue())

    url = f"{ROOT}/own/{person.pk}"
    made = client.post(f"{url}/documents", {"item": "biodata", "file": file()})
    assert made.status_code == 201, made.content
    row = made.json()
    path = f"/documents/{row['id']}"
    assert client.get(f"{ROOT}{path}").status_code == 200
    returned = send(organiser, f"{path}/return", version=row["version"], note="Buram")
    assert returned.json()["state"] == "returned"
    again = client.post(f"{url}/documents", {"item": "biodata", "file": file()}).json()
    done = send(organiser, f"/batches/{person.batch_id}/documents/accept", documents=[again["id"]])
    assert done.json() == {"changed": 1}
    assert client.post(f"{url}/portrait", {"file": file()}).status_code == 200
    assert client.get(f"{ROOT}/participants/{person.pk}/portrait").status_code == 200
    confirm = {"participants": [person.pk], "item": "disiplin"}
    path = f"/batches/{person.batch_id}/requirements"
    assert send(organiser, path, **confirm).json() == {"changed": 1, "left_out": []}
    stranger = signed_in(build.account("asing"))
    assert stranger.get(f"{ROOT}/documents/{again['id']}").status_code == 404
    assert stranger.post(f"{url}/documents", {"item": "x", "file": file()}).status_code == 404


def test_an_edition_is_copied_changed_compared_and_published(organiser: Client) -> None:
    assert send(organiser, "/programmes/install").json()["changed"] > 8
    source = ProgrammeEdition.objects.get(key="pkp-contoh")
    path = f"/programmes/editions/{source.pk}"
    copy = send(organiser, f"{path}/copy", label="Edisi API").json()
    content = copy["content"]
    content["assessment"]["components"][0]["weight"] = "90"
    mine = f"/programmes/editions/{copy['id']}"
    wrong = send(organiser, mine, "put", version=copy["version"], content=content)
    assert wrong.status_code == 422
    content["assessment"]["components"][0]["weight"] = "20"
    content["notes"] = ["Catatan baru"]
    right = send(organiser, mine, "put", version=copy["version"], content=content).json()
    lines = organiser.get(f"{ROOT}{mine}/differences?other={source.pk}").json()
    assert any("Catatan" in line["path"] for line in lines)
    published = send(organiser, f"{mine}/publish", version=right["version"]).json()
    assert published["state"] == "published"
    gone = send(organiser, f"{mine}/withdraw", version=published["version"], reason="Keliru")
    assert gone.json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    "body",
    [
        {"content": {"notes": "x"}},
        {"content": {"curriculum": []}},
        {"content": {"curriculum": {"stages": [1, None, "x"]}}},
        {"content": {"assessment": {"components": {"a": 1}}}},
        {"content": []},
        {"content": {"label": "\x00"}},
    ],
)
def test_nonsense_as_content_is_refused_in_sentences(organiser: Client, body: Any) -> None:
    source = build.edition()
    copy = send(organiser, f"/programmes/editions/{source.pk}/copy", label="Uji").json()
    path = f"/programmes/editions/{copy['id']}"
    answer = send(organiser, path, "put", version=copy["version"], **body)
    assert answer.status_code == 422


def test_the_api_refuses_who_may_not_and_what_cannot_be(organiser: Client) -> None:
    batch = build.batch()
    path = f"/batches/{batch.pk}"
    nobody = signed_in(build.account("biasa"))
    assert nobody.get(f"{ROOT}/batches").status_code == 403
    build.unit("LAIN")
    other = signed_in(build.staff("lain", Role.ORGANISER, unit_code="LAIN"))
    assert other.get(f"{ROOT}{path}").status_code == 404
    assert send(other, f"{path}/cancel", version=1, reason="x").status_code == 404
    assert send(organiser, f"{path}/groups", version=1, count="banyak").status_code == 422
    assert send(organiser, f"{path}/nominations", nips=["\x00"]).status_code == 422
    assert Client().get(f"{ROOT}/batches").status_code == 401
