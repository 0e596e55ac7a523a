"""The labels of a certificate's content in the reader's language; papers keep theirs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

_LABELS = {
    "Nama": gettext_lazy("Nama"),
    "Tempat, tanggal lahir": gettext_lazy("Tempat, tanggal lahir"),
    "Pangkat, golongan ruang": gettext_lazy("Pangkat, golongan ruang"),
    "Jabatan": gettext_lazy("Jabatan"),
    "Instansi": gettext_lazy("Instansi"),
    "Sertifikat": gettext_lazy("Sertifikat"),
    "Nomor": gettext_lazy("Nomor"),
    "Pelatihan": gettext_lazy("Pelatihan"),
    "Penyelenggara": gettext_lazy("Penyelenggara"),
    "Waktu": gettext_lazy("Waktu"),
    "Lama": gettext_lazy("Lama"),
    "Hasil": gettext_lazy("Hasil"),
    "Tanggal terbit": gettext_lazy("Tanggal terbit"),
    "Penanda tangan": gettext_lazy("Penanda tangan"),
}


def spoken(label: str) -> str:
    """Return a label of the paper in the language of the page; unknown ones stay as they are."""
    return str(_LABELS.get(label, label))
