from django.apps import AppConfig


class Workforce(AppConfig):
    name = "sinambung.domains.workforce"
    label = "workforce"

    def ready(self) -> None:
        from sinambung.domains.workforce import sheets
        from sinambung.domains.workforce.trail import Trail
        from sinambung.platform.audit import actions
        from sinambung.platform.exchange import kinds

        actions.register(Trail)
        kinds.register(sheets.EMPLOYEES)
