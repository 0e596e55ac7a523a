"""Short names of what people do, for the filter of the trail and for folded entries."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import known_actions, sentence_of

Choices = tuple[tuple[str, str], ...]
_GROUPS = {
    "training": _("Pelatihan"),
    "credentials": _("Sertifikat"),
    "workforce": _("Pegawai"),
    "exchange": _("Impor"),
    "regulation": _("Regulasi"),
    "identity": _("Akun dan unit"),
}
# Where the sentence without its values says too little.
_LABELS = {
    "identity.role_granted": _("Memberi peran"),
    "identity.role_ended": _("Mengakhiri peran"),
    "identity.users_removed": _("Menghapus akun dari impor yang dibatalkan"),
    "identity.unit_removed": _("Menghapus unit dari impor yang dibatalkan"),
    "identity.factor_added": _("Menambah faktor kedua"),
    "identity.factor_removed": _("Menghapus faktor kedua"),
    "regulation.values_entered": _("Mengisi nilai regulasi"),
    "regulation.values_confirmed": _("Mengonfirmasi nilai regulasi"),
    "regulation.values_returned": _("Mengembalikan nilai regulasi"),
    "regulation.values_withdrawn": _("Menarik nilai regulasi"),
    "exchange.uploaded": _("Mengunggah berkas impor"),
    "exchange.started": _("Mulai menerapkan impor"),
    "exchange.applied": _("Selesai menerapkan impor"),
    "exchange.undone": _("Selesai membatalkan impor"),
    "exchange.discarded": _("Menutup impor tanpa menerapkannya"),
    "numbering.number_voided": _("Membatalkan nomor"),
    "workforce.employee_imported": _("Mencatat pegawai dari impor"),
    "workforce.employee_changed": _("Mengubah data pegawai"),
    "workforce.import_taken_back": _("Mengembalikan data pegawai seperti sebelum impor"),
    "workforce.employee_removed": _("Menghapus pegawai dari impor yang dibatalkan"),
    "workforce.unit_changed": _("Memindahkan pegawai"),
    "training.edition_copied": _("Menyalin edisi menjadi konsep"),
    "training.batch_created": _("Membuat angkatan"),
    "training.batch_changed": _("Mengubah angkatan"),
    "training.batch_started": _("Memulai angkatan"),
    "training.batch_finished": _("Menyelesaikan angkatan"),
    "training.batch_cancelled": _("Membatalkan angkatan"),
    "training.participant_nominated": _("Mengusulkan peserta"),
    "training.participant_added": _("Menambahkan peserta menurut berkas"),
    "training.participant_accepted": _("Menetapkan peserta"),
    "training.participant_left": _("Mencatat peserta yang berhenti"),
    "training.participant_removed": _("Menghapus peserta"),
    "training.groups_formed": _("Membagi peserta menjadi kelompok"),
    "training.group_changed": _("Memindahkan peserta ke kelompok lain"),
    "training.document_uploaded": _("Mengunggah berkas peserta"),
    "training.own_document_uploaded": _("Mengunggah berkas sendiri"),
    "training.document_accepted": _("Menerima berkas peserta"),
    "training.document_returned": _("Mengembalikan berkas peserta"),
    "training.item_confirmed": _("Menyatakan persyaratan terpenuhi"),
    "training.item_unconfirmed": _("Mencabut pernyataan persyaratan"),
    "training.assigned": _("Menunjuk petugas"),
    "training.replaced": _("Mengganti petugas"),
    "training.remark_requested": _("Menandai selisih antara penilai"),
    "training.decision_recorded": _("Mencatat keputusan kelulusan"),
    "training.certificates_asked": _("Meminta sertifikat peserta"),
    "credentials.issuing_requested": _("Meminta penerbitan sertifikat"),
    "credentials.certificate_issued": _("Menerbitkan sertifikat"),
    "credentials.certificate_reissued": _("Meminta pengganti sertifikat"),
    "credentials.certificate_replaced": _("Mengganti sertifikat"),
    "credentials.certificate_withdrawn": _("Mencabut sertifikat"),
    "credentials.bundle_made": _("Menyiapkan unduhan sertifikat"),
    "portal.trail_check_started": _("Memulai pemeriksaan jejak"),
}
_JOINING = (
    "dari|dengan|ke|kepada|untuk|sebagai|menjadi|pada|mulai|sebelumnya|atas nama|nomor|dan|"
    "from|with|to|for|as|on|of|by|into|in|at|starting|previously|number|and"
)
_WITHOUT = (
    re.compile(r"\s*\([^)]*%\(\w+\)s[^)]*\)"),
    re.compile(r"\s*:.*%\(.*$"),
    *[re.compile(rf",?\s*(?:\b(?:{_JOINING})\s+)*%\(\w+\)s")] * 3,
    re.compile(rf"(\s+(?:{_JOINING}))+$"),
)


def label_of(code: str) -> str:
    """Return what an action is called where its values are not known."""
    return _label(code, get_language() or "")


def action_choices() -> tuple[tuple[str, Choices], ...]:
    """Return code and name of every known action, by the part of the product it belongs to."""
    return _choices(get_language() or "")


@lru_cache(maxsize=1024)
def _label(code: str, language: str) -> str:
    if code in _LABELS:
        return str(_LABELS[code])
    text = sentence_of(code)
    for pattern in _WITHOUT:
        text = pattern.sub("", text).strip()
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=8)
def _choices(language: str) -> tuple[tuple[str, Choices], ...]:
    found: dict[str, list[tuple[str, str]]] = {str(name): [] for name in _GROUPS.values()}
    for code in known_actions():
        group = str(_GROUPS.get(code.partition(".")[0], _("Lainnya")))
        found.setdefault(group, []).append((code, label_of(code)))
    return tuple(
        (group, tuple(sorted(rows, key=lambda row: row[1].lower())))
        for group, rows in found.items()
    )
