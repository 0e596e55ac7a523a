"""The frame shows each actor what it may open, keeps what was chosen, and is cheap."""

from __future__ import annotations

import re
import time

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.shortcuts import render
from django.test import Client, RequestFactory

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.ui import context, navigation
from sinambung.platform.ui.navigation import NavigationEntry, items_for, register

ORGANISER = Actor(id="1", name="Laksmi Anindita", grants={"grade": ("",)})
READER = Actor(id="2", name="Besse Hartina")


@pytest.fixture(autouse=True)
def _entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", [])
    monkeypatch.setattr(context, "_notice_counter", [lambda actor: 3])
    register(
        NavigationEntry("Beranda", "/", "home", order=1),
        NavigationEntry(
            "Pelatihan",
            "/pelatihan/",
            "school",
            children=(
                NavigationEntry("Angkatan", "/pelatihan/"),
                NavigationEntry("Nilai", "/pelatihan/nilai/", capability="grade"),
            ),
        ),
        NavigationEntry("Nilai saja", "/nilai/", "table", capability="grade", order=200),
    )


def _request(path: str, actor: Actor = ORGANISER) -> HttpRequest:
    request = RequestFactory().get(path)
    request.actor = actor  # type: ignore[attr-defined]
    return request


def test_entries_need_their_capability() -> None:
    assert [item.label for item in items_for(ORGANISER, path="/")] == [
        "Beranda",
        "Pelatihan",
        "Nilai saja",
    ]
    assert [item.label for item in items_for(READER, path="/")] == ["Beranda", "Pelatihan"]


def test_only_the_entry_of_the_page_is_current_and_open() -> None:
    home, training, _ = items_for(ORGANISER, path="/pelatihan/nilai/7/")
    assert not home.is_current
    assert not training.is_current
    assert [(child.label, child.is_current) for child in training.children] == [
        ("Angkatan", False),
        ("Nilai", True),
    ]


def test_same_entry_registered_twice_shows_once() -> None:
    register(NavigationEntry("Beranda", "/", "home"))
    assert len(items_for(ORGANISER, path="/")) == 3


def test_work_frame_names_the_person_and_the_place() -> None:
    html = render(_request("/pelatihan/"), "ui/layouts/work.html").content.decode()
    assert "Laksmi Anindita" in html
    assert '<a href="/pelatihan/" aria-current="page">' in html
    assert "Langsung ke isi" in html
    assert "3 pemberitahuan belum dibaca" in html


@pytest.mark.django_db
def test_chosen_theme_and_language_are_kept(client: Client) -> None:
    response = client.post("/ui/tampilan/", {"tema": "dark", "bahasa": "en", "next": "/ui/"})
    assert response.headers["Location"] == "/ui/"
    html = client.get("/ui/").content.decode()
    assert '<html lang="en" data-theme="dark">' in html


@pytest.mark.django_db
def test_choice_never_leads_to_another_site(client: Client) -> None:
    response = client.post("/ui/tampilan/", {"tema": "dark", "next": "https://example.org/"})
    assert response.headers["Location"] == "/"


@pytest.mark.django_db
def test_unknown_choice_is_not_kept(client: Client) -> None:
    assert "tema" not in client.post("/ui/tampilan/", {"tema": "x\r\ny", "next": "/"}).cookies


@pytest.mark.django_db
def test_brand_style_and_missing_emblem_answer(client: Client) -> None:
    assert client.get("/ui/brand.css").headers["Content-Type"] == "text/css"
    assert client.get("/ui/lambang").status_code == 404


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
def test_error_pages_say_what_to_do(name: str) -> None:
    html = render(_request("/x/"), f"ui/errors/{name}.html").content.decode()
    assert "<h1>" in html
    assert html.count("<p>") >= 1


def test_work_frame_costs_less_than_four_milliseconds() -> None:
    request = _request("/pelatihan/")
    render(request, "ui/layouts/work.html")
    started = time.process_time()
    for _ in range(50):
        render(request, "ui/layouts/work.html")
    assert (time.process_time() - started) / 50 < 0.004


@pytest.mark.parametrize("name", ["work", "public", "sign_in", "wall", "paper"])
def test_every_layout_has_a_language_a_main_part_and_no_inline_code(name: str) -> None:
    html = render(_request("/x/"), f"ui/layouts/{name}.html").content.decode()
    assert '<html lang="id"' in html
    assert html.count("<main") == 1
    assert 'id="isi"' in html
    assert not re.search(r"<script>|<style|\sstyle=|\son[a-z]+=", html)


@pytest.mark.django_db
def test_first_visit_is_in_the_language_of_the_installation(client: Client) -> None:
    html = client.get("/ui/", headers={"Accept-Language": "en-US,en"}).content.decode()
    assert '<html lang="id"' in html
    client.cookies["sinambung_language"] = "xx"
    assert '<html lang="id"' in client.get("/ui/").content.decode()


@pytest.mark.django_db
def test_storage_that_does_not_serve_is_told_apart_from_our_mistakes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False

    def broken(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("sinambung.portal.pages.gallery.render", broken)
    response = client.get("/ui/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "Sinambung belum dapat melayani" in response.content.decode()

    def wrong(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sinambung.portal.pages.gallery.render", wrong)
    assert client.get("/ui/").status_code == 500


def test_the_icon_is_found_where_it_used_to_stand(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"].endswith("ui/mark.svg")
