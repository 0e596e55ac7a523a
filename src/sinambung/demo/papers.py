"""The paper that stands for every file a participant brings."""

from __future__ import annotations

import io
from functools import cache


@cache
def sample_paper() -> bytes:
    """Return a PDF of one empty A4 page."""
    from pypdf import PdfWriter  # start-up time

    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": "Dokumen contoh"})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
