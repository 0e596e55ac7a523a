from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Portal(AppConfig):
    name = "sinambung.portal"
    label = "portal"

    def ready(self) -> None:
        from sinambung.platform.audit import actions
        from sinambung.platform.identity.capabilities import Capability
        from sinambung.platform.jobs import kinds
        from sinambung.platform.ui.navigation import NavigationEntry, register
        from sinambung.portal.tasks import CHECK_TRAIL
        from sinambung.portal.trail import Trail

        actions.register(Trail)
        kinds.register(CHECK_TRAIL)
        register(
            NavigationEntry(_("Beranda"), "/", icon="home", order=0),
            NavigationEntry(
                _("Jejak"), "/jejak/", icon="history", capability=Capability.VIEW_TRAIL, order=80
            ),
        )
