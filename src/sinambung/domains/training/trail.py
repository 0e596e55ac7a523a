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
    PARTICIPANT_ADDED = (
        "training.participant_added",
        _("menambahkan %(subject)s menurut berkas daftar peserta"),
    )
    PARTICIPANT_REFRESHED = (
        "training.participant_refreshed",
        _("memperbarui data pegawai pada %(subject)s"),
    )
    PARTICIPANT_ACCEPTED = (
        "training.participant_accepted",
        _("menetapkan %(subject)s sebagai peserta"),
    )
    PARTICIPANT_REJECTED = "training.participant_rejected", _("menolak usulan %(subject)s")
    PARTICIPANT_LEFT = "training.participant_left", _("mencatat %(subject)s %(state)s")
    PARTICIPANT_REMOVED = (
        "training.participant_removed",
        _("menghapus %(subject)s dari daftar peserta"),
    )
    ELECTIVES_CHOSEN = (
        "training.electives_chosen",
        _("memilih mata pelatihan pilihan untuk %(subject)s: %(electives)s"),
    )
    PORTRAIT_SET = "training.portrait_set", _("mengganti pas foto %(subject)s")
    GROUPS_FORMED = "training.groups_formed", _("membagi %(subject)s menjadi %(count)s kelompok")
    GROUP_CHANGED = "training.group_changed", _("memindahkan %(subject)s ke %(group)s")
    DOCUMENT_UPLOADED = "training.document_uploaded", _("mengunggah %(item)s %(subject)s")
    OWN_DOCUMENT_UPLOADED = "training.own_document_uploaded", _("mengunggah %(item)s")
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
    ASSIGNMENT_ENDED = (
        "training.assignment_ended",
        _("mengakhiri tugas %(person)s sebagai %(role)s %(subject)s"),
    )
    SCHEME_LOCKED = "training.scheme_locked", _("mengunci skema penilaian %(subject)s")
    SCHEME_COMPLETED = (
        "training.scheme_completed",
        _("melengkapi skema penilaian %(subject)s dengan nilai daerah: %(what)s"),
    )
    MARK_SAVED = (
        "training.mark_saved",
        _("mengisi nilai %(cell)s %(subject)s: %(before)s menjadi %(after)s"),
    )
    REMARK_REQUESTED = (
        "training.remark_requested",
        _("menandai selisih %(difference)s (batas %(limit)s) antara penilai %(cell)s %(subject)s"),
    )
    REMARK_RESOLVED = (
        "training.remark_resolved",
        _("menutup penilaian ulang %(cell)s %(subject)s"),
    )
    GRADES_COMPUTED = (
        "training.grades_computed",
        _("menghitung nilai akhir %(subject)s: %(computed)s dihitung, %(withheld)s ditahan"),
    )
    MARKS_CLOSED = "training.marks_closed", _("menutup nilai %(subject)s")
    MARK_CHANGE_PROPOSED = (
        "training.mark_change_proposed",
        _("mengusulkan perubahan nilai %(cell)s %(subject)s: %(before)s menjadi %(after)s"),
    )
    MARK_CHANGE_CONFIRMED = (
        "training.mark_change_confirmed",
        _("menyetujui perubahan nilai %(cell)s %(subject)s: %(before)s menjadi %(after)s"),
    )
    MARK_CHANGE_REJECTED = (
        "training.mark_change_rejected",
        _("menolak perubahan nilai %(cell)s %(subject)s menjadi %(after)s"),
    )
    CONDUCT_NOTED = "training.conduct_noted", _("mencatat sikap %(subject)s: %(kind)s")
    CONDUCT_ANSWERED = "training.conduct_answered", _("menanggapi catatan sikap %(subject)s")
    CONDUCT_WITHDRAWN = "training.conduct_withdrawn", _("mencabut catatan sikap %(subject)s")
    LESSON_HOURS_RECORDED = (
        "training.lesson_hours_recorded",
        _("mencatat kehadiran %(subject)s: %(attended)s dari %(scheduled)s JP"),
    )
    MEETING_PREPARED = "training.meeting_prepared", _("menyiapkan rapat kelulusan %(subject)s")
    MEETING_CHANGED = "training.meeting_changed", _("mengubah rapat kelulusan %(subject)s")
    DECISION_RECORDED = (
        "training.decision_recorded",
        _("mencatat keputusan %(outcome)s untuk %(subject)s (usulan: %(proposed)s)"),
    )
    MEETING_FROZEN = (
        "training.meeting_frozen",
        _("menetapkan kelulusan %(subject)s: %(passed)s lulus dari %(total)s peserta"),
    )
    CERTIFICATES_ASKED = (
        "training.certificates_asked",
        _("menerbitkan sertifikat %(subject)s untuk %(count)s peserta"),
    )
