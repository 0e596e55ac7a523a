"""The folder of stored bytes: written once under their hash, safely, and read back checked."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.errors import Refused

_PART = "part-"
_FORGOTTEN_AFTER = 24 * 3600


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
    with _full_disk_told():
        _write_whole(path, content)
    return sha256


@contextmanager
def begun() -> Iterator[IO[bytes]]:
    """Give an empty file to be written piece by piece; `finished` keeps it, else it is gone."""
    folder: Path = settings.DATA_FOLDER / "files"
    with _full_disk_told():
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        _forget_interrupted(folder)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=_PART, delete=False) as file:
            try:
                yield file
            finally:
                Path(file.name).unlink(missing_ok=True)


def finished(file: IO[bytes]) -> tuple[str, int]:
    """Keep what was written to a file that `begun` gave; return its SHA-256 and size."""
    with _full_disk_told():
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
        file.seek(0)
        sha256 = _digest(file)
        path = path_of(sha256)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        Path(file.name).replace(path)
        _sync_folder(path.parent)
    return sha256, size


def read(sha256: str) -> bytes:
    """Return the bytes with this hash; raise `FileDamaged` when they are gone or changed."""
    try:
        content = path_of(sha256).read_bytes()
    except OSError as error:
        raise FileDamaged from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged
    return content


def opened(sha256: str) -> IO[bytes]:
    """Open the bytes with this hash, for files too large to hold; raises `FileDamaged`."""
    try:
        file = path_of(sha256).open("rb")
    except OSError as error:
        raise FileDamaged from error
    if _digest(file) != sha256:
        file.close()
        raise FileDamaged
    file.seek(0)
    return file


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _full_disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise


def _forget_interrupted(folder: Path) -> None:
    """Remove what a killed process left unfinished."""
    for path in folder.glob(f"{_PART}*"):
        if path.stat().st_mtime < time.time() - _FORGOTTEN_AFTER:
            path.unlink(missing_ok=True)


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=_PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
