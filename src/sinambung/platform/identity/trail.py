"""What identity writes on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    USER_ADDED = "identity.user_added", _("membuat akun %(subject)s")
    ROLE_GRANTED = "identity.role_granted", _("memberi peran %(role)s kepada %(subject)s")
    UNIT_ADDED = "identity.unit_added", _("menambah unit %(subject)s")
