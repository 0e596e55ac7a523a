"""Why a whole file cannot be read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.errors import Refused


class FileRefused(Refused):
    """The file cannot be read at all; nothing of it was kept."""

    status = 422
    code = "file_refused"


class Broken(FileRefused):
    message = _(
        "Berkas ini rusak atau terpotong. Buka di Excel, simpan lagi sebagai .xlsx, lalu unggah."
    )


class Encrypted(FileRefused):
    message = _(
        "Berkas ini dilindungi kata sandi. Hapus kata sandinya di Excel "
        "(Berkas, Info, Lindungi buku kerja), simpan, lalu unggah lagi."
    )


class OldFormat(FileRefused):
    message = _("Format .xls lama tidak dibaca. Simpan sebagai .xlsx atau .csv, lalu unggah lagi.")


class BrokenWorkbook(FileRefused):
    message = _(
        "Berkas .xlsx ini rusak atau bukan buku kerja Excel. Buka di Excel, simpan lagi "
        "sebagai .xlsx, lalu unggah."
    )


class BinaryWorkbook(FileRefused):
    message = _("Format .xlsb tidak dibaca. Simpan sebagai .xlsx atau .csv, lalu unggah lagi.")


class OpenDocument(FileRefused):
    message = _(
        "Format OpenDocument (.ods, .odt) tidak dibaca. Simpan sebagai .xlsx di LibreOffice, "
        "lalu unggah lagi."
    )


class NoPdf(FileRefused):
    message = _(
        "PDF tidak diterima; unggah XLSX atau CSV. Minta berkas Excel aslinya kepada pengirim."
    )


class NoWord(FileRefused):
    message = _(
        "Dokumen Word tidak diterima; unggah XLSX atau CSV. Salin tabelnya ke Excel lebih dahulu."
    )


class NoSlides(FileRefused):
    message = _("Salindia PowerPoint tidak diterima; unggah XLSX atau CSV.")


class NoImage(FileRefused):
    message = _(
        "Gambar tidak diterima; unggah XLSX atau CSV. Minta berkas Excel aslinya kepada pengirim."
    )


class NoArchive(FileRefused):
    message = _("Berkas ini arsip, bukan XLSX atau CSV. Ekstrak isinya, lalu unggah buku kerjanya.")


class OtherFormat(FileRefused):
    message = _("Berkas ini bukan XLSX atau CSV. Simpan sebagai .xlsx atau .csv, lalu unggah lagi.")


class TooLarge(FileRefused):
    message = _(
        "Isi berkas ini setelah dibuka melebihi %(limit)s MB, jadi tidak dibaca. "
        "Bagi menjadi beberapa berkas atau hapus lembar dan gambar yang tidak perlu."
    )


class TooFar(FileRefused):
    message = _(
        "Sel %(cell)s terisi, jauh di luar tabel. Hapus isi di luar tabel "
        "(paling banyak 99.999 baris dan 702 kolom), lalu unggah lagi."
    )


class Empty(FileRefused):
    message = _("Berkas ini tidak berisi baris data. Isi paling sedikit satu baris di bawah judul.")


class ColumnsMissing(FileRefused):
    message = _(
        "Kolom %(missing)s tidak ditemukan. Judul yang terbaca: %(found)s. "
        "Pakai contoh berkas atau samakan judul kolomnya."
    )


class ColumnsTwice(FileRefused):
    message = _(
        "Kolom %(heading)s ada lebih dari satu (%(first)s dan %(second)s). Sisakan salah satu."
    )


class OnlyHidden(FileRefused):
    message = _("Semua lembar berkas ini tersembunyi. Tampilkan lembar yang hendak diimpor.")


class Unreadable(FileRefused):
    message = _(
        "Teks berkas CSV ini tidak dapat dibaca. Simpan sebagai CSV UTF-8 dari Excel, "
        "lalu unggah lagi."
    )
