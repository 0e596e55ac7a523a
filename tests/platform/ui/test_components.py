"""Every component says what it is for, is kept short, and is shown in the gallery."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from sinambung.platform import ui

UI = Path(ui.__file__).parent
SOURCE = UI.parent.parent
COMPONENTS = sorted((UI / "templates/cotton").glob("*.html"))
GALLERY = "".join(path.read_text() for path in (SOURCE / "portal/templates").rglob("gallery*.html"))
PARTS = ["/ui/", "/ui/isian/", "/ui/data/", "/ui/pola/", "/ui/keadaan/", "/ui/dinding/"]


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_begins_with_what_it_is_and_when_not_to_use_it(path: Path) -> None:
    text = path.read_text()
    comment = re.match(
        r"\{# .+? #\}\n\{# Not.+? #\}\n|\{% comment %\}.+\nNot.+\{% endcomment %\}", text
    )
    assert comment, f"{path.name} needs two lines: what it is, and when not to use it"
    assert text[comment.end() :].startswith("<c-vars")


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_is_shown_in_the_gallery(path: Path) -> None:
    assert f"<c-{path.stem.replace('_', '-')} " in GALLERY or f"<c-{path.stem}>" in GALLERY


@pytest.mark.django_db
@pytest.mark.parametrize("address", PARTS)
def test_gallery_renders_every_component(client: Client, address: str) -> None:
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<c-" not in html
    assert "{{" not in html
    assert "{%" not in html
    assert not re.search(r'\sstyle="|<script>|\son\w+="', html)


@pytest.mark.django_db
def test_unknown_part_of_the_gallery_is_not_found(client: Client) -> None:
    assert client.get("/ui/tidak-ada/").status_code == 404


def test_templates_are_short() -> None:
    long = {
        str(path.relative_to(SOURCE)): count
        for path in SOURCE.rglob("templates/**/*.html")
        if (count := len(path.read_text().splitlines())) > 150
    }
    assert long == {}


def test_elements_are_short() -> None:
    long = {
        path.name: count
        for path in (UI / "static/ui/elements").rglob("*.js")
        if (count := len(path.read_text().splitlines())) > 100
    }
    assert long == {}


def test_every_element_in_a_template_is_defined() -> None:
    used = {
        name
        for path in SOURCE.rglob("templates/**/*.html")
        for name in re.findall(r"<([a-z]+-[a-z-]+)[ >]", path.read_text())
        if not name.startswith("c-")
    }
    assert "grid-editor" in used
    assert used - set(_defined(SOURCE)) == set()


def test_start_knows_every_element_of_the_design_system() -> None:
    start = (UI / "static/ui/elements/start.js").read_text()
    known = set(re.findall(r'"([a-z-]+)"', start.split("new Set([")[1].split("]")[0]))
    assert known == set(_defined(UI))


def _defined(folder: Path) -> dict[str, Path]:
    found = {}
    for path in folder.rglob("static/**/*.js"):
        for name in re.findall(r'customElements\.define\(\s*"([a-z-]+)"', path.read_text()):
            found[name] = path
    return found
