"""What workforce writes on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    EMPLOYEE_ADDED = "workforce.employee_added", _("mencatat pegawai %(subject)s")
    EMPLOYEE_IMPORTED = (
        "workforce.employee_imported",
        _("mencatat pegawai %(subject)s dari %(file)s"),
    )
    EMPLOYEE_CHANGED = "workforce.employee_changed", _("mengubah data %(subject)s: %(changes)s")
    IMPORT_TAKEN_BACK = (
        "workforce.import_taken_back",
        _("mengembalikan data %(subject)s seperti sebelum impor"),
    )
    EMPLOYEE_REMOVED = (
        "workforce.employee_removed",
        _("menghapus pegawai %(subject)s, yang berasal dari impor yang dibatalkan"),
    )
    POSITION_CHANGED = (
        "workforce.position_changed",
        _("mencatat jabatan %(subject)s: %(before)s menjadi %(after)s sejak %(since)s"),
    )
    RANK_CHANGED = (
        "workforce.rank_changed",
        _("mencatat golongan %(subject)s: %(before)s menjadi %(after)s sejak %(since)s"),
    )
    UNIT_CHANGED = (
        "workforce.unit_changed",
        _("memindahkan %(subject)s dari %(before)s ke %(after)s sejak %(since)s"),
    )
