"""The own account: profile, password, address, sessions, and the proof that it is the owner."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.web import Request, posted_version
from sinambung.platform.identity import queries, services
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.pages import forms
from sinambung.platform.identity.pages.sign_in import safe_next

OWN = "/akun/"


@page(Capability.USE)
@require_safe
def account(request: Request) -> HttpResponse:
    own = queries.own_page(
        request.actor, session_key=request.session.session_key or "", at=clock.now()
    )
    return render(request, "identity/own.html", {"own": own})


@page(Capability.USE)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request) -> HttpResponse:
    form, status = forms.Confirm(forms.posted(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            services.check_own_password(
                user_id=request.actor.id, password=form.cleaned_data["password"], at=clock.now()
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            services.confirm(request.session, at=clock.now())
            return HttpResponseRedirect(safe_next(request))
    elif form.is_bound:
        status = 422
    context = {"form": form, "next": safe_next(request)}
    return render(request, "identity/confirm.html", context, status=status)


@page(Capability.USE)
@sensitive_post_parameters("present", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: Request) -> HttpResponse:
    form, status = forms.ChangePassword(forms.posted(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            user = services.change_own_password(
                user_id=request.actor.id,
                present=form.cleaned_data["present"],
                password=form.cleaned_data["password"],
                session_key=request.session.session_key or "",
                at=clock.now(),
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            services.keep_session(request, user=user)
            messages.success(request, _("Sandi diganti. Sesi lain sudah berakhir."))
            return HttpResponseRedirect(OWN)
    elif form.is_bound:
        status = 422
    return render(request, "identity/change_password.html", {"form": form}, status=status)


@page(Capability.USE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_email(request: Request) -> HttpResponse:
    services.require_confirmed(request.session, at=clock.now())
    own = queries.own_page(request.actor, session_key="", at=clock.now())
    form, status = forms.Email(forms.posted(request), initial={"email": own.user.email}), 200
    if request.method == "POST" and form.is_valid():
        try:
            services.change_own_email(
                user_id=request.actor.id,
                version=posted_version(request),
                email=form.cleaned_data["email"],
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            messages.success(request, _("Alamat surel tersimpan."))
            return HttpResponseRedirect(OWN)
    elif form.is_bound:
        status = 422
    context = {"form": form, "version": own.user.version}
    return render(request, "identity/change_email.html", context, status=status)


@page(Capability.USE)
@require_POST
def end_session(request: Request, session_id: int) -> HttpResponse:
    services.end_session(user_id=request.actor.id, session_id=session_id, by=request.actor)
    messages.success(request, _("Sesi diakhiri."))
    return HttpResponseRedirect(f"{OWN}#sesi")


@page(Capability.USE)
@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    services.end_other_sessions(
        user_id=request.actor.id,
        session_key=request.session.session_key or "",
        by=request.actor,
    )
    messages.success(request, _("Semua sesi lain diakhiri."))
    return HttpResponseRedirect(f"{OWN}#sesi")
