"""Vendored files are what vendor.toml says, and the built files are what their sources give."""

from __future__ import annotations

import gzip
import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from sinambung.platform import ui
from tools import build_assets

UI = Path(ui.__file__).parent
SOURCE = UI.parent.parent
VENDOR = UI / "static/vendor"
FILES = tomllib.loads((VENDOR / "vendor.toml").read_text())["file"]


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry["path"])
def test_vendored_file_has_the_recorded_hash_and_a_licence(entry: dict[str, str]) -> None:
    path = VENDOR / entry["path"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
    assert (path.parent / "LICENSE.txt").read_text()
    assert entry["version"]
    assert entry["licence"]


def test_every_vendored_file_is_recorded() -> None:
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*.*") if path.is_file()}
    kept = {name for name in found if not name.endswith(("LICENSE.txt", "vendor.toml", ".gz"))}
    assert kept == {entry["path"] for entry in FILES}


def test_style_sheet_is_built_from_its_parts() -> None:
    assert build_assets.STYLE_SHEET.read_text() == build_assets.style_sheet()


@pytest.mark.parametrize("path", build_assets.COMPRESSED, ids=lambda path: path.name)
def test_compressed_copy_holds_the_same_file(path: Path) -> None:
    assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()


def test_public_page_with_style_and_font_stays_under_a_hundred_kilobytes() -> None:
    page = (UI / "templates/ui/layouts/public.html").stat().st_size
    font = (VENDOR / "inter/inter-latin.woff2").stat().st_size
    assert build_assets.STYLE_SHEET.stat().st_size + font + 4 * page < 100_000


def test_components_use_tokens_only() -> None:
    wrong = {
        path.name: found
        for layer in ("layout", "components")
        for path in (UI / "styles" / layer).glob("*.css")
        if (
            found := re.findall(
                r"#[0-9a-fA-F]{3,8}\b|rgba?\(|--(?:neutral|brand)-\d+", _rules(path)
            )
        )
    }
    assert wrong == {}


def _rules(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def test_every_used_token_is_defined() -> None:
    text = build_assets.style_sheet()
    defined = set(re.findall(r"(--[\w-]+)\s*:", text))
    assert set(re.findall(r"var\((--[\w-]+)", text)) - defined == set()


def test_every_class_that_is_styled_is_written_somewhere() -> None:
    kinds = ("html", "py", "js")
    sources = [path for kind in kinds for path in SOURCE.rglob(f"*.{kind}")]
    text = " ".join(path.read_text() for path in sources if "vendor" not in path.parts)
    words = set(re.findall(r"[\w-]+", text))
    made = set(re.findall(r"([\w-]+--)(?=\{)", text))
    styled = set(re.findall(r"\.([a-zA-Z_][\w-]*)(?=[^{}]*\{)", build_assets.style_sheet()))
    unused = {name for name in styled - words if f"{name.partition('--')[0]}--" not in made}
    # htmx itself sets this one.
    assert unused - {"htmx-request"} == set()


def test_every_used_icon_is_in_the_sprite() -> None:
    held = set(re.findall(r'<symbol id="([\w-]+)"', build_assets.SPRITE.read_text()))
    used = {
        name for path in SOURCE.rglob("templates/**/*.html") for name in _icons(path.read_text())
    }
    assert len(used) > 10
    assert used - held == set()
    assert held == set(build_assets.icon_names())


def test_the_sprite_holds_no_icon_that_nothing_draws() -> None:
    drawn = {
        *(name for path in SOURCE.rglob("templates/**/*.html") for name in _quoted(path)),
        *(name for path in SOURCE.rglob("*.py") for name in _given(path)),
        *re.findall(
            r"#([\w-]+)\"", "".join(path.read_text() for path in UI.rglob("elements/*.js"))
        ),
    }
    assert set(build_assets.icon_names()) - drawn == set()


def _quoted(path: Path) -> list[str]:
    return re.findall(r"[\"']([a-z][a-z0-9-]*)[\"']", path.read_text())


def _given(path: Path) -> list[str]:
    named = (line for line in path.read_text().splitlines() if "icon" in line)
    return [name for line in named for name in re.findall(r"\"([a-z][a-z0-9-]*)\"", line)]


def _icons(text: str) -> set[str]:
    written = re.findall(r'\{% icon "([\w-]+)"', text)
    given = re.findall(r'<c-(?!icon)[\w-]+[^>]*?\sicon="([\w-]+)"', text)
    return {*written, *given, *re.findall(r'<c-icon[^>]*?\sname="([\w-]+)"', text)}
