from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Jobs(AppConfig):
    name = "sinambung.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        from sinambung.platform.audit import actions
        from sinambung.platform.identity.capabilities import Capability
        from sinambung.platform.jobs.trail import Trail
        from sinambung.platform.ui import navigation

        actions.register(Trail)
        navigation.register(
            navigation.NavigationEntry(
                label=_("Pekerjaan"),
                href="/pekerjaan/",
                icon="hourglass",
                capability=Capability.VIEW_JOBS,
                order=80,
            )
        )
