"""What regulation writes on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    VALUES_ENTERED = (
        "regulation.values_entered",
        _("mengisi %(subject)s menurut %(source)s, berlaku sejak %(effective_on)s"),
    )
    VALUES_CONFIRMED = (
        "regulation.values_confirmed",
        _("mengonfirmasi %(subject)s yang diisi %(entered_by)s"),
    )
    VALUES_RETURNED = (
        "regulation.values_returned",
        _("mengembalikan %(subject)s kepada %(entered_by)s"),
    )
    VALUES_WITHDRAWN = "regulation.values_withdrawn", _("menarik isian %(subject)s")
