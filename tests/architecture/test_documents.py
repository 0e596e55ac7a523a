"""The documents say what is there: generated ones are current, named paths exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT

PATH = re.compile(r"`((?:src|docs|tests|tools|examples|benchmarks|deploy)/[\w./*-]*)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
PAGES = sorted(
    path for path in (ROOT / "docs").rglob("*.md") if path.name != "settings.md"
)  # fmt: skip
HEADINGS = ["Purpose", "Nouns", "Rules it applies", "Who calls it", "What it must not do"]
SIX_HOW_TOS = (
    *("add-a-page", "add-a-regulation", "add-a-report"),
    *("change-a-model", "tell-an-upper-app", "release"),
)


def test_the_generated_settings_are_current() -> None:
    from tools.make_docs import settings_page

    assert (ROOT / "docs/operations/settings.md").read_text() == settings_page()


def test_the_first_page_is_short() -> None:
    assert (ROOT / "docs/where.md").read_text().count("\n") <= 60


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.name)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text()
    named = {ROOT / name for name in PATH.findall(text) if "*" not in name}
    linked = {page.parent / name for name in LINK.findall(text)}
    assert sorted(str(path) for path in named | linked if not path.exists()) == []


def test_every_how_to_ends_with_the_files_it_touches() -> None:
    for name in SIX_HOW_TOS:
        text = (ROOT / f"docs/how-to/{name}.md").read_text()
        assert "## Files touched" in text, name


def test_every_decision_has_its_four_parts_on_one_page() -> None:
    for path in (ROOT / "docs/decisions").glob("*.md"):
        text = path.read_text()
        for part in ("## Context", "## Decision", "## Rejected", "## Consequences"):
            assert part in text, f"{path.name}: {part}"
        assert text.count("\n") <= 60, path.name


def test_every_app_has_a_readme_with_the_five_headings() -> None:
    broken = []
    for folder in (*(PACKAGE / "domains").iterdir(), *(PACKAGE / "platform").iterdir()):
        if not (folder / "__init__.py").is_file():
            continue
        readme = folder / "README.md"
        text = readme.read_text() if readme.is_file() else ""
        found = re.findall(r"^## (.+)$", text, re.MULTILINE)
        if found != HEADINGS or text.count("\n") > 60:
            broken.append(folder.name)
    assert broken == []
