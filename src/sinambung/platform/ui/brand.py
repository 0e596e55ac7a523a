"""The agency's own colour: a ramp derived from one colour, and the contrast of every used pair."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

STEPS = (25, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900)
DEFAULT = "#2663a3"
_DEFAULT_RAMP = dict(
    zip(
        STEPS,
        (
            *("#f3f6fc", "#e5edf9", "#c6daf1", "#94bde5", "#5b9bd5", "#3781c7"),
            *("#2663a3", "#1f4f85", "#1e446e", "#1e3a5c", "#14263d"),
        ),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Oklch:
    """A colour as people see it: lightness 0 to 1, chroma, hue in degrees (Ottosson 2020)."""

    lightness: float
    chroma: float
    hue: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that stand on each other; a number is a step of the ramp."""

    text: int | str
    ground: int | str
    least: float
    use: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A pair whose contrast is too low."""

    pair: Pair
    contrast: float


PAIRS = (
    Pair("#ffffff", 500, 4.5, "label of a primary button"),
    Pair("#ffffff", 600, 4.5, "label of a primary button under the pointer"),
    Pair(500, "#ffffff", 4.5, "link on a card"),
    Pair(500, "#f8f8f7", 4.5, "link on the page"),
    Pair(500, 25, 4.5, "link on a quiet ground"),
    Pair(600, 50, 4.5, "current entry of the navigation"),
    Pair("#1f1f1f", 50, 7.0, "text of a changed cell"),
    Pair(500, "#e5e5e5", 3.0, "bar on its track"),
    Pair("#141414", 300, 4.5, "label of a primary button in the dark"),
    Pair("#141414", 200, 4.5, "label of a primary button in the dark under the pointer"),
    Pair(200, "#1f1f1f", 4.5, "link on a card in the dark"),
    Pair(200, "#141414", 4.5, "link on the page in the dark"),
    Pair(100, 800, 4.5, "current entry of the navigation in the dark"),
    Pair(300, "#404040", 3.0, "bar on its track in the dark"),
)


class ColourRefused(ValueError):
    """The colour cannot carry the interface; `nearest` is the closest one that can."""

    def __init__(self, *, nearest: str, failures: tuple[Failure, ...]) -> None:
        super().__init__(f"Contrast too low; nearest colour that passes: {nearest}")
        self.nearest = nearest
        self.failures = failures


def checked(colour: str) -> str:
    """Return the colour in lower case when every pair passes; raise `ColourRefused` otherwise."""
    failures = failing_pairs(colour)
    if failures:
        raise ColourRefused(nearest=nearest_passing(colour), failures=failures)
    return colour.lower()


def ramp(colour: str) -> dict[int, str]:
    """Return the eleven steps with the colour itself at 500.

    Lighter steps have the lightness of the default ramp; darker ones lie between the colour and
    the default's darkest step. Chroma keeps the default's proportion to step 500 and is reduced
    until sRGB holds it.
    """
    base = to_oklch(colour)
    steps = {step: to_oklch(value) for step, value in _DEFAULT_RAMP.items()}
    middle, darkest = steps[500], min(steps[900].lightness, base.lightness)
    result = {}
    for step, model in steps.items():
        share = (middle.lightness - model.lightness) / (middle.lightness - steps[900].lightness)
        stretched = base.lightness - share * (base.lightness - darkest)
        lightness = model.lightness if step < 500 else stretched
        chroma = base.chroma * model.chroma / middle.chroma
        result[step] = to_hex(Oklch(lightness, chroma, base.hue))
    result[500] = colour.lower()
    return result


def failing_pairs(colour: str) -> tuple[Failure, ...]:
    """Return the used pairs whose contrast is too low with this colour."""
    steps = ramp(colour)
    measured = [
        (pair, contrast(_value(pair.text, steps), _value(pair.ground, steps))) for pair in PAIRS
    ]
    return tuple(Failure(pair, value) for pair, value in measured if value < pair.least)


def nearest_passing(colour: str) -> str:
    """Return the colour of the same hue, nearest in lightness, with which every pair passes."""
    base = to_oklch(colour)
    for distance in range(0, 101):
        for direction in (-1, 1):
            lightness = base.lightness + direction * distance / 100
            if not 0.2 <= lightness <= 0.8:
                continue
            candidate = to_hex(Oklch(lightness, base.chroma, base.hue))
            if not failing_pairs(candidate):
                return candidate
    return DEFAULT


def style_sheet(colour: str) -> str:
    """Return the style sheet that puts the agency's ramp in place of the default one."""
    if not colour or colour.lower() == DEFAULT:
        return ""
    values = "".join(f"--brand-{step}:{value};" for step, value in ramp(checked(colour)).items())
    return f"@layer tokens{{:root{{{values}}}}}\n"


def contrast(first: str, second: str) -> float:
    """Return the WCAG 2.2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def to_oklch(colour: str) -> Oklch:
    """Convert `#rrggbb`; raise ValueError for anything else."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def to_hex(colour: Oklch) -> str:
    """Convert to `#rrggbb`, lowering the chroma until sRGB can show it."""
    low, high = 0.0, colour.chroma
    channels = _channels(colour)
    if _is_shown(channels):
        return _hex(channels)
    for _ in range(20):
        middle = (low + high) / 2
        if _is_shown(_channels(Oklch(colour.lightness, middle, colour.hue))):
            low = middle
        else:
            high = middle
    return _hex(_channels(Oklch(colour.lightness, low, colour.hue)))


def _value(part: int | str, steps: dict[int, str]) -> str:
    return steps[part] if isinstance(part, int) else part


def _linear(colour: str) -> tuple[float, float, float]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"Not a colour of the form #rrggbb: {colour}")
    values = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values
    )
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: Oklch) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_shown(channels: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= value <= 1.0005 for value in channels)


def _hex(channels: tuple[float, float, float]) -> str:
    bytes_ = []
    for value in channels:
        inside = min(max(value, 0.0), 1.0)
        curved = 12.92 * inside if inside <= 0.0031308 else 1.055 * inside ** (1 / 2.4) - 0.055
        bytes_.append(round(curved * 255))
    return "#" + "".join(f"{value:02x}" for value in bytes_)
