"""What credentials write on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    ISSUING_REQUESTED = (
        "credentials.issuing_requested",
        _("meminta penerbitan %(count)s sertifikat untuk %(subject)s"),
    )
    CERTIFICATE_ISSUED = (
        "credentials.certificate_issued",
        _("menerbitkan sertifikat nomor %(number)s atas nama %(subject)s"),
    )
    CERTIFICATE_WITHDRAWN = (
        "credentials.certificate_withdrawn",
        _("mencabut sertifikat nomor %(number)s atas nama %(subject)s"),
    )
    CERTIFICATE_REISSUED = (
        "credentials.certificate_reissued",
        _("meminta pengganti sertifikat nomor %(number)s atas nama %(subject)s"),
    )
    CERTIFICATE_REPLACED = (
        "credentials.certificate_replaced",
        _("mengganti sertifikat nomor %(former)s atas nama %(subject)s dengan nomor %(number)s"),
    )
    BUNDLE_MADE = (
        "credentials.bundle_made",
        _("menyiapkan unduhan %(count)s sertifikat %(subject)s"),
    )
