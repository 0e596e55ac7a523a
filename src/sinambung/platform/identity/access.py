"""The guards of pages and API routes, and how an account or unit is reached."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Forbidden, NotFound
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.models import Unit, User

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound=HttpResponseBase)
Result = TypeVar("Result")


def page(
    capability: Capability,
) -> Callable[
    [Callable[Concatenate[Request, Rest], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, Rest], HttpResponseBase],
]:
    """Open a page only to actors with a capability; others sign in first or are refused."""

    def guard(
        view: Callable[Concatenate[Request, Rest], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            ours = cast(Request, request)
            if not ours.actor.is_signed_in:
                return _sign_in_first(ours)
            if not ours.actor.may(capability):
                raise Forbidden
            return view(ours, *args, **kwargs)

        guarded.guard = capability  # type: ignore[attr-defined]
        return guarded

    return guard


def public_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a page that anybody may open. The short list of them is checked by a test."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def route(
    capability: Capability,
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Open an API route only to actors with a capability."""

    def guard(view: Callable[..., Result]) -> Callable[..., Result]:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Result:
            if not request.actor.may(capability):
                raise Forbidden
            return view(request, *args, **kwargs)

        guarded.guard = capability  # type: ignore[attr-defined]
        return guarded

    return guard


def user_for(actor: Actor, id: str) -> User:
    """Return an account that the actor manages, or the actor's own."""
    user = User.objects.filter(pk=id).first()
    if user is None or not (actor.id == id or actor.may(Capability.MANAGE_ACCOUNTS)):
        raise NotFound
    return user


def unit_for(actor: Actor, id: str, capability: Capability) -> Unit:
    """Return a unit in which the actor holds the capability."""
    unit = Unit.objects.filter(pk=id).first()
    paths = actor.paths(capability)
    if unit is None or (paths is not None and not unit.path.startswith(paths or ("\0",))):
        raise NotFound
    return unit


def _sign_in_first(request: Request) -> HttpResponse:
    if request.htmx:
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = f"/masuk/?next={request.path}"
        return answer
    return redirect_to_login(request.get_full_path())
