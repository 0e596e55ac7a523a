"""Addresses of pages that need several apps, and of the component gallery."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from sinambung.portal.pages import gallery

urlpatterns: list[URLPattern | URLResolver] = [
    path("ui/", gallery.show_gallery, name="gallery"),
    path("ui/<slug:part>/", gallery.show_gallery, name="gallery-part"),
]
