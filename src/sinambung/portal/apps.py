from django.apps import AppConfig


class Portal(AppConfig):
    name = "sinambung.portal"
    label = "portal"
