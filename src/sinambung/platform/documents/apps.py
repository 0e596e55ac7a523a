from django.apps import AppConfig


class Documents(AppConfig):
    name = "sinambung.platform.documents"
    label = "documents"
