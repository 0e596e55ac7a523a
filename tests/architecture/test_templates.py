"""Templates are used, contain no script or style of their own, and hold to the tokens."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.source import PACKAGE, ROOT


def _templates() -> list[Path]:
    return sorted(PACKAGE.rglob("templates/**/*.html"))


def test_no_template_holds_inline_script_style_or_handler() -> None:
    pattern = re.compile(r"<script(?![^>]*\ssrc=)|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    found = [
        f"{path.relative_to(PACKAGE)}: {match.group(0)}"
        for path in _templates()
        if (match := pattern.search(path.read_text()))
    ]
    assert found == []


def test_every_template_is_used() -> None:
    sources = "\n".join(
        path.read_text(errors="replace")
        for folder in (PACKAGE, ROOT / "tests")
        for path in [*folder.rglob("*.py"), *folder.rglob("*.html")]
    )
    unused = []
    for path in _templates():
        name = str(path).split("/templates/")[-1]
        if name.startswith("cotton/"):
            tag = name.removeprefix("cotton/").removesuffix(".html").replace("/", ".")
            used = re.search(rf"<c-{re.escape(tag.replace('_', '-'))}[\s/>]", sources)
        else:
            used = name in sources or name.startswith(
                ("account/", "mfa/", "usersessions/", "allauth/")
            )
        if not used:
            unused.append(name)
    assert unused == []
