"""Garbage in every form, address, query and body: always an answer of ours, never a failure."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

import sinambung
from sinambung.config.api import api
from tests.security.addresses import Address, body_of, pages, routes
from tests.security.conftest import undone
from tests.security.forms import forms_in
from tests.security.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Returning tuple")]

TEXTS = (
    *("", "\x00", "%s%(name)s%n", "9" * 400, "1e999", "NaN", "٣٤", "\u202egpj.exe"),
    *("A" * 70_000, "[" * 20_000, '[{"key": "x", "version": 1e999}]', "0001-01-01"),
    *("9999-12-31", "0" * 26),
)
KEYS = ("é", "AAAA", "W10", "WyJcdTAwMDAiXQ", "WyJ4Il0", "WzFlOTk5XQ", "W3t9XQ", "WyJ4IiwieCJd")
VALUES = ("\x00", "\ud800", 10**30, "9999-12-31")
BODIES = (b"", b"null", b"[" * 90_000, b"\xff\xfe")
QUERIES = ("\x00", "9" * 400, "A" * 5000, "9999-12-31", "٣٤")
TAKES_FILES = ("unggah/", "foto/", "impor/baru/", "periksa/", "isi/", "import", "check", "imports")
# The whole sets with SINAMBUNG_FUZZ=1 (some minutes); else what has broken something before.
IS_WHOLE = bool(os.environ.get("SINAMBUNG_FUZZ"))
PEOPLE = ("administrator", "organiser", "head", "hr", "participant", "examiner", "anonymous")


def test_no_garbage_in_a_form_breaks_a_page(world: World) -> None:
    broken = []
    for client, address, path in _openable(world):
        for form in forms_in(_text(client.get(path)), page=path):
            for text in TEXTS if IS_WHOLE else ("\x00", "9" * 400, "9999-12-31"):
                answer = _posted(client, form.action, form.filled(text))
                if answer.status_code >= 500:
                    broken.append(f"{address.route} {form.action} {text[:30]!r}")
    assert sorted(set(broken)) == []


def test_no_garbage_posted_to_any_address_breaks_it(world: World) -> None:
    broken = []
    for name in ("organiser", "hr", "participant") if IS_WHOLE else ("organiser",):
        client = _client(world, name)
        for address in pages():
            path = address.filled(world.things)
            for text in ("\x00", '[{"key": "x", "version": 1e999}]'):
                fields = dict.fromkeys((*_words(), "changes", "row", "listed", "verdict"), text)
                answer = _posted(client, path, {**fields, "version": "1"})
                if answer.status_code >= 500:
                    broken.append(f"{name} {address.route} {text[:30]!r}")
    assert sorted(set(broken)) == []


def test_no_garbage_in_a_query_breaks_a_page(world: World) -> None:
    broken = []
    for client, address, path in _openable(world):
        for text in (*QUERIES, *KEYS) if IS_WHOLE else ("\x00", "WzFlOTk5XQ", "WyJ4IiwieCJd"):
            query = "&".join(f"{word}={quote(text)}" for word in _words())
            with undone(client):
                if client.get(f"{path}?{query}").status_code >= 500:
                    broken.append(f"{address.route} {text[:30]!r}")
    assert sorted(set(broken)) == []


def test_no_garbage_in_an_address_breaks_it(world: World) -> None:
    broken = []
    for name in ("administrator", "organiser") if IS_WHOLE else ("organiser",):
        client = _client(world, name)
        for address in (one for one in (*pages(), *routes()) if one.parameters):
            for text in ("%00", "%0d%0aX", "9" * 30, "%ED%A0%80")[: 4 if IS_WHOLE else 2]:
                path = "/" + re.sub(r"<[^>]+>|\{[^}]+\}", text, address.route)
                with undone(client):
                    answer = client.generic(address.method or "GET", path, "{}", "application/json")
                if answer.status_code >= 500:
                    broken.append(f"{name} {address.name} {text[:20]!r}")
    assert sorted(set(broken)) == []


@pytest.mark.parametrize("name", ["administrator", "organiser"])
def test_no_garbage_in_a_body_breaks_a_route(world: World, name: str) -> None:
    client, broken = _client(world, name), []
    for address in (route for route in routes() if route.method != "GET"):
        path = address.filled(world.things)
        with undone(client):
            if client.generic(address.method, path, "{}", "application/json").status_code == 403:
                continue
        for body in _bodies(address, world):
            with undone(client):
                answer = client.generic(address.method, path, body, "application/json")
            if answer.status_code >= 500:
                broken.append(f"{address.name} {body[:200]!r}")
    assert broken == []


def test_no_garbage_as_a_file_breaks_a_page_or_route(world: World) -> None:
    broken = []
    contents = (b"", b"\x00" * 40, b"%PDF-", b"PK\x03\x04" + b"\x00" * 60, b"\x89PNG\r\n\x1a\n00")
    for name in PEOPLE if IS_WHOLE else ("organiser", "hr", "participant"):
        client = _client(world, name)
        for address in (*pages(), *routes()):
            if not address.route.endswith(TAKES_FILES):
                continue
            for content in (*contents, b"\xff\xd8\xff" + b"\x00" * 40, b"a;b\n" * 3):
                file = SimpleUploadedFile("../..\\a\u202e\x00.pdf", content)
                fields = {"file": file, "kind": "employees", "item": world.things["item"]}
                answer = _posted(client, address.filled(world.things), {**fields, "batch": "x"})
                if answer.status_code >= 500:
                    broken.append(f"{name} {address.name} {content[:9]!r}")
    assert sorted(set(broken)) == []


def _openable(world: World) -> Iterator[tuple[Client, Address, str]]:
    """Yield each page once, with somebody who may open it."""
    left = {address.route: address for address in pages()}
    for name in PEOPLE:
        client = _client(world, name)
        for address in list(left.values()):
            path = address.filled(world.things)
            with undone(client):
                answer = client.get(path)
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                del left[address.route]
                yield client, address, path


def _client(world: World, name: str) -> Client:
    client = world.client(name)
    client.raise_request_exception = False
    return client


def _posted(client: Client, path: str, fields: dict[str, object]) -> HttpResponse:
    with undone(client):
        return client.post(path, fields)


def _text(answer: HttpResponse) -> str:
    return answer.content.decode(errors="replace")


def _bodies(address: Address, world: World) -> Iterator[str | bytes]:
    yield from BODIES
    sample = body_of(address, _schema(), things=world.given)
    for name in sample.fields:
        for value in VALUES if IS_WHOLE else VALUES[:1]:
            yield json.dumps({**sample.fields, name: value})


@cache
def _schema() -> dict[str, object]:
    return dict(api.get_openapi_schema())


@cache
def _words() -> tuple[str, ...]:
    """Every word that a page reads from a query or form, from the source."""
    folder = Path(sinambung.__file__).parent
    found: set[str] = set()
    for path in folder.rglob("pages/*.py"):
        found |= set(re.findall(r'(?:get|getlist)\(\s*"([a-z_]+)"', path.read_text()))
    return tuple(sorted(found))
