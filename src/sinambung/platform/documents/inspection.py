"""Look into a file that somebody brought: what it is, whether it is whole, without its extras."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from sinambung.platform.documents.kinds import EXTENSIONS, MediaType
from sinambung.platform.foundation.errors import Invalid

MAX_PIXELS = 40_000_000
MAX_UNPACKED = 60_000_000
MAX_ENTRIES = 2_000
PORTRAIT_SIZE = (600, 800)
_LONGEST_SIDE = 3_000
_WORD_PARTS = ("[Content_Types].xml", "word/document.xml")
# Names of a PDF that run something; `#` and two digits may stand for a letter. A short name counts
# only with what it runs: alone it may stand in any picture by chance.
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|RichMedia|SubmitForm|ImportData)\b|/JS\s*(\(|\d+\s+\d+\s+R)"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ODD = re.compile(r"[^\w .,()@+-]+")


class UnusableFile(Invalid):
    message = _("Berkas ini tidak dapat dipakai.")


def media_type_of(content: bytes) -> MediaType | None:
    """Tell what the bytes are, whatever their name says."""
    if content.startswith(b"%PDF-"):
        return MediaType.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if content.startswith(b"PK\x03\x04"):
        return MediaType.DOCX
    return None


def clean_name(name: str, *, media_type: MediaType) -> str:
    """Return a harmless file name with the extension of what the file really is."""
    base = PurePosixPath(name.replace("\\", "/")).name
    stem = unicodedata.normalize("NFC", base.rpartition(".")[0] or base)
    stem = re.sub(r"\s+", " ", _ODD.sub(" ", stem)).strip(" .-")[:120]
    return (stem or "berkas") + EXTENSIONS[media_type]


def checked(content: bytes, *, media_type: MediaType) -> bytes:
    """Return the file as it may be kept; raise `UnusableFile` with what is wrong.

    Pictures are drawn anew, so that nothing hidden in them (place, device, code) is kept.
    """
    if media_type is MediaType.PDF:
        return _checked_pdf(content)
    if media_type is MediaType.DOCX:
        return _checked_docx(content)
    return _redrawn(content, size=None)


def portrait(content: bytes) -> bytes:
    """Return a photograph as a JPEG of 3 to 4, cut around the middle."""
    return _redrawn(content, size=PORTRAIT_SIZE)


def _checked_pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-2048:]:
        raise UnusableFile(_("Berkas PDF ini terpotong. Simpan ulang lalu unggah lagi."))
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", content):
        raise UnusableFile(_("Berkas PDF ini terkunci kata sandi. Unggah yang tidak terkunci."))
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    if _ACTIVE.search(plain):
        raise UnusableFile(_("Berkas PDF ini memuat program. Cetak ulang ke PDF lalu unggah lagi."))
    return content


def _checked_docx(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            size = sum(entry.file_size for entry in entries)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, zlib.error) as error:
        raise UnusableFile(_("Berkas Word ini rusak. Simpan ulang lalu unggah lagi.")) from error
    if not names.issuperset(_WORD_PARTS):
        raise UnusableFile(_("Berkas ini bukan dokumen Word (.docx)."))
    if len(entries) > MAX_ENTRIES or size > MAX_UNPACKED:
        raise UnusableFile(_("Dokumen Word ini terlalu besar setelah dibuka."))
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for name in names):
        raise UnusableFile(_("Dokumen Word ini memuat program. Simpan sebagai .docx biasa."))
    return content


def _redrawn(content: bytes, *, size: tuple[int, int] | None) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UnusableFile(_("Gambar ini terlalu besar; kecilkan dulu ukurannya."))
            upright = ImageOps.exif_transpose(picture)
            drawn = _on_white(upright)
    except (OSError, ValueError, SyntaxError, zlib.error, Image.DecompressionBombError) as error:
        raise UnusableFile(_("Gambar ini rusak dan tidak dapat dibuka.")) from error
    if size:
        if min(drawn.size) < 200:
            raise UnusableFile(_("Foto terlalu kecil; pakai foto paling sedikit 300 × 400 piksel."))
        drawn = ImageOps.fit(drawn, size, Image.Resampling.LANCZOS)
    else:
        drawn.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    drawn.info.clear()
    output = io.BytesIO()
    drawn.save(output, "JPEG", quality=88, optimize=True)
    return output.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "P"):
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")
