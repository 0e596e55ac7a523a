"""Drawn portraits: a head and shoulders, nobody's face."""

from __future__ import annotations

import io
from random import Random

_BACKGROUNDS = ((184, 44, 44), (38, 99, 163))
_SKINS = ((224, 176, 138), (198, 146, 108), (172, 120, 84))
_CLOTHES = ((92, 80, 56), (52, 64, 84), (245, 245, 240))


def drawn_portrait(seed: str, *, is_female: bool) -> bytes:
    """Return a JPEG of 300 x 400 pixels that follows from `seed`."""
    from PIL import Image, ImageDraw  # start-up time

    chance = Random(seed)  # noqa: S311
    picture = Image.new("RGB", (300, 400), chance.choice(_BACKGROUNDS))
    draw = ImageDraw.Draw(picture)
    cloth, skin = chance.choice(_CLOTHES), chance.choice(_SKINS)
    draw.ellipse((20, 280, 280, 560), fill=cloth)
    draw.rectangle((125, 230, 175, 300), fill=skin)
    if is_female and chance.random() < 0.7:
        veil = chance.choice(_CLOTHES)
        draw.ellipse((75, 70, 225, 330), fill=veil)
    else:
        draw.ellipse((85, 75, 215, 240), fill=(40, 32, 28))
    draw.ellipse((98, 100, 202, 250), fill=skin)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=82)
    return target.getvalue()
