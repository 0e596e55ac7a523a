"""Every answer: strict headers, nothing inline, files to be saved; no POST without its token."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse

from tests.security.addresses import pages, routes
from tests.security.conftest import undone
from tests.security.world import World

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\son[a-z]+=|\sstyle=|javascript:", re.I)
# They keep nothing and know nobody: a file or code is checked for whoever asks.
PUBLIC = ("periksa/", "api/v1/certificates/check")
# Pictures are shown in pages; everybody's style and emblem may be kept.
SHOWN = ("halaman-<int:number>.png", "ui/brand.css", "ui/lambang", "favicon.ico")


def test_every_page_is_strict_and_every_file_is_saved(world: World) -> None:
    wrong = []
    for name in ("organiser", "participant", "anonymous"):
        client = world.client(name)
        for address in pages():
            if not address.route.endswith(SHOWN):
                with undone(client):
                    answer = client.get(address.filled(world.things))
                told = _faults(answer, is_private=name != "anonymous")
                wrong += [f"{name} {address.route}: {fault}" for fault in told]
    assert sorted(set(wrong)) == []


def test_no_session_acts_without_the_token_of_its_page(world: World) -> None:
    acted = []
    client = world.client("organiser")
    client.handler.enforce_csrf_checks = True
    for address in (*pages(), *routes()):
        if address.method == "GET" or address.route in PUBLIC:
            continue
        method = address.method or "POST"
        with undone(client):
            answer = client.generic(method, address.filled(world.things), "{}", "application/json")
        if answer.status_code not in (401, 403, 405):
            acted.append(f"{answer.status_code} {address.name}")
    assert acted == []


def _faults(answer: HttpResponse, *, is_private: bool) -> list[str]:
    faults = []
    policy = answer.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        faults.append("policy")
    if answer.get("X-Content-Type-Options") != "nosniff" or answer.get("X-Frame-Options") != "DENY":
        faults.append("nosniff, frames")
    if is_private and "no-store" not in answer.get("Cache-Control", ""):
        faults.append("stored")
    kind = answer.get("Content-Type", "text/html")
    if "html" in kind and (found := INLINE.search(answer.content.decode(errors="replace"))):
        faults.append(f"inline {found[0]!r}")
    is_shown = "html" in kind or "json" in kind
    if not is_shown and not answer.get("Content-Disposition", "").startswith("attachment"):
        faults.append(f"{kind} is shown")
    return faults
