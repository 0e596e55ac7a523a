from django.urls import path

from sinambung.platform.ui.pages import appearance

app_name = "ui"
urlpatterns = [
    path("brand.css", appearance.brand_style, name="brand"),
    path("lambang", appearance.emblem, name="emblem"),
    path("tampilan/", appearance.choose_appearance, name="appearance"),
]
