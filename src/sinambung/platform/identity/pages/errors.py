"""Error pages: what happened, what to do, nothing lost."""

from __future__ import annotations

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "ui/errors/403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database or the disk does not serve, 500 for our own mistakes."""
    if isinstance(sys.exc_info()[1], OperationalError):
        response = render(request, "ui/errors/503.html", status=503)
        response.headers["Retry-After"] = "30"
        return response
    return render(request, "ui/errors/500.html", status=500)
