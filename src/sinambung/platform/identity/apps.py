from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Identity(AppConfig):
    name = "sinambung.platform.identity"
    label = "identity"

    def ready(self) -> None:
        from sinambung.platform.audit import actions
        from sinambung.platform.identity.capabilities import Capability
        from sinambung.platform.identity.trail import Trail
        from sinambung.platform.ui.navigation import NavigationEntry, register

        actions.register(Trail)
        register(
            NavigationEntry(
                label=_("Pengaturan"),
                href="/pengaturan/akun/",
                icon="settings",
                capability=Capability.MANAGE_ACCOUNTS,
                order=900,
                children=(
                    NavigationEntry(label=_("Akun"), href="/pengaturan/akun/"),
                    NavigationEntry(
                        label=_("Unit"),
                        href="/pengaturan/unit/",
                        capability=Capability.MANAGE_UNITS,
                    ),
                    NavigationEntry(label=_("Peran"), href="/pengaturan/peran/"),
                    NavigationEntry(
                        label=_("Surel keluar"),
                        href="/pengaturan/surel/",
                        capability=Capability.VIEW_OUTBOX,
                    ),
                ),
            )
        )
