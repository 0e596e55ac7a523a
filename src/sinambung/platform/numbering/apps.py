from django.apps import AppConfig


class Numbering(AppConfig):
    name = "sinambung.platform.numbering"
    label = "numbering"

    def ready(self) -> None:
        from sinambung.platform.audit import actions
        from sinambung.platform.numbering.trail import Trail

        actions.register(Trail)
