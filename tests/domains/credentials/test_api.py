from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinambung.domains.credentials import queries, services
from sinambung.domains.credentials.models import Certificate
from sinambung.domains.credentials.services import limits
from sinambung.platform.documents import queries as files
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.identity import middleware
from sinambung.platform.identity.models import Unit
from tests.domains.credentials.building import AT, BY, account, actor, request, source

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/certificates"
ALL = ("use", "view_certificates", "issue_certificates", "withdraw_certificates")


@pytest.fixture
def certificate(host: Unit) -> Certificate:
    limits.codes.forget()
    limits.files.forget()
    row = services.issue_certificates(
        source=source(host.pk),
        requests=[request(1, holder_account=account(1)), request(2)],
        by=BY,
        at=AT,
        inline=True,
    )
    return queries.certificates_of_source(row.pk)[0]


def acting(monkeypatch: pytest.MonkeyPatch, client: Client, who: Actor) -> Client:
    monkeypatch.setattr(middleware, "_actor", lambda request: who)
    return client


def post(client: Client, address: str, body: dict[str, object]) -> tuple[int, dict[str, object]]:
    response = client.post(f"{ROOT}{address}", json.dumps(body), content_type="application/json")
    return response.status_code, response.json()


def test_anybody_may_check_a_code_and_a_file(client: Client, certificate: Certificate) -> None:
    answer = client.get(f"{ROOT}/check/{certificate.shown_code}").json()
    assert (answer["outcome"], answer["is_valid"]) == ("valid", True)
    assert answer["certificate"]["Nama"] == "Theresia Unyang"
    assert certificate.holder_nip not in json.dumps(answer)
    content = files.file_content(certificate.file_id).content
    for body, outcome in ((content, "valid"), (content + b" ", "altered")):
        upload = SimpleUploadedFile("sttp.pdf", body)
        answer = client.post(f"{ROOT}/check", {"file": upload}).json()
        assert answer["outcome"] == outcome


def test_an_unknown_code_is_an_answer_not_an_error(client: Client, db: None) -> None:
    limits.codes.forget()
    assert client.get(f"{ROOT}/check/K7QX2M9ATTPW").json()["outcome"] == "unknown"


def test_an_organiser_reads_lists_files_and_bundle(
    client: Client, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting(monkeypatch, client, actor(*ALL))
    assert len(client.get(ROOT).json()["items"]) == 2
    assert client.get(f"{ROOT}/{certificate.pk}").json()["number"] == certificate.number
    assert client.get(f"{ROOT}/{certificate.pk}/file").getvalue().startswith(b"%PDF")
    assert client.get(f"{ROOT}/{certificate.pk}/pages/1").content.startswith(b"\x89PNG")
    source_address = f"{ROOT}/sources/{certificate.source_id}"
    assert client.get(source_address).json()["valid"] == 2
    assert len(client.get(f"{source_address}/certificates").json()) == 2
    assert client.get(f"{source_address}/archive").getvalue().startswith(b"PK")
    assert client.get(f"{source_address}/print-copy").getvalue().startswith(b"%PDF")


def test_withdrawing_and_reissuing(
    client: Client, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting(monkeypatch, client, actor(*ALL))
    monkeypatch.setattr("sinambung.config.api.check_csrf", lambda request: None)
    status, body = post(
        client,
        f"/{certificate.pk}/reissue",
        {"version": certificate.version, "reason": "Salah gelar.", "holder_name": "T. Unyang"},
    )
    assert (status, body["holder_name"], body["state"]) == (202, "T. Unyang", "requested")
    other = queries.certificates_of_source(certificate.source_id).get(order=2)
    status, body = post(
        client, f"/{other.pk}/withdraw", {"version": other.version, "reason": "Salah terbit."}
    )
    assert (status, body["state"]) == (200, "withdrawn")
    status, body = post(
        client, f"/{other.pk}/withdraw", {"version": other.version, "reason": "Lagi."}
    )
    assert status == 409


def test_a_holder_reads_the_own_certificate_only(
    client: Client, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = Actor(id=certificate.holder_account, name="Theresia", grants={"use": ("",)})
    acting(monkeypatch, client, holder)
    other = queries.certificates_of_source(certificate.source_id).get(order=2)
    assert [row["id"] for row in client.get(f"{ROOT}/own").json()] == [certificate.pk]
    assert client.get(f"{ROOT}/{certificate.pk}/file").status_code == 200
    assert client.get(f"{ROOT}/{other.pk}").status_code == 404
    assert client.get(ROOT).status_code == 403
