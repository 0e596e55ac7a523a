"""Activating an account, and setting a new password through a mailed link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.actors import PUBLIC
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity import services
from sinambung.platform.identity.access import client_address, public_page
from sinambung.platform.identity.pages import forms
from sinambung.platform.identity.pages.sign_in import finish, next_step, no_store


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: Request) -> HttpResponse:
    return _mail_page(request, "identity/forgotten.html")


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def activation_code(request: Request) -> HttpResponse:
    return _mail_page(request, "identity/activation_code.html")


@public_page
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: Request, token: str) -> HttpResponse:
    form, status = forms.NewPassword(forms.posted(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            user = services.set_new_password(
                token=token, password=form.cleaned_data["password"], at=clock.now(), by=PUBLIC
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            messages.success(request, _("Sandi baru tersimpan. Semua sesi lama sudah berakhir."))
            return next_step(request, user.pk, user.username)
    elif form.is_bound:
        status = 422
    return no_store(render(request, "identity/new_password.html", {"form": form}, status=status))


@public_page
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: Request) -> HttpResponse:
    form = forms.Activation(forms.posted(request), initial={"username": request.GET.get("nip", "")})
    status = 200
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            user = services.activate(
                username=values["username"],
                code=values["code"],
                password=values["password"],
                address=client_address(request),
                at=clock.now(),
                by=PUBLIC,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            messages.success(request, _("Akun Anda aktif."))
            return finish(request, user.pk, user.username, method="activation")
    elif form.is_bound:
        status = 422
    return no_store(render(request, "identity/activate.html", {"form": form}, status=status))


def _mail_page(request: Request, template: str) -> HttpResponse:
    """Take a name and answer the same for every name."""
    form, status, is_asked = forms.AccountName(forms.posted(request)), 200, False
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_new_password(
                username=form.cleaned_data["username"],
                address=client_address(request),
                at=clock.now(),
            )
            is_asked = True
        except Refused as error:
            status = forms.refuse(form, error)
    elif form.is_bound:
        status = 422
    return no_store(render(request, template, {"form": form, "is_asked": is_asked}, status=status))
