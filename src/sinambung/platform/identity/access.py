"""The guards of pages and API routes, and how an account or unit is reached."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from ipaddress import ip_address
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Forbidden, Invalid, NotFound
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.models import RoleAssignment, Unit, User

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound=HttpResponseBase)
Result = TypeVar("Result")
ADD_FACTOR_PAGE = "/akun/"


class AboveReach(Forbidden):
    message = _(
        "Akun ini memegang peran di luar wilayah Anda. "
        "Minta administrator yang lebih tinggi melakukannya."
    )


class OwnerOnly(Forbidden):
    message = _("Tindakan ini hanya untuk pemilik akun yang masuk sendiri, bukan untuk token.")


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
                if getattr(ours, "lacks_factor", False):
                    return HttpResponseRedirect(ADD_FACTOR_PAGE)
                raise Forbidden
            return view(ours, *args, **kwargs)

        guarded.guard = capability  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[HttpRequest, Rest], HttpResponseBase], guarded)

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
        guarded.__signature__ = signature(view, eval_str=True)  # type: ignore[attr-defined]
        return guarded

    return guard


def client_address(request: HttpRequest) -> str:
    """Return the address of the browser, behind as many proxies as the settings trust."""
    direct = request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104
    if not settings.TRUSTED_PROXIES:
        return direct
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop]
    named = hops[-settings.TRUSTED_PROXIES :][:1]
    try:
        return str(ip_address(named[0])) if named else direct
    except ValueError:
        return direct


def user_for(actor: Actor, id: str) -> User:
    """Return an account of the units whose accounts the actor manages, or the actor's own."""
    user = User.objects.select_related("unit").filter(pk=id).first()
    if user is None or not (actor.id == id or _is_within(user.unit, _paths(actor))):
        raise NotFound
    return user


def managed_user_for(actor: Actor, id: str) -> User:
    """Return an account that the actor may change.

    An account with a role outside the actor's reach is visible and yet not to be changed:
    otherwise whoever manages one unit could take over the administrator of all.
    """
    user = user_for(actor, id)
    paths = _paths(actor)
    if not _is_within(user.unit, paths):
        raise NotFound
    if paths is not None:
        held = RoleAssignment.objects.filter(user=user).filter(
            Q(until=None) | Q(until__gt=clock.today())
        )
        if not all(_is_within(role.unit, paths) for role in held.select_related("unit")):
            raise AboveReach
    return user


def may_change(actor: Actor, id: str) -> bool:
    """Whether the actor may change an account that the actor may see."""
    try:
        managed_user_for(actor, id)
    except (NotFound, AboveReach):
        return False
    return True


def role_for(actor: Actor, id: str) -> RoleAssignment:
    """Return a role that the actor may end: within reach, on an account within reach."""
    role = RoleAssignment.objects.select_related("unit").filter(pk=id).first()
    if role is None or not _is_within(role.unit, _paths(actor)):
        raise NotFound
    managed_user_for(actor, role.user_id)
    return role


def unit_for(actor: Actor, id: str, capability: Capability) -> Unit:
    """Return a unit in which the actor holds the capability."""
    unit = Unit.objects.filter(pk=id).first()
    if unit is None or not _is_within(unit, actor.paths(capability)):
        raise NotFound
    return unit


def unit_or_everywhere(actor: Actor, id: str, capability: Capability) -> Unit | None:
    """Return the named unit, or `None` for "everywhere", which needs the capability everywhere."""
    if id:
        return unit_for(actor, id, capability)
    if actor.paths(capability) is not None:
        raise Invalid(_("Pilih unit di wilayah Anda."), field="unit")
    return None


def _paths(actor: Actor) -> tuple[str, ...] | None:
    return actor.paths(Capability.MANAGE_ACCOUNTS)


def _is_within(unit: Unit | None, paths: tuple[str, ...] | None) -> bool:
    """Whether a unit (or no unit: everywhere) lies within the subtrees; `None` is all of them."""
    if paths is None:
        return True
    return unit is not None and bool(paths) and unit.path.startswith(paths)


def _sign_in_first(request: Request) -> HttpResponse:
    if request.htmx:
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = f"/masuk/?{urlencode({'next': request.path})}"
        return answer
    return redirect_to_login(request.get_full_path())
