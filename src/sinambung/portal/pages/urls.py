"""Addresses of pages that need several apps, and of the component gallery."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from sinambung.portal.pages import gallery, home, search, trail

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="home"),
    path("cari/", search.show_search, name="search"),
    path("jejak/", trail.show_trail, name="trail"),
    path("jejak/saya/", trail.show_own_trail, name="own-trail"),
    path("jejak/periksa/", trail.check_trail, name="check-trail"),
    path("jejak/pegawai/<ulid:employee_id>/", trail.show_person_trail, name="person-trail"),
    path("jejak/angkatan/<ulid:batch_id>/", trail.show_batch_trail, name="batch-trail"),
    path("jejak/objek/<ulid:subject_id>/", trail.show_object_trail, name="object-trail"),
    path("ui/", gallery.show_gallery, name="gallery"),
    path("ui/<slug:part>/", gallery.show_gallery, name="gallery-part"),
]
