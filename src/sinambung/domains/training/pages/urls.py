"""Addresses of training, under /pelatihan/. Each part appends its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from sinambung.domains.training.pages import (
    assignments,
    batches,
    documents,
    nominations,
    own,
    participants,
    portraits,
    printing,
    programmes,
)
from sinambung.domains.training.pages.assessment_urls import ASSESSMENT

app_name = "training"

BATCHES: list[URLPattern | URLResolver] = [
    path("angkatan/", batches.list_batches, name="batches"),
    path("angkatan/baru/", batches.create_batch, name="create_batch"),
    path("angkatan/<ulid:batch_id>/", batches.show_batch, name="batch"),
    path("angkatan/<ulid:batch_id>/ubah/", batches.change_batch, name="change_batch"),
    path("angkatan/<ulid:batch_id>/mulai/", batches.start_batch, name="start_batch"),
    path("angkatan/<ulid:batch_id>/selesai/", batches.finish_batch, name="finish_batch"),
    path("angkatan/<ulid:batch_id>/batal/", batches.cancel_batch, name="cancel_batch"),
]

PEOPLE: list[URLPattern | URLResolver] = [
    path("angkatan/<ulid:batch_id>/peserta/", participants.list_participants),
    path("angkatan/<ulid:batch_id>/peserta/tetapkan/", participants.accept_participants),
    path("angkatan/<ulid:batch_id>/peserta/tolak/", participants.reject_participants),
    path("angkatan/<ulid:batch_id>/kelompok/", participants.list_groups),
    path("angkatan/<ulid:batch_id>/kelompok/bagi/", participants.form_groups),
    path("angkatan/<ulid:batch_id>/kelompok/pindah/", participants.move_to_group),
    path("peserta/<ulid:participant_id>/", participants.show_participant, name="participant"),
    path("peserta/<ulid:participant_id>/berhenti/", participants.record_leaving),
    path("peserta/<ulid:participant_id>/hapus/", participants.remove_nomination),
    path("peserta/<ulid:participant_id>/foto/", portraits.portrait, name="portrait"),
]

DOCUMENTS: list[URLPattern | URLResolver] = [
    path("angkatan/<ulid:batch_id>/berkas/", documents.list_documents),
    path("angkatan/<ulid:batch_id>/berkas/terima/", documents.accept_documents),
    path("angkatan/<ulid:batch_id>/berkas/nyatakan/", documents.confirm_item),
    path("berkas/<ulid:document_id>/", documents.download_document, name="document"),
    path("berkas/<ulid:document_id>/terima/", documents.accept_document),
    path("berkas/<ulid:document_id>/kembalikan/", documents.return_document),
]

ASSIGNMENTS: list[URLPattern | URLResolver] = [
    path("angkatan/<ulid:batch_id>/penugasan/", assignments.list_assignments),
    path("angkatan/<ulid:batch_id>/penugasan/tunjuk/", assignments.assign),
    path("penugasan/<ulid:assignment_id>/akhiri/", assignments.end_assignment),
    path("orang/", assignments.find_person, name="find_person"),
]

PAPERS: list[URLPattern | URLResolver] = [
    path("angkatan/<ulid:batch_id>/unduh/", printing.export_roster, name="export_roster"),
    path("angkatan/<ulid:batch_id>/cetak/daftar-peserta/", printing.print_roster),
    path("angkatan/<ulid:batch_id>/cetak/tanda-nama/", printing.print_name_tags),
    path("angkatan/<ulid:batch_id>/cetak/surat-tugas/", printing.print_letters),
]

PROGRAMMES: list[URLPattern | URLResolver] = [
    path("program/", programmes.list_programmes, name="programmes"),
    path("program/pasang/", programmes.install_editions, name="install_editions"),
    path("program/edisi/<ulid:edition_id>/", programmes.show_edition, name="edition"),
    path("program/edisi/<ulid:edition_id>/beda/", programmes.compare_editions),
    path("program/edisi/<ulid:edition_id>/salin/", programmes.copy_edition),
    path("program/edisi/<ulid:edition_id>/ubah/<slug:word>/", programmes.change_edition),
    path("program/edisi/<ulid:edition_id>/berlakukan/", programmes.publish_edition),
    path("program/edisi/<ulid:edition_id>/tarik/", programmes.withdraw_edition),
]

NOMINATIONS: list[URLPattern | URLResolver] = [
    path("usulan/", nominations.list_open_batches, name="open_batches"),
    path("angkatan/<ulid:batch_id>/usulkan/", nominations.nominate, name="nominate"),
]

OWN: list[URLPattern | URLResolver] = [
    path("saya/", own.list_own, name="own"),
    path("saya/<ulid:participant_id>/", own.show_own, name="own_batch"),
    path("saya/<ulid:participant_id>/berkas/", own.own_documents, name="own_documents"),
    path("saya/<ulid:participant_id>/berkas/unggah/", own.upload_document),
    path("saya/<ulid:participant_id>/foto/", portraits.set_own_portrait),
    path("saya/<ulid:participant_id>/pilihan/", own.choose_electives),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/pelatihan/angkatan/"), name="home"),
    *BATCHES,
    *PEOPLE,
    *DOCUMENTS,
    *ASSIGNMENTS,
    *PROGRAMMES,
    *PAPERS,
    *NOMINATIONS,
    *OWN,
    *ASSESSMENT,
]
