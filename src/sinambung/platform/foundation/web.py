"""What a request of ours carries, and how pages read from it."""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Invalid

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """The request as pages see it: with its actor. The middleware of `identity` sets it."""

    actor: Actor
    htmx: HtmxDetails


def posted_version(request: HttpRequest) -> int:
    """Return the version that the form carried; refuse a form without one."""
    text = request.POST.get("version", "")
    if not text.isdecimal() or len(text) > 9:
        raise Invalid(_("Formulir ini tidak lengkap. Muat ulang halaman lalu simpan lagi."))
    return int(text)


def posted_json(request: HttpRequest, name: str) -> Any:
    """Return a value that a script of ours posted as JSON; refuse what is no JSON we can hold."""
    try:
        return json.loads(
            request.POST.get(name, ""), parse_constant=_no_constant, parse_float=_finite
        )
    except (ValueError, RecursionError):
        raise Invalid(
            _("Kiriman ini tidak terbaca. Muat ulang halaman lalu coba lagi."), field=name
        ) from None


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def posted_text(request: HttpRequest, name: str, *, limit: int = 2000) -> str:
    """Return a posted text, stripped; NUL and text over `limit` characters are refused."""
    text = request.POST.get(name, "").strip()
    if "\x00" in text or len(text) > limit:
        raise Invalid(
            _("Isian terlalu panjang atau memuat karakter yang tidak dapat disimpan."), field=name
        )
    return text
