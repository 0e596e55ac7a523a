"""What background work writes on the trail: only what a person did to it."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    JOB_CANCELLED = "jobs.cancelled", _("meminta pekerjaan %(subject)s dihentikan")
    JOB_RETRIED = "jobs.retried", _("mengulang pekerjaan %(subject)s")
