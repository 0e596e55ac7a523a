"""What training writes on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    BATCH_CREATED = "training.batch_created", _("membuat %(subject)s")
