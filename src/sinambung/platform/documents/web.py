"""Answering with a file: never shown as a page of ours, never guessed at by the browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from sinambung.platform.documents.queries import FileContent, OpenFile


def download(file: FileContent) -> HttpResponse:
    """Send a file to be saved under its name."""
    response = HttpResponse(file.content, content_type=file.media_type)
    _to_be_saved(response, file.name)
    return response


def stream(file: OpenFile) -> FileResponse:
    """Send a large file piece by piece, to be saved under its name; closes it at the end."""
    response = FileResponse(file.file, content_type=file.media_type)
    response["Content-Length"] = str(file.size)
    _to_be_saved(response, file.name)
    return response


def _to_be_saved(response: HttpResponseBase, name: str) -> None:
    plain = name.encode("ascii", "replace").decode().replace('"', "").replace("?", "_")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
