from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Training(AppConfig):
    name = "sinambung.domains.training"
    label = "training"

    def ready(self) -> None:
        from sinambung.domains.training.queries.editions import copied_editions
        from sinambung.domains.training.sheets.marks import MARKS, MARKS_OUT
        from sinambung.domains.training.sheets.roster import ROSTER
        from sinambung.domains.training.sheets.roster_export import ROSTER_EXPORT
        from sinambung.domains.training.trail import Trail
        from sinambung.platform.audit import actions
        from sinambung.platform.exchange import exports, kinds
        from sinambung.platform.regulation import editions

        actions.register(Trail)
        kinds.register(ROSTER)
        kinds.register(MARKS)
        exports.register(MARKS_OUT)
        exports.register(ROSTER_EXPORT)
        editions.read_with(copied_editions)
        _register_navigation()


def _register_navigation() -> None:
    from sinambung.domains.training.queries.rater_tasks import is_rater
    from sinambung.platform.identity.capabilities import Capability
    from sinambung.platform.ui.navigation import NavigationEntry, register

    entry = NavigationEntry
    register(
        entry(
            label=_("Angkatan"),
            href="/pelatihan/angkatan/",
            icon="school",
            capability=Capability.VIEW_BATCHES,
            order=10,
        ),
        entry(
            label=_("Usulan peserta"),
            href="/pelatihan/usulan/",
            icon="user-plus",
            capability=Capability.NOMINATE,
            order=13,
        ),
        entry(
            label=_("Program"),
            href="/pelatihan/program/",
            icon="books",
            capability=Capability.VIEW_PROGRAMMES,
            order=15,
        ),
        entry(
            label=_("Menilai"), href="/pelatihan/menilai/", icon="pencil", order=11, is_for=is_rater
        ),
        entry(label=_("Pelatihan saya"), href="/pelatihan/saya/", icon="user-check", order=12),
    )
