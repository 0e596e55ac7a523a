"""What numbering writes on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    NUMBER_VOIDED = "numbering.number_voided", _("membatalkan nomor %(subject)s")
