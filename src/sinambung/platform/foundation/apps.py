from django.apps import AppConfig
from django.urls import register_converter


class Foundation(AppConfig):
    name = "sinambung.platform.foundation"
    label = "foundation"

    def ready(self) -> None:
        from sinambung.platform.foundation.identifiers import UlidConverter

        register_converter(UlidConverter, "ulid")
