"""What imports write on the trail, besides the rows that each kind records itself."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    UPLOADED = "exchange.uploaded", _("mengunggah %(subject)s untuk diimpor")
    CORRECTED = "exchange.corrected", _("memperbaiki baris %(number)s dari %(subject)s")
    LEFT_OUT = "exchange.left_out", _("mengabaikan baris %(number)s dari %(subject)s")
    TAKEN_IN = "exchange.taken_in", _("mengembalikan baris %(number)s dari %(subject)s")
    STARTED = (
        "exchange.started",
        _("menerapkan %(subject)s: %(new)s baris baru, %(changed)s baris berubah"),
    )
    APPLIED = (
        "exchange.applied",
        _("selesai menerapkan %(subject)s: %(applied)s baris, %(refused)s ditolak"),
    )
    UNDO_STARTED = "exchange.undo_started", _("membatalkan impor %(subject)s")
    UNDONE = "exchange.undone", _("selesai membatalkan %(subject)s: %(undone)s baris")
    DISCARDED = "exchange.discarded", _("menutup %(subject)s tanpa menerapkannya")
