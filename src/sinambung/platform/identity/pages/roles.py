"""Roles given and ended, and the table of what each role may do."""

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
from sinambung.platform.identity.capabilities import Capability, Role
from sinambung.platform.identity.pages import forms
from sinambung.platform.identity.pages.units import posted_unit


@page(Capability.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def grant_role(request: Request, user_id: Ulid) -> HttpResponse:
    user = access.managed_user_for(request.actor, user_id)
    form = forms.Grant(forms.posted(request), initial={"since": clock.today()})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        services.require_confirmed(request.session, at=clock.now())
        try:
            unit = access.unit_or_everywhere(
                request.actor, posted_unit(request), Capability.MANAGE_ACCOUNTS
            )
            services.grant_role(
                user_id=user.pk,
                role=Role(form.cleaned_data["role"]),
                unit_id=unit.pk if unit else None,
                since=form.cleaned_data["since"],
                until=form.cleaned_data["until"],
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            messages.success(request, _("Peran diberikan."))
            return HttpResponseRedirect(f"/pengaturan/akun/{user.pk}/")
    context = {
        "form": form,
        "account": user,
        "unit_text": request.POST.get("unit_text", ""),
        "everywhere": request.actor.paths(Capability.MANAGE_ACCOUNTS) is None,
    }
    return render(request, "identity/grant_role.html", context, status=status)


@page(Capability.MANAGE_ACCOUNTS)
@require_POST
def end_role(request: Request, role_id: Ulid) -> HttpResponse:
    role = access.role_for(request.actor, role_id)
    services.end_role(
        assignment_id=role.pk,
        version=posted_version(request),
        on=clock.today(),
        by=request.actor,
        reason=posted_text(request, "reason"),
    )
    messages.success(request, _("Peran diakhiri."))
    return HttpResponseRedirect(f"/pengaturan/akun/{role.user_id}/")


@page(Capability.MANAGE_ACCOUNTS)
@require_safe
def matrix(request: Request) -> HttpResponse:
    return render(request, "identity/matrix.html", {"matrix": queries.capability_matrix()})
