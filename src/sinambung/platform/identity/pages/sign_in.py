"""Signing in with a password or a passkey, the second step, and signing out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import PUBLIC
from sinambung.platform.foundation.errors import Invalid, Refused
from sinambung.platform.foundation.web import Request, posted_json
from sinambung.platform.identity import queries, services
from sinambung.platform.identity.access import ADD_FACTOR_PAGE, client_address, public_page
from sinambung.platform.identity.pages import forms

PENDING = "pending"
_PENDING_SECONDS = 600
DEVICE_COOKIE = "__Host-sinambung-perangkat" if settings.SESSION_COOKIE_SECURE else "perangkat"
_YEAR = 365 * 24 * 3600


@public_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    if request.actor.is_signed_in:
        return HttpResponseRedirect(safe_next(request))
    form, status = forms.SignIn(forms.posted(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            user = services.check_credentials(
                **form.cleaned_data,
                address=client_address(request),
                device=request.COOKIES.get(DEVICE_COOKIE, ""),
                at=clock.now(),
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            return next_step(request, user.pk, user.username)
    elif form.is_bound:
        status = 422
    context = {"form": form, "next": safe_next(request)}
    return no_store(render(request, "identity/sign_in.html", context, status=status))


@public_page
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: Request) -> HttpResponse:
    pending = pending_of(request)
    if pending is None:
        return HttpResponseRedirect(f"/masuk/?{urlencode({'next': safe_next(request)})}")
    form, status = forms.SecondFactor(forms.posted(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            method = services.check_second_factor(
                user_id=pending["user_id"],
                code=form.cleaned_data["code"],
                at=clock.now(),
                by=PUBLIC,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            return finish(request, pending["user_id"], pending["username"], method=method)
    elif form.is_bound:
        status = 422
    context = {"form": form, "next": safe_next(request)}
    return no_store(render(request, "identity/second_factor.html", context, status=status))


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: Request) -> HttpResponse:
    """Answer the challenge for a passkey, and take the device's answer to it."""
    pending = pending_of(request)
    user_id = pending["user_id"] if pending else ""
    if request.method == "GET":
        return no_store(JsonResponse(services.begin_passkey(user_id=user_id)))
    try:
        user = services.check_passkey(
            credential=posted_credential(request), at=clock.now(), user_id=user_id
        )
    except Refused as error:
        return JsonResponse({"sentence": error.sentence}, status=error.status)
    done = finish(request, user.pk, user.username, method="passkey")
    answer = JsonResponse({"location": done["Location"]})
    answer.cookies = done.cookies
    return answer


@public_page
@require_POST
def sign_out(request: Request) -> HttpResponse:
    services.end_own_session(request, by=request.actor)
    answer = HttpResponseRedirect("/masuk/")
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def next_step(request: Request, user_id: str, username: str) -> HttpResponse:
    """Ask for the second factor where the account has one; else sign in."""
    if not queries.has_second_factor(user_id):
        return finish(request, user_id, username, method="password")
    request.session[PENDING] = {
        "user_id": user_id,
        "username": username,
        "proof": queries.password_proof(user_id),
        "at": clock.now().timestamp(),
    }
    return HttpResponseRedirect(f"/masuk/faktor/?{urlencode({'next': safe_next(request)})}")


def finish(request: Request, user_id: str, username: str, *, method: str) -> HttpResponse:
    """Begin the session and remember the device."""
    target = safe_next(request)
    request.session.pop(PENDING, None)
    services.begin_session(
        request, user_id=user_id, at=clock.now(), address=client_address(request), method=method
    )
    answer = HttpResponseRedirect(
        ADD_FACTOR_PAGE if services.began_without_factor(request.session) else target
    )
    answer.set_cookie(
        DEVICE_COOKIE,
        services.device_mark(username),
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def pending_of(request: HttpRequest) -> dict[str, Any] | None:
    """Return who has given the right password and not yet the second factor."""
    pending = request.session.get(PENDING)
    if not pending or clock.now().timestamp() - pending["at"] > _PENDING_SECONDS:
        return None
    proof = queries.password_proof(pending["user_id"])
    return dict(pending) if proof and proof == pending.get("proof") else None


def posted_credential(request: HttpRequest) -> Any:
    """Return the device's answer, which the browser posts as JSON."""
    try:
        return posted_json(request, "credential")
    except Invalid:
        return None


def safe_next(request: HttpRequest) -> str:
    """Return the page to go to afterwards, only if it is ours."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if is_ours and target.startswith("/") else "/"


def no_store(response: HttpResponse) -> HttpResponse:
    """Keep what was typed or shown on the way in out of every cache."""
    response["Cache-Control"] = "no-store, private"
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = "60"
    return response
