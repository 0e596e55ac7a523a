"""What notices writes on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    MAIL_RETRIED = "notices.mail_retried", _("mengirim ulang surel %(subject)s")
    MAIL_DROPPED = "notices.mail_dropped", _("membatalkan surel %(subject)s")
