"""Answering with a file: never shown as a page of ours, never guessed at by the browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from sinambung.platform.documents.queries import FileContent


def download(file: FileContent) -> HttpResponse:
    """Send a file to be saved under its name."""
    response = HttpResponse(file.content, content_type=file.media_type)
    plain = file.name.encode("ascii", "replace").decode().replace('"', "").replace("?", "_")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name)}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
