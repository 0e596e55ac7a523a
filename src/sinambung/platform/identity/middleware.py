"""Who acts in this request, for how long, what is kept of the answer, and how refusals look."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import cast
from urllib.parse import urlencode

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import PUBLIC, Actor
from sinambung.platform.foundation.errors import UNSTORABLE, Refused
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity import queries, services
from sinambung.platform.identity.capabilities import Capability

# Until the account has the second factor it must have, its roles give nothing.
_WITHOUT_FACTOR = MappingProxyType({Capability.USE.value: ("",)})
CONFIRM_PAGE = "/akun/konfirmasi/"
_log = logging.getLogger("sinambung.security")
_HEADERS = {
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ActorMiddleware:
    """Set `request.actor` from the session or a bearer token; turn `Refused` into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ours = cast(Request, request)
        ours.actor = _actor(request)
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if ours.actor.is_signed_in and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, UNSTORABLE):
            _log.warning("a value cannot be stored: %s", request.path, exc_info=error)
            return render(request, "ui/errors/400.html", status=400)
        if not isinstance(error, Refused):
            return None
        ours = cast(Request, request)
        if isinstance(error, services.ConfirmFirst):
            return _confirm_first(ours)
        part = "#message" if ours.htmx else ""
        template = f"ui/errors/refused.html{part}"
        response = render(request, template, {"refusal": error}, status=error.status)
        if isinstance(error, services.TooManyAttempts):
            response["Retry-After"] = str(error.facts.get("seconds", 1))
        return response


def _actor(request: HttpRequest) -> Actor:
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer ") and request.path.startswith("/api/"):
        return _actor_of_token(request, header.removeprefix("Bearer ").strip())
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return PUBLIC
    at = clock.now()
    if not services.is_within_limits(request.session, at=at):
        auth.logout(request)
        return PUBLIC
    services.keep_alive(request.session, at=at)
    actor = queries.actor_of(user, on=clock.today())
    if services.still_lacks_factor(request.session, user=user, on=clock.today()):
        request.lacks_factor = True  # type: ignore[attr-defined]
        return replace(actor, grants=_WITHOUT_FACTOR)
    return actor


def _actor_of_token(request: HttpRequest, text: str) -> Actor:
    found = queries.actor_of_token(text, at=clock.now(), on=clock.today())
    if found is None:
        return PUBLIC
    actor, token = found
    request.token = token  # type: ignore[attr-defined]
    services.note_token_use(token=token, on=clock.today())
    return actor


def _confirm_first(request: Request) -> HttpResponse:
    """Lead to the page that asks for a proof, and from there back to where the person was."""
    back = request.get_full_path() if request.method == "GET" else _page_before(request)
    target = f"{CONFIRM_PAGE}?{urlencode({'next': back})}"
    if request.htmx:
        answer = HttpResponse(status=403)
        answer["HX-Redirect"] = target
        return answer
    return HttpResponseRedirect(target)


def _page_before(request: HttpRequest) -> str:
    origin = f"{request.scheme}://{request.get_host()}"
    before = request.headers.get("Referer", "")
    return before.removeprefix(origin) if before.startswith(f"{origin}/") else "/akun/"
