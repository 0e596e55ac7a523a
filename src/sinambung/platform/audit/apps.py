from django.apps import AppConfig


class Audit(AppConfig):
    name = "sinambung.platform.audit"
    label = "audit"
