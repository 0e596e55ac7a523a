"""Changing one employee by hand: each form with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinambung.domains.workforce import access, queries, services
from sinambung.domains.workforce.pages import forms
from sinambung.platform.foundation import clock
from sinambung.platform.foundation.errors import ChangedMeanwhile, NotFound, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_version
from sinambung.platform.identity.access import page, unit_for
from sinambung.platform.identity.capabilities import Capability

MANAGE = Capability.MANAGE_EMPLOYEES


@page(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_details(request: Request, employee_id: Ulid) -> HttpResponse:
    shown = _shown(request, employee_id)
    initial = queries.editable_details(shown)
    form = forms.Details(forms.posted(request), initial=initial)

    def save() -> None:
        values = dict(form.cleaned_data)
        reason = values.pop("reason")
        services.change_details(
            employee_id=employee_id,
            version=posted_version(request),
            details=services.EmployeeDetails(**values),
            on=clock.today(),
            by=request.actor,
            reason=reason,
        )

    return _answer(request, form, shown, _("Ubah data pegawai"), save)


@page(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_position(request: Request, employee_id: Ulid) -> HttpResponse:
    shown = _shown(request, employee_id)
    initial = {
        "name": shown.card.position_name,
        "position_class": shown.card.position_class,
        "echelon": shown.card.echelon,
    }
    form = forms.Position(forms.posted(request), initial=initial)

    def save() -> None:
        services.record_position_change(
            employee_id=employee_id,
            version=posted_version(request),
            **form.cleaned_data,
            by=request.actor,
        )

    return _answer(request, form, shown, _("Catat jabatan baru"), save)


@page(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_rank(request: Request, employee_id: Ulid) -> HttpResponse:
    shown = _shown(request, employee_id)
    form = forms.Rank(forms.posted(request), initial={"rank_code": shown.card.rank_code})

    def save() -> None:
        services.record_rank_change(
            employee_id=employee_id,
            version=posted_version(request),
            **form.cleaned_data,
            by=request.actor,
        )

    return _answer(request, form, shown, _("Catat kenaikan pangkat"), save)


@page(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_unit(request: Request, employee_id: Ulid) -> HttpResponse:
    shown = _shown(request, employee_id)
    form = forms.Unit(forms.posted(request), initial={"unit": shown.card.unit_id})

    def save() -> None:
        unit = unit_for(request.actor, form.cleaned_data["unit"], MANAGE)
        services.move_to_unit(
            employee_id=employee_id,
            version=posted_version(request),
            unit_id=unit.pk,
            since=form.cleaned_data["since"],
            by=request.actor,
            reason=form.cleaned_data["reason"],
        )

    units = queries.unit_choices(request.actor)
    return _answer(request, form, shown, _("Pindahkan ke unit lain"), save, units=units)


def _shown(request: Request, employee_id: Ulid) -> queries.EmployeePage:
    employee = access.employee_for(request.actor, employee_id, MANAGE)
    return queries.employee_page(employee, actor=request.actor, on=clock.today())


def _answer(
    request: Request,
    form: django_forms.Form,
    shown: queries.EmployeePage,
    title: str,
    save: Callable[[], None],
    **more: Any,
) -> HttpResponse:
    """Save a valid form and go to the employee, or show the form with what is wrong."""
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except (ChangedMeanwhile, NotFound):
            raise
        except Refused as error:
            status = forms.refuse(form, error)
        else:
            messages.success(request, _("Data pegawai tersimpan."))
            return HttpResponseRedirect(f"/pegawai/{shown.card.id}/")
    context = {"form": form, "page": shown, "title": title, "today": clock.today(), **more}
    return render(request, "workforce/change_employee.html", context, status=status)
