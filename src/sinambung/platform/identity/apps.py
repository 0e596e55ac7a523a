from django.apps import AppConfig


class Identity(AppConfig):
    name = "sinambung.platform.identity"
    label = "identity"

    def ready(self) -> None:
        from sinambung.platform.audit import actions
        from sinambung.platform.identity.trail import Trail

        actions.register(Trail)
