"""An agency's own colour gives a readable interface, or is refused with the nearest that does."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinambung.platform.ui import brand

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_has_the_values_of_the_standard() -> None:
    assert brand.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert brand.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert brand.contrast("#2663a3", "#2663a3") == 1


def test_oklch_has_published_values() -> None:
    red = brand.to_oklch("#ff0000")
    assert red.lightness == pytest.approx(0.628, abs=0.001)
    assert red.chroma == pytest.approx(0.258, abs=0.001)
    assert red.hue == pytest.approx(29.23, abs=0.05)


@given(COLOURS)
def test_conversion_there_and_back_gives_the_same_colour(colour: str) -> None:
    assert brand.to_hex(brand.to_oklch(colour)) == colour


def test_default_colour_gives_almost_the_default_ramp() -> None:
    ramp = brand.ramp(brand.DEFAULT)
    assert ramp[500] == brand.DEFAULT
    assert ramp[100] == "#c6daf1"
    assert brand.failing_pairs(brand.DEFAULT) == ()


@given(COLOURS)
def test_ramp_goes_from_light_to_dark_and_holds_the_colour(colour: str) -> None:
    ramp = brand.ramp(colour)
    assert ramp[500] == colour
    dark = [brand.to_oklch(ramp[step]).lightness for step in (500, 600, 700, 800, 900)]
    light = [brand.to_oklch(ramp[step]).lightness for step in (25, 50, 100, 200, 300, 400)]
    assert all(first >= second - 0.03 for first, second in itertools.pairwise(dark))
    assert all(first >= second for first, second in itertools.pairwise(light))


@pytest.mark.parametrize("colour", ["#0a7d4b", "#b3261e", "#7a1fa2", "#8a5a00", "#000080"])
def test_readable_colour_is_accepted(colour: str) -> None:
    assert brand.checked(colour.upper()) == colour


@pytest.mark.parametrize("colour", ["#ffcc00", "#00b0ff", "#ffffff", "#ff6a00"])
def test_unreadable_colour_is_refused_with_the_nearest_that_passes(colour: str) -> None:
    with pytest.raises(brand.ColourRefused) as refusal:
        brand.checked(colour)
    nearest = refusal.value.nearest
    assert refusal.value.failures
    assert brand.checked(nearest) == nearest
    assert brand.to_oklch(nearest).lightness < brand.to_oklch(colour).lightness


@given(COLOURS)
def test_nearest_colour_always_passes(colour: str) -> None:
    assert brand.failing_pairs(brand.nearest_passing(colour)) == ()


@pytest.mark.parametrize("text", ["blue", "#fff", "2663a3", "#2663a3;}", ""])
def test_anything_but_six_digits_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="rrggbb"):
        brand.to_oklch(text)


def test_style_sheet_replaces_the_ramp_only() -> None:
    assert brand.style_sheet("") == ""
    assert brand.style_sheet(brand.DEFAULT) == ""
    assert "--brand-500:#0a7d4b;" in brand.style_sheet("#0a7d4b")
