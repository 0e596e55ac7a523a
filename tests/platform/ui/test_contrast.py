"""Text and controls can be read in light and dark: WCAG 2.2 AA, computed from the tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sinambung.platform import ui
from sinambung.platform.ui.brand import contrast

TOKENS = Path(ui.__file__).parent / "styles/tokens"
TEXT = [
    *[("text", ground) for ground in ("page", "surface", "sunk", "brand-soft", "brand-quiet")],
    *[("text-quiet", ground) for ground in ("page", "surface", "sunk", "brand-quiet")],
    *[("brand-text", ground) for ground in ("page", "surface", "brand-quiet")],
    ("on-fill", "fill"),
    ("on-fill", "fill-hover"),
    ("on-brand-soft", "brand-soft"),
    ("on-band", "band"),
    ("on-danger-fill", "danger-fill"),
    ("on-danger-fill", "danger-fill-hover"),
    *[(tone, f"{tone}-quiet") for tone in ("info", "success", "warning", "danger")],
    *[("text", f"{tone}-quiet") for tone in ("info", "success", "warning", "danger")],
    *[(tone, "surface") for tone in ("info", "success", "warning", "danger")],
    ("placeholder", "surface"),
]
SHAPES = [
    ("line-control", "surface"),
    ("focus", "surface"),
    ("fill", "surface"),
    ("fill", "track"),
    *[(f"series-{number}", "surface") for number in range(1, 6)],
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_stands_out_from_its_ground(scheme: str, front: str, ground: str) -> None:
    tokens = _tokens(scheme)
    assert contrast(tokens[f"--{front}"], tokens[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), SHAPES)
def test_controls_and_pictures_stand_out(scheme: str, front: str, ground: str) -> None:
    tokens = _tokens(scheme)
    assert contrast(tokens[f"--{front}"], tokens[f"--{ground}"]) >= 3


def test_a_known_bad_pair_would_be_found() -> None:
    tokens = _tokens("light")
    assert contrast(tokens["--neutral-400"], tokens["--surface"]) < 3


def _tokens(scheme: str) -> dict[str, str]:
    files = ["1-primitive.css", "2-semantic.css"] + (["3-dark.css"] if scheme == "dark" else [])
    found: dict[str, str] = {}
    for name in files:
        found |= dict(re.findall(r"(--[\w-]+):\s*([^;]+);", (TOKENS / name).read_text()))
    for _ in range(4):
        found = {key: _resolved(value, found) for key, value in found.items()}
    return found


def _resolved(value: str, tokens: dict[str, str]) -> str:
    mixed = re.fullmatch(r"color-mix\(in oklab, (.+?) \d+%, (.+)\)", value)
    if mixed:
        return _resolved(mixed.group(2), tokens)
    name = re.fullmatch(r"var\((--[\w-]+)\)", value)
    return tokens[name.group(1)] if name else value
