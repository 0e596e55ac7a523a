"""Make a backup: the database first, then the files that its rows name."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path

from sinambung.platform.continuity.archives import Manifest, write_archive
from sinambung.platform.continuity.databases import copy_sqlite, dump_postgres
from sinambung.platform.continuity.installation import (
    DUMP_NAME,
    KEPT,
    SQLITE_NAME,
    ContinuityRefused,
    Installation,
)


def make_backup(installation: Installation, target: Path, *, at: dt.datetime) -> Manifest:
    """Write an archive of the installation; the server may run meanwhile.

    Raises ContinuityRefused, and then leaves nothing behind.
    """
    if target.exists():
        raise ContinuityRefused(f"{target} sudah ada; pilih nama lain atau pindahkan dahulu.")
    if not installation.folder.is_dir():
        raise ContinuityRefused(f"Folder {installation.folder} tidak ada; periksa --data.")
    if not target.parent.is_dir():
        raise ContinuityRefused(f"Folder {target.parent} tidak ada; buat dahulu.")
    try:
        with tempfile.TemporaryDirectory(prefix=".sinambung-", dir=target.parent) as work:
            return _written(installation, target, Path(work), at)
    except OSError as error:
        raise ContinuityRefused(_sentence(error)) from error


def _written(installation: Installation, target: Path, work: Path, at: dt.datetime) -> Manifest:
    name, copy = _database(installation, work)
    files = {name: copy, **_files(installation.folder)}
    part = work / "archive"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        manifest = write_archive(
            file,
            files=files,
            made_at=at.isoformat(timespec="seconds"),
            database=installation.kind,
        )
        file.flush()
        os.fsync(file.fileno())
    os.rename(part, target)
    return manifest


def _database(installation: Installation, work: Path) -> tuple[str, Path]:
    if installation.database_url:
        dump_postgres(installation.database_url, work / DUMP_NAME)
        return DUMP_NAME, work / DUMP_NAME
    copy_sqlite(installation.sqlite, work / SQLITE_NAME)
    return SQLITE_NAME, work / SQLITE_NAME


def _files(folder: Path) -> dict[str, Path]:
    """Every kept file by its path below the folder; temporary files are left out."""
    found = {}
    for name in KEPT:
        top = folder / name
        paths = [top] if top.is_file() else sorted(top.rglob("*"))
        for path in paths:
            if path.is_file() and not path.is_symlink() and path.suffix not in (".part", ".tmp"):
                found[path.relative_to(folder).as_posix()] = path
    return found


def _sentence(error: OSError) -> str:
    if error.errno in (28, 27, 122):
        return "Ruang disk tidak cukup untuk cadangan; kosongkan ruang lalu ulangi."
    return f"Cadangan tidak dapat ditulis: {error.strerror or error}."
