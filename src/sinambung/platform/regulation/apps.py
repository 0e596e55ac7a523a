from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Regulation(AppConfig):
    name = "sinambung.platform.regulation"
    label = "regulation"

    def ready(self) -> None:
        from sinambung.platform.audit import actions
        from sinambung.platform.identity.capabilities import Capability
        from sinambung.platform.regulation.trail import Trail
        from sinambung.platform.ui import navigation

        actions.register(Trail)
        navigation.register(
            navigation.NavigationEntry(
                label=_("Regulasi"),
                href="/regulasi/",
                icon="scale",
                capability=Capability.VIEW_PROGRAMMES,
                order=70,
            )
        )
