"""The folder of stored bytes: written once under their hash, safely, and read back checked."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.errors import Refused


class StorageFull(Refused):
    status = 507
    code = "storage_full"
    message = _(
        "Ruang penyimpanan server penuh, jadi berkas belum disimpan. "
        "Hubungi administrator lalu ulangi."
    )


class FileDamaged(Refused):
    status = 500
    code = "file_damaged"
    message = _("Berkas yang tersimpan hilang atau rusak. Pulihkan dari cadangan.")


def path_of(sha256: str) -> Path:
    """Return where the bytes with this hash lie."""
    folder: Path = settings.DATA_FOLDER / "files" / sha256[:2]
    return folder / sha256


def write(content: bytes) -> str:
    """Keep `content`; return its SHA-256. The bytes are on the disk when this returns."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if path.exists() and path.stat().st_size == len(content):
        return sha256
    try:
        _write_whole(path, content)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise
    return sha256


def read(sha256: str) -> bytes:
    """Return the bytes with this hash; raise `FileDamaged` when they are gone or changed."""
    try:
        content = path_of(sha256).read_bytes()
    except OSError as error:
        raise FileDamaged from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged
    return content


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix="part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
