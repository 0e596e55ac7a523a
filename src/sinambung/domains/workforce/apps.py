from django.apps import AppConfig


class Workforce(AppConfig):
    name = "sinambung.domains.workforce"
    label = "workforce"
