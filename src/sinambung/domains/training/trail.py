"""What training writes on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    EDITION_INSTALLED = "training.edition_installed", _("memasang edisi %(subject)s")
    EDITION_COPIED = "training.edition_copied", _("menyalin %(source)s menjadi konsep %(subject)s")
    EDITION_CHANGED = "training.edition_changed", _("mengubah konsep edisi %(subject)s")
    EDITION_PUBLISHED = "training.edition_published", _("memberlakukan edisi %(subject)s")
    EDITION_WITHDRAWN = "training.edition_withdrawn", _("menarik edisi %(subject)s")
    BATCH_CREATED = "training.batch_created", _("membuat %(subject)s")
    BATCH_CHANGED = "training.batch_changed", _("mengubah %(what)s pada %(subject)s")
    BATCH_STARTED = "training.batch_started", _("memulai %(subject)s dengan %(count)s peserta")
    BATCH_FINISHED = "training.batch_finished", _("menyelesaikan %(subject)s")
    BATCH_CANCELLED = "training.batch_cancelled", _("membatalkan %(subject)s")
    PARTICIPANT_NOMINATED = "training.participant_nominated", _("mengusulkan %(subject)s")
    PARTICIPANT_ADDED = "training.participant_added", _("menambahkan %(subject)s dari daftar peserta")
    PARTICIPANT_REFRESHED = (
        "training.participant_refreshed",
        _("memperbarui data pegawai pada %(subject)s"),
    )
    PARTICIPANT_ACCEPTED = "training.participant_accepted", _("menetapkan %(subject)s sebagai peserta")
    PARTICIPANT_REJECTED = "training.participant_rejected", _("menolak usulan %(subject)s")
    PARTICIPANT_LEFT = "training.participant_left", _("mencatat %(subject)s %(state)s")
    PARTICIPANT_REMOVED = "training.participant_removed", _("menghapus %(subject)s dari daftar peserta")
    ELECTIVES_CHOSEN = (
        "training.electives_chosen",
        _("memilih mata pelatihan pilihan untuk %(subject)s: %(electives)s"),
    )
    PORTRAIT_SET = "training.portrait_set", _("mengganti pas foto %(subject)s")
    GROUPS_FORMED = "training.groups_formed", _("membagi %(subject)s menjadi %(count)s kelompok")
    GROUP_CHANGED = "training.group_changed", _("memindahkan %(subject)s ke %(group)s")
    DOCUMENT_UPLOADED = "training.document_uploaded", _("mengunggah %(item)s %(subject)s")
    DOCUMENT_ACCEPTED = "training.document_accepted", _("menerima %(item)s %(subject)s")
    DOCUMENT_RETURNED = "training.document_returned", _("mengembalikan %(item)s %(subject)s")
    ITEM_CONFIRMED = "training.item_confirmed", _("menyatakan %(subject)s memenuhi %(item)s")
    ITEM_UNCONFIRMED = (
        "training.item_unconfirmed",
        _("mencabut pernyataan %(item)s untuk %(subject)s"),
    )
    ASSIGNED = "training.assigned", _("menunjuk %(person)s sebagai %(role)s %(subject)s")
    REPLACED = (
        "training.replaced",
        _("mengganti %(role)s %(subject)s dari %(former)s menjadi %(person)s"),
    )
    ASSIGNMENT_ENDED = "training.assignment_ended", _("mengakhiri tugas %(person)s sebagai %(role)s %(subject)s")
