"""Typst: templates, fonts and pictures in, PDF/A out."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from django.template.utils import get_app_template_dirs

from sinambung.platform.documents import press
from sinambung.platform.documents.press import TemplateBroken

_LIBRARY = "documents/print"


def project(
    template: str, *, context: Mapping[str, Any], files: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Return everything that the template `app/print/name.typ` needs, as files.

    The template reads `context` as `/data.json` and each of `files` under its name (`/qr.svg`);
    it imports the shared library as `/paper.typ`.
    """
    return {
        "main.typ": _source(template),
        "data.json": json.dumps(context, ensure_ascii=False).encode(),
        **library(),
        **(files or {}),
    }


def compile_pdf(
    template: str,
    *,
    context: Mapping[str, Any],
    at: dt.datetime,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Typeset a template as PDF/A-4f, dated `at`; raises `TemplateBroken`."""
    sources = project(template, context=context, files=files)
    try:
        return press.compile_project(sources, at=at)
    except TemplateBroken as error:
        raise TemplateBroken(f"{template}: {error}") from error


def qr_svg(text: str) -> bytes:
    """Draw a QR code (level M, no margin) as SVG."""
    output = io.BytesIO()
    segno.make_qr(text, error="m").save(output, kind="svg", border=0, xmldecl=False, omitsize=True)
    return output.getvalue()


@lru_cache(maxsize=1)
def library() -> dict[str, bytes]:
    """Return the files that every template may import."""
    names = ("paper.typ", "emblem.svg")
    return {name: _source(f"{_LIBRARY}/{name}") for name in names}


@lru_cache(maxsize=64)
def _source(template: str) -> bytes:
    for folder in get_app_template_dirs("templates"):
        path = Path(folder) / template
        if path.is_file():
            return path.read_bytes()
    raise TemplateBroken(f"{template}: not found")
