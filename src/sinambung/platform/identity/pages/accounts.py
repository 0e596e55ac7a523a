"""Accounts, for those who manage them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity import access, queries, services
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.pages import forms
from sinambung.platform.identity.pages.units import posted_unit

LIST = "/pengaturan/akun/"


@page(Capability.MANAGE_ACCOUNTS)
@require_safe
def account_list(request: Request) -> HttpResponse:
    asked = queries.AccountFilter(
        text=request.GET.get("q", "").strip()[:100].replace("\0", ""),
        unit_id=request.GET.get("unit", "")[:26],
        role=request.GET.get("peran", ""),
        state=request.GET.get("keadaan", ""),
    )
    found = queries.account_list(
        request.actor,
        asked=asked,
        on=clock.today(),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    part = "#rows" if request.htmx and not request.htmx.boosted else ""
    return render(request, f"identity/account_list.html{part}", {"found": found})


@page(Capability.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_account(request: Request) -> HttpResponse:
    form = forms.NewAccount(forms.posted(request))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            unit = access.unit_or_everywhere(
                request.actor, posted_unit(request), Capability.MANAGE_ACCOUNTS
            )
            user = services.add_user(
                **form.cleaned_data,
                unit_id=unit.pk if unit else None,
                at=clock.now(),
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            messages.success(request, _("Akun dibuat. Pemiliknya mengaktifkannya sendiri."))
            return HttpResponseRedirect(f"{LIST}{user.pk}/")
    context = {"form": form, "unit_text": request.POST.get("unit_text", "")}
    return render(request, "identity/add_account.html", context, status=status)


@page(Capability.MANAGE_ACCOUNTS)
@require_safe
def account(request: Request, user_id: Ulid) -> HttpResponse:
    return _account_page(request, user_id)


@page(Capability.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_account(request: Request, user_id: Ulid) -> HttpResponse:
    user = access.managed_user_for(request.actor, user_id)
    initial = {"name": user.name, "title": user.title, "email": user.email}
    form = forms.Account(forms.posted(request), initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        services.require_confirmed(request.session, at=clock.now())
        try:
            unit = access.unit_or_everywhere(
                request.actor, posted_unit(request), Capability.MANAGE_ACCOUNTS
            )
            services.change_user(
                user_id=user.pk,
                version=posted_version(request),
                **form.cleaned_data,
                unit_id=unit.pk if unit else None,
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            messages.success(request, _("Data akun tersimpan."))
            return HttpResponseRedirect(f"{LIST}{user.pk}/")
    context = {"form": form, "account": user, "version": request.POST.get("version", user.version)}
    return render(request, "identity/change_account.html", context, status=status)


@page(Capability.MANAGE_ACCOUNTS)
@require_POST
def lock_account(request: Request, user_id: Ulid) -> HttpResponse:
    access.managed_user_for(request.actor, user_id)
    services.lock_user(
        user_id=user_id,
        version=posted_version(request),
        at=clock.now(),
        on=clock.today(),
        by=request.actor,
        reason=posted_text(request, "reason"),
    )
    return _done(request, user_id, _("Akun dikunci dan semua sesinya berakhir."))


@page(Capability.MANAGE_ACCOUNTS)
@require_POST
def unlock_account(request: Request, user_id: Ulid) -> HttpResponse:
    access.managed_user_for(request.actor, user_id)
    services.unlock_user(user_id=user_id, version=posted_version(request), by=request.actor)
    return _done(request, user_id, _("Kunci akun dibuka."))


@page(Capability.MANAGE_ACCOUNTS)
@require_POST
def send_reset(request: Request, user_id: Ulid) -> HttpResponse:
    access.managed_user_for(request.actor, user_id)
    services.send_reset_link(
        user_id=user_id, version=posted_version(request), at=clock.now(), by=request.actor
    )
    return _done(request, user_id, _("Tautan dikirim ke alamat surel akun ini."))


@page(Capability.MANAGE_ACCOUNTS)
@require_POST
def remove_factors(request: Request, user_id: Ulid) -> HttpResponse:
    access.managed_user_for(request.actor, user_id)
    services.require_confirmed(request.session, at=clock.now())
    services.remove_all_factors(
        user_id=user_id,
        version=posted_version(request),
        by=request.actor,
        reason=posted_text(request, "reason"),
    )
    return _done(request, user_id, _("Faktor kedua dilepas dari akun ini."))


@page(Capability.MANAGE_ACCOUNTS)
@require_POST
def end_session(request: Request, user_id: Ulid, session_id: int) -> HttpResponse:
    access.managed_user_for(request.actor, user_id)
    services.end_session(user_id=user_id, session_id=session_id, by=request.actor)
    return _done(request, user_id, _("Sesi diakhiri."))


@page(Capability.MANAGE_ACCOUNTS)
@require_POST
def activation_slip(request: Request, user_id: Ulid) -> HttpResponse:
    access.managed_user_for(request.actor, user_id)
    slips = services.issue_activation_codes(user_ids=[user_id], by=request.actor, at=clock.now())
    if not slips:
        return _done(request, user_id, _("Akun ini sudah aktif, jadi tidak perlu lembar aktivasi."))
    return render(request, "identity/slips.html", queries.slip_sheet(slips))


def _account_page(request: Request, user_id: str) -> HttpResponse:
    user = access.user_for(request.actor, user_id)
    shown = queries.account_page(
        user,
        by=request.actor,
        may_change=access.may_change(request.actor, user_id),
        on=clock.today(),
        at=clock.now(),
    )
    context = {"shown": shown, "today": clock.today()}
    return render(request, "identity/account.html", context)


def _done(request: Request, user_id: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(f"{LIST}{user_id}/")
