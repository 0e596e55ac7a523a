from django.apps import AppConfig


class Exchange(AppConfig):
    name = "sinambung.platform.exchange"
    label = "exchange"
