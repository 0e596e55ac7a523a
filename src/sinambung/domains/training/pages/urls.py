"""Addresses of training, under /pelatihan/. Each part appends its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from sinambung.domains.training.pages import batches

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

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/pelatihan/angkatan/"), name="home"),
    *BATCHES,
]
