from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Workforce(AppConfig):
    name = "sinambung.domains.workforce"
    label = "workforce"

    def ready(self) -> None:
        from sinambung.domains.workforce import sheets
        from sinambung.domains.workforce.trail import Trail
        from sinambung.platform.audit import actions
        from sinambung.platform.exchange import exports, kinds
        from sinambung.platform.identity.capabilities import Capability
        from sinambung.platform.ui import navigation

        actions.register(Trail)
        exports.register(sheets.EMPLOYEE_EXPORT)
        navigation.register(
            navigation.NavigationEntry(
                label=_("Pegawai"),
                href="/pegawai/",
                icon="users-group",
                capability=Capability.VIEW_EMPLOYEES,
                order=30,
                children=(
                    navigation.NavigationEntry(label=_("Daftar"), href="/pegawai/"),
                    navigation.NavigationEntry(
                        label=_("Impor"), href="/impor/", capability=Capability.MANAGE_EMPLOYEES
                    ),
                ),
            )
        )
        kinds.register(sheets.EMPLOYEES)
