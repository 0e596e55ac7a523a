"""Who acts in this request, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import PUBLIC, Actor
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity import queries


class ActorMiddleware:
    """Set `request.actor` from the session or a bearer token; turn `Refused` into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ours = cast(Request, request)
        ours.actor = _actor(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        ours = cast(Request, request)
        if ours.htmx:
            template = "ui/errors/refused.html#message"
        else:
            template = "ui/errors/refused.html"
        return render(request, template, {"refusal": error}, status=error.status)


def _actor(request: HttpRequest) -> Actor:
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer ") and request.path.startswith("/api/"):
        found = queries.actor_of_token(
            header.removeprefix("Bearer ").strip(), at=clock.now(), on=clock.today()
        )
        if found is None:
            return PUBLIC
        actor, token = found
        request.token = token  # type: ignore[attr-defined]
        return actor
    user = request.user
    if user.is_authenticated and user.is_active:
        return queries.actor_of(user, on=clock.today())
    return PUBLIC
