"""Restore a backup into an empty folder, after the whole archive has been verified."""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from pathlib import Path

from sinambung.platform.continuity.archives import Manifest, extract_archive, verify_archive
from sinambung.platform.continuity.databases import restore_postgres
from sinambung.platform.continuity.installation import (
    DUMP_NAME,
    SQLITE_NAME,
    ContinuityRefused,
    Installation,
)


def restore(source: Path, installation: Installation) -> Manifest:
    """Bring an installation back; raise ContinuityRefused and leave the folder as it was.

    A PostgreSQL archive goes into the empty database that `database_url` names, or else the
    `installation.toml` of the archive.
    """
    folder = installation.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ContinuityRefused(f"Folder {folder} tidak kosong; pulihkan ke folder kosong.")
    manifest = verify_archive(source)
    if manifest.database == "sqlite" and installation.database_url:
        raise ContinuityRefused(
            "Cadangan ini dari SQLite, sedangkan SINAMBUNG_DATABASE_URL terisi; kosongkan dahulu."
        )
    is_new = not folder.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".pemulihan-", dir=folder))
        try:
            _bring_back(source, manifest, work, installation)
        finally:
            shutil.rmtree(work, ignore_errors=True)
            if is_new and not any(folder.iterdir()):
                folder.rmdir()
    except OSError as error:
        raise ContinuityRefused(_sentence(error)) from error
    return manifest


def _bring_back(source: Path, manifest: Manifest, work: Path, installation: Installation) -> None:
    """Extract beside, then move in; the database last, so that half is never taken for all."""
    extract_archive(source, manifest, work)
    dump = work / DUMP_NAME
    if manifest.database == "postgresql":
        restore_postgres(installation.database_url or _stored_url(work), dump)
        dump.unlink()
    for name in sorted(os.listdir(work), key=lambda name: (name == SQLITE_NAME, name)):
        os.rename(work / name, installation.folder / name)


def _stored_url(folder: Path) -> str:
    file = folder / "installation.toml"
    url = tomllib.loads(file.read_text()).get("database_url", "") if file.is_file() else ""
    if not url:
        raise ContinuityRefused(
            "Cadangan ini dari PostgreSQL; isi SINAMBUNG_DATABASE_URL dengan basis data kosong."
        )
    return str(url)


def _sentence(error: OSError) -> str:
    if error.errno in (28, 27, 122):
        return "Ruang disk tidak cukup untuk memulihkan; kosongkan ruang lalu ulangi."
    return f"Cadangan tidak dapat dipulihkan: {error.strerror or error}."
