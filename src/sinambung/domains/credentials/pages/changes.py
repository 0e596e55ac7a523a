"""Withdrawing and reissuing: one form each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinambung.domains.credentials import access, services
from sinambung.platform.foundation.clock import now, today
from sinambung.platform.foundation.errors import Invalid
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability

FIELDS = ("holder_name", "holder_nip", "birth_place", "born_on", "rank", "position", "agency")


@page(Capability.WITHDRAW_CERTIFICATES)
@require_http_methods(["GET", "POST"])
def withdraw_certificate(request: Request, certificate_id: Ulid) -> HttpResponse:
    row = access.certificate_for(request.actor, certificate_id, Capability.WITHDRAW_CERTIFICATES)
    if request.method == "GET":
        return _form(request, "credentials/withdraw.html", row)
    try:
        services.withdraw_certificate(
            certificate_id=certificate_id,
            version=posted_version(request),
            reason=posted_text(request, "reason", limit=500),
            by=request.actor,
            at=now(),
        )
    except Invalid as error:
        return _form(request, "credentials/withdraw.html", row, error=error)
    messages.success(request, _("Sertifikat dicabut."))
    return HttpResponseRedirect(f"/sertifikat/{certificate_id}/")


@page(Capability.ISSUE_CERTIFICATES)
@require_http_methods(["GET", "POST"])
def reissue_certificate(request: Request, certificate_id: Ulid) -> HttpResponse:
    row = access.certificate_for(request.actor, certificate_id, Capability.ISSUE_CERTIFICATES)
    if request.method == "GET":
        return _form(request, "credentials/reissue.html", row)
    try:
        successor = services.reissue_certificate(
            certificate_id=certificate_id,
            version=posted_version(request),
            correction=_posted_correction(request),
            reason=posted_text(request, "reason", limit=500),
            by=request.actor,
            on=today(),
        )
    except Invalid as error:
        return _form(request, "credentials/reissue.html", row, error=error)
    messages.success(request, _("Pengganti sertifikat sedang dibuat."))
    return HttpResponseRedirect(f"/sertifikat/sumber/{successor.source_id}/")


def _posted_correction(request: Request) -> services.Correction:
    values: dict[str, Any] = {
        name: posted_text(request, name, limit=300) for name in FIELDS if name in request.POST
    }
    if values.get("born_on"):
        values["born_on"] = _day(values["born_on"])
    else:
        values.pop("born_on", None)
    if not values.get("holder_name", "x"):
        raise Invalid(_("Nama tidak boleh kosong."), field="holder_name")
    return services.Correction(**values)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(_("Tulis tanggal lahir dengan benar."), field="born_on") from error


def _form(
    request: Request, template: str, row: Any, *, error: Invalid | None = None
) -> HttpResponse:
    holder = row.content["holder"]
    values = {name: request.POST.get(name, holder[name] or "") for name in FIELDS}
    body = {
        "certificate": row,
        "values": values,
        "reason": request.POST.get("reason", ""),
        "version": request.POST.get("version", row.version),
        "error": error.sentence if error else "",
        "error_field": error.field if error else "",
        "crumbs": [
            (row.source.name, f"/sertifikat/sumber/{row.source_id}/"),
            (row.holder_name, f"/sertifikat/{row.pk}/"),
            (_("Ganti") if template.endswith("reissue.html") else _("Cabut"), ""),
        ],
    }
    return render(request, template, body, status=422 if error else 200)
