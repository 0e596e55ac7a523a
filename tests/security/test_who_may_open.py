"""Every page and route, for every kind of person: what may be read and written, nothing else.

`may_open.txt` is the table. An address that is not in it fails: access is denied until somebody
has written down who may open it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from sinambung.config.api import api
from tests.security.addresses import Address, body_of, pages, routes
from tests.security.conftest import undone
from tests.security.world import UNKNOWN, World

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Returning tuple")]

TABLE = Path(__file__).with_name("may_open.txt")
# In the order of the letters of the table.
PEOPLE = (
    *("anonymous", "administrator", "unit administrator", "organiser", "other organiser", "head"),
    *("leader", "auditor", "hr", "other hr", "participant", "participant of another batch"),
    *("examiner", "examiner of another batch"),
)
# Foreign people, each with a role or part of the same kind as somebody who may open the thing.
STRANGERS = ("other organiser", "other hr", "participant of another batch", "other administrator")
# Addresses whose object must be another one than usual.
OTHERS = {
    "pelatihan/program/edisi/<ulid:edition_id>/ubah/<slug:word>/": {"edition_id": "draft_id"},
    "pelatihan/angkatan/<ulid:batch_id>/usulkan/": {"batch_id": "other_batch_id"},
}
DENIED = (403, 404)


@pytest.mark.parametrize("kind", ["pages", "routes"])
def test_each_person_may_open_what_the_table_says_and_nothing_else(world: World, kind: str) -> None:
    found = pages() if kind == "pages" else routes()
    table = dict(_table())
    wrong = [address.name for address in found if address.name not in table]
    clients = [world.client(name) for name in PEOPLE]
    for address in found:
        seen = "".join(_access(client, address, world) for client in clients)
        if address.name in table and seen != table[address.name]:
            wrong.append(f"{seen} (not {table[address.name]}) {address.name}")
    assert wrong == []


def test_the_table_names_no_address_that_is_gone() -> None:
    known = {address.name for address in (*pages(), *routes())}
    assert [name for name, _letters in _table() if name not in known] == []


def test_a_foreign_thing_looks_like_one_that_does_not_exist(world: World) -> None:
    told = []
    unknown = {name: UNKNOWN for name, id in world.things.items() if len(id) == len(UNKNOWN)}
    for name in STRANGERS:
        client = world.client(name)
        for address in (*pages(), *routes()):
            if not any(part.endswith("_id") for part in address.parameters):
                continue
            foreign = _ask(client, address, address.filled(_things(address, world)), world)
            if foreign.status_code != 404:
                continue
            missing = _ask(client, address, address.filled({**world.things, **unknown}), world)
            if _plain(foreign) != _plain(missing):
                told.append(f"{name}: {address.name}")
    assert told == []


def _access(client: Client, address: Address, world: World) -> str:
    """Return - (denied), s (sign in first), r (may read), w (may write), b (both)."""
    path = address.filled(_things(address, world))
    answer = _ask(client, address, path, world)
    if address.method:
        return _letter(answer, "r" if address.method == "GET" else "w")
    if answer.status_code == 405:
        return _letter(_post(client, path, world), "w")
    letter = _letter(answer, "r")
    if letter != "r":
        return letter
    written = _post(client, path, world)
    return "b" if written.status_code != 405 and _letter(written, "w") == "w" else "r"


def _ask(client: Client, address: Address, path: str, world: World) -> HttpResponse:
    client.raise_request_exception = False
    with undone(client):
        if address.method:
            return _call(client, address, path, world)
        answer = client.get(path)
    return _post(client, path, world) if answer.status_code == 405 else answer


def _call(client: Client, address: Address, path: str, world: World) -> HttpResponse:
    body = body_of(address, _schema(), things=world.given)
    path = f"{path}?{urlencode(body.query)}"
    if body.files:
        files = {name: SimpleUploadedFile("a.pdf", b"%PDF-1.7 %%EOF") for name in body.files}
        return client.post(path, {**body.fields, **files})
    return client.generic(address.method, path, json.dumps(body.fields), "application/json")


def _post(client: Client, path: str, world: World) -> HttpResponse:
    with undone(client):
        return client.post(path, {"version": "1", **world.posted})


def _letter(answer: HttpResponse, letter: str) -> str:
    if answer.status_code >= 500:
        return "!"
    if answer.status_code == 401 or _is_sign_in(answer):
        return "s"
    return "-" if answer.status_code in DENIED else letter


def _is_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/masuk/")


def _things(address: Address, world: World) -> dict[str, str]:
    others = OTHERS.get(address.route, {})
    return {**world.things, **{name: world.things[other] for name, other in others.items()}}


def _plain(answer: HttpResponse) -> tuple[int, str]:
    """Return an answer without identifiers and tokens, which differ each time."""
    text = answer.content.decode(errors="replace")
    text = re.sub(r'value="[A-Za-z0-9]{64}"|"X-CSRFToken":"[^"]*"', "", text)
    return answer.status_code, re.sub(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", "", text)


def _table() -> list[tuple[str, str]]:
    lines = [line for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    return [(name, letters) for letters, _space, name in (line.partition(" ") for line in lines)]


@cache
def _schema() -> dict[str, object]:
    return dict(api.get_openapi_schema())
