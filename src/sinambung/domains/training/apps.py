from django.apps import AppConfig


class Training(AppConfig):
    name = "sinambung.domains.training"
    label = "training"

    def ready(self) -> None:
        from sinambung.domains.training.queries.editions import copied_editions
        from sinambung.domains.training.sheets.roster import ROSTER
        from sinambung.domains.training.trail import Trail
        from sinambung.platform.audit import actions
        from sinambung.platform.exchange import kinds
        from sinambung.platform.regulation import editions

        actions.register(Trail)
        kinds.register(ROSTER)
        editions.read_with(copied_editions)
