"""The JSON API: one entry, one way to say no (RFC 9457)."""

from __future__ import annotations

import logging
from typing import cast

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.utils import check_csrf

from sinambung.domains.credentials.api.routes import router as credentials_router
from sinambung.domains.training.api.routes import router as training_router
from sinambung.domains.workforce.api.routes import router as workforce_router
from sinambung.platform.exchange.api.routes import router as exchange_router
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.api.routes import router as identity_router
from sinambung.platform.jobs.api.routes import router as jobs_router
from sinambung.platform.notices.api.routes import router as notices_router
from sinambung.platform.regulation.api.routes import router as regulation_router
from sinambung.portal.api.routes import router as portal_router

logger = logging.getLogger("sinambung.security")
WRITING = {"POST", "PUT", "PATCH", "DELETE"}


def authenticated(request: HttpRequest) -> bool:
    """Accept a bearer token, or a session whose writing requests carry the CSRF token."""
    ours = cast(Request, request)
    if not ours.actor.is_signed_in:
        return False
    token = getattr(request, "token", None)
    if token is not None:
        return not (token.is_read_only and request.method in WRITING)
    return request.method not in WRITING or check_csrf(request) is None


api = NinjaAPI(
    title="Sinambung",
    version="1",
    description="Semua yang dapat dilakukan halaman, untuk mesin.",
    auth=authenticated,
    docs_url=None,
    urls_namespace="api",
)


def problem(request: HttpRequest, *, status: int, code: str, title: str) -> HttpResponse:
    body = {"type": f"urn:sinambung:{code}", "status": status, "title": title}
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(request, status=error.status, code=error.code, title=error.sentence)


@api.exception_handler(DataError)
@api.exception_handler(UnicodeEncodeError)
@api.exception_handler(OverflowError)
def unstorable(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("a value cannot be stored: %s", request.path, exc_info=error)
    title = "Isian memuat karakter atau angka yang tidak dapat disimpan."
    return problem(request, status=422, code="invalid", title=title)


@api.exception_handler(AuthenticationError)
def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(
        request,
        status=401,
        code="unauthenticated",
        title="Sertakan token API yang berlaku dan mencakup tindakan ini.",
    )


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    response = problem(
        request, status=422, code="invalid", title="Isian tidak sesuai; periksa `errors`."
    )
    body = {
        "type": "urn:sinambung:invalid",
        "status": 422,
        "title": "Isian tidak sesuai; periksa errors.",
        "errors": [
            {"field": ".".join(str(part) for part in item["loc"]), "message": item["msg"]}
            for item in error.errors
        ],
    }
    response = api.create_response(request, body, status=422)
    response["Content-Type"] = "application/problem+json"
    return response


api.add_router("", portal_router)
api.add_router("/certificates", credentials_router)
api.add_router("/regulation", regulation_router)
api.add_router("/notices", notices_router)
api.add_router("/identity", identity_router)
api.add_router("/training", training_router)
api.add_router("/employees", workforce_router)
api.add_router("/imports", exchange_router)
api.add_router("/jobs", jobs_router)
