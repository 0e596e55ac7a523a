from django.apps import AppConfig


class Ui(AppConfig):
    name = "sinambung.platform.ui"
    label = "ui"
