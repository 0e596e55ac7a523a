"""Addresses of employees."""

from __future__ import annotations

from django.urls import path

from sinambung.domains.workforce.pages import changes, employees

urlpatterns = [
    path("", employees.employee_list, name="employee-list"),
    path("unduh<str:suffix>", employees.export, name="export-employees"),
    path("<ulid:employee_id>/", employees.employee, name="employee"),
    path("<ulid:employee_id>/ubah/", changes.change_details, name="change-employee"),
    path("<ulid:employee_id>/jabatan/", changes.change_position, name="change-position"),
    path("<ulid:employee_id>/golongan/", changes.change_rank, name="change-rank"),
    path("<ulid:employee_id>/unit/", changes.change_unit, name="change-unit"),
]
