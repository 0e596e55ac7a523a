from django.apps import AppConfig


class Exchange(AppConfig):
    name = "sinambung.platform.exchange"
    label = "exchange"

    def ready(self) -> None:
        from sinambung.platform.audit import actions
        from sinambung.platform.exchange.tasks import KINDS
        from sinambung.platform.exchange.trail import Trail
        from sinambung.platform.jobs import kinds as job_kinds

        actions.register(Trail)
        for kind in KINDS:
            job_kinds.register(kind)
