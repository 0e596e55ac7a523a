"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from sinambung.platform.exchange.pages import imports, rows

urlpatterns = [
    path("", imports.import_list, name="import-list"),
    path("baru/", imports.new_import, name="new-import"),
    path("contoh/<slug:kind>.xlsx", imports.sample_sheet, name="sample-sheet"),
    path("<ulid:import_id>/", imports.review, name="import"),
    path("<ulid:import_id>/terapkan/", imports.apply, name="apply-import"),
    path("<ulid:import_id>/lanjutkan/", imports.resume, name="resume-import"),
    path("<ulid:import_id>/batalkan/", imports.undo, name="undo-import"),
    path("<ulid:import_id>/tutup/", imports.discard, name="discard-import"),
    path("<ulid:import_id>/bermasalah.xlsx", rows.problem_sheet, name="problem-sheet"),
    path("<ulid:import_id>/baris/", rows.row_list, name="import-rows"),
    path("<ulid:import_id>/baris/pilih/", rows.choose, name="choose-rows"),
    path("<ulid:import_id>/baris/<int:number>/abaikan/", rows.leave_out, name="leave-out-row"),
    path("<ulid:import_id>/baris/<int:number>/", rows.correct_row, name="correct-row"),
]
