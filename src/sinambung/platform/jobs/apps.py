from django.apps import AppConfig


class Jobs(AppConfig):
    name = "sinambung.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        from sinambung.platform.audit import actions
        from sinambung.platform.jobs.trail import Trail

        actions.register(Trail)
