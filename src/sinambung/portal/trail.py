"""What the portal itself writes on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction

CHECK = "portal.check_trail"


class Trail(TrailAction):
    CHECK_STARTED = "portal.trail_check_started", _("memulai pemeriksaan %(subject)s")
