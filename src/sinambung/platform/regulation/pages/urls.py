"""Addresses of Kelengkapan regulasi."""

from django.urls import path

from sinambung.platform.regulation.pages import completeness, entries, files

app_name = "regulation"
urlpatterns = [
    path("", completeness.show_completeness, name="completeness"),
    path("unduh/", files.export_local_law, name="export"),
    path("unggah/", files.import_local_law, name="import"),
    path("isian/<ulid:entry_id>/konfirmasi/", entries.confirm_local_values, name="confirm"),
    path("isian/<ulid:entry_id>/kembalikan/", entries.return_local_values, name="return"),
    path("isian/<ulid:entry_id>/tarik/", entries.withdraw_local_values, name="withdraw"),
    path("isian/<ulid:entry_id>/dokumen/", files.source_document, name="document"),
    path("<slug:edition_key>/", completeness.show_edition, name="edition"),
    path("<slug:edition_key>/<str:subject_key>/", entries.show_subject, name="subject"),
    path("<slug:edition_key>/<str:subject_key>/isi/", entries.enter_local_values, name="enter"),
]
