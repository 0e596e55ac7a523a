from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class Ui(AppConfig):
    name = "sinambung.platform.ui"
    label = "ui"

    def ready(self) -> None:
        from sinambung.platform.ui import agency, brand

        colour = agency.current().colour
        try:
            brand.style_sheet(colour)
        except brand.ColourRefused as refusal:
            raise ImproperlyConfigured(
                f"Warna instansi {colour} membuat tulisan sulit dibaca. "
                f"Warna terdekat yang dapat dipakai: {refusal.nearest}."
            ) from refusal
        except ValueError as wrong:
            raise ImproperlyConfigured(
                f"Warna instansi {colour} harus ditulis seperti #2663a3."
            ) from wrong
