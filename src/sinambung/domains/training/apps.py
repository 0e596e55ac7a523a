from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


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
        _register_navigation()


def _register_navigation() -> None:
    from sinambung.platform.identity.capabilities import Capability
    from sinambung.platform.ui.navigation import NavigationEntry, register

    entry = NavigationEntry
    register(
        entry(
            label=_("Pelatihan"),
            href="/pelatihan/angkatan/",
            icon="school",
            capability=Capability.VIEW_BATCHES,
            order=10,
            children=(
                entry(_("Angkatan"), "/pelatihan/angkatan/", capability=Capability.VIEW_BATCHES),
                entry(_("Usulan peserta"), "/pelatihan/usulan/", capability=Capability.NOMINATE),
            ),
        ),
        entry(
            label=_("Program"),
            href="/pelatihan/program/",
            icon="books",
            capability=Capability.VIEW_PROGRAMMES,
            order=15,
        ),
        entry(label=_("Pelatihan saya"), href="/pelatihan/saya/", icon="user-check", order=12),
    )
