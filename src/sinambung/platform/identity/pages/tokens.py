"""API tokens of the own account."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request
from sinambung.platform.identity import queries, services
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.identity.pages import forms
from sinambung.platform.identity.pages.own import OWN


@page(Capability.USE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_token(request: Request) -> HttpResponse:
    services.require_confirmed(request.session, at=clock.now())
    initial = {"expires_on": clock.today() + dt.timedelta(days=90), "is_read_only": True}
    form = forms.Token(
        forms.posted(request), scopes=queries.own_scopes(request.actor), initial=initial
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            token, text = services.make_token(
                user_id=request.actor.id,
                name=values["name"],
                scopes=values["scopes"],
                is_read_only=values["is_read_only"],
                expires_at=dt.datetime.combine(values["expires_on"], dt.time(23, 59), clock.WIB),
                at=clock.now(),
                by=request.actor,
            )
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            return render(request, "identity/token.html", {"token": token, "text": text})
    return render(request, "identity/add_token.html", {"form": form}, status=status)


@page(Capability.USE)
@require_POST
def revoke_token(request: Request, token_id: Ulid) -> HttpResponse:
    services.revoke_token(
        user_id=request.actor.id, token_id=token_id, at=clock.now(), by=request.actor
    )
    messages.success(request, _("Token dicabut."))
    return HttpResponseRedirect(f"{OWN}#token")
