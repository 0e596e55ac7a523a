from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Credentials(AppConfig):
    name = "sinambung.domains.credentials"
    label = "credentials"

    def ready(self) -> None:
        from sinambung.domains.credentials import access, sheets, tasks
        from sinambung.domains.credentials.trail import Trail
        from sinambung.platform.audit import actions
        from sinambung.platform.exchange import exports
        from sinambung.platform.identity.capabilities import Capability
        from sinambung.platform.jobs import kinds
        from sinambung.platform.ui import navigation

        actions.register(Trail)
        exports.register(sheets.CERTIFICATES)
        kinds.register(
            kinds.JobKind("credentials.issue", tasks.issue, opens=access.sources_open_to)
        )
        kinds.register(
            kinds.JobKind("credentials.bundle", tasks.bundle, opens=access.sources_open_to)
        )
        navigation.register(
            navigation.NavigationEntry(
                label=_("Sertifikat"),
                href="/sertifikat/",
                icon="certificate",
                capability=Capability.VIEW_CERTIFICATES,
                order=40,
            ),
            navigation.NavigationEntry(
                label=_("Sertifikat saya"), href="/sertifikat/saya/", icon="id-badge-2", order=41
            ),
        )
