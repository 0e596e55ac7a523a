from django.apps import AppConfig


class Training(AppConfig):
    name = "sinambung.domains.training"
    label = "training"

    def ready(self) -> None:
        from sinambung.domains.training.trail import Trail
        from sinambung.platform.audit import actions

        actions.register(Trail)
