"""Second factors and passkeys of the own account, after a fresh proof of the owner."""

from __future__ import annotations

import segno
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity import queries, services
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.pages import forms
from sinambung.platform.identity.pages.own import OWN
from sinambung.platform.identity.pages.sign_in import posted_credential

_SECRET = "totp_secret"  # noqa: S105
_FRESH_CODES = "fresh_codes"


@page(Capability.USE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_totp(request: Request) -> HttpResponse:
    services.require_confirmed(request.session, at=clock.now())
    secret = request.session.setdefault(_SECRET, generate_totp_secret())
    form, status = forms.SecondFactor(forms.posted(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            codes = services.add_totp(
                user_id=request.actor.id,
                secret=secret,
                code="".join(form.cleaned_data["code"].split()),
                at=clock.now(),
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            del request.session[_SECRET]
            return _show_codes(request, codes)
    elif form.is_bound:
        status = 422
    address = queries.totp_address(request.actor.id, secret=secret)
    context = {
        "form": form,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "address": address,
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="white"),
    }
    return render(request, "identity/add_totp.html", context, status=status)


@page(Capability.USE)
@require_POST
def remove_totp(request: Request) -> HttpResponse:
    services.require_confirmed(request.session, at=clock.now())
    services.remove_totp(user_id=request.actor.id, by=request.actor)
    messages.success(request, _("Aplikasi autentikator dihapus dari akun Anda."))
    return HttpResponseRedirect(f"{OWN}#keamanan")


@page(Capability.USE)
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: Request) -> HttpResponse:
    """Show recovery codes once: those just made, or (by POST) new ones that replace the old."""
    services.require_confirmed(request.session, at=clock.now())
    if request.method == "POST":
        codes = services.renew_recovery_codes(user_id=request.actor.id, by=request.actor)
        return _show_codes(request, codes)
    codes = request.session.pop(_FRESH_CODES, [])
    if not codes:
        return HttpResponseRedirect(f"{OWN}#keamanan")
    return render(request, "identity/recovery_codes.html", {"codes": codes})


@page(Capability.USE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: Request) -> HttpResponse:
    """Show the page that makes a passkey, give the browser its options, and keep the result."""
    services.require_confirmed(request.session, at=clock.now())
    if request.method == "GET":
        if request.headers.get("Accept") == "application/json":
            return JsonResponse(services.begin_adding_passkey(user_id=request.actor.id))
        return render(request, "identity/add_passkey.html")
    try:
        codes = services.add_passkey(
            user_id=request.actor.id,
            name=request.POST.get("name", ""),
            credential=posted_credential(request),
            by=request.actor,
        )
    except Refused as error:
        return JsonResponse({"sentence": error.sentence}, status=error.status)
    messages.success(request, _("Kunci sandi tersimpan."))
    request.session[_FRESH_CODES] = codes
    return JsonResponse({"location": "/akun/pemulihan/" if codes else f"{OWN}#keamanan"})


@page(Capability.USE)
@require_POST
def remove_passkey(request: Request, passkey_id: int) -> HttpResponse:
    services.require_confirmed(request.session, at=clock.now())
    services.remove_passkey(user_id=request.actor.id, passkey_id=passkey_id, by=request.actor)
    messages.success(request, _("Kunci sandi dihapus."))
    return HttpResponseRedirect(f"{OWN}#keamanan")


def _show_codes(request: Request, codes: list[str]) -> HttpResponse:
    request.session[_FRESH_CODES] = codes
    return HttpResponseRedirect("/akun/pemulihan/" if codes else f"{OWN}#keamanan")
