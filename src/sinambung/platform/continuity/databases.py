"""Consistent copies of both databases. The one place that knows the SQLite driver:
its online backup has no equivalent in SQL that leaves writers alone."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sinambung.platform.continuity.installation import ContinuityRefused


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database in one step: in WAL mode writers go on meanwhile."""
    if not source.is_file():
        raise ContinuityRefused(f"Basis data {source} tidak ada; periksa --data.")
    try:
        with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
            origin.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
            (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise ContinuityRefused(_sqlite_sentence(source, error)) from error
    if verdict != "ok":
        raise ContinuityRefused(f"Basis data {source.name} rusak: {verdict}.")


def dump_postgres(url: str, target: Path) -> None:
    """Dump a database in one snapshot."""
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}"], url)


def restore_postgres(url: str, dump: Path) -> None:
    """Load a dump into an empty database, all or nothing."""
    words = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command"]
    count = _run([*words, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"], url)
    if count.strip() != "0":
        raise ContinuityRefused("Basis data tujuan tidak kosong; buat basis data baru yang kosong.")
    options = ["--single-transaction", "--exit-on-error", "--no-owner"]
    name = unquote(urlsplit(url).path.strip("/"))
    _run(["pg_restore", *options, f"--dbname={name}", str(dump)], url)


def _run(words: Sequence[str], url: str) -> str:
    program = shutil.which(words[0])
    if program is None:
        raise ContinuityRefused(
            f"{words[0]} tidak ditemukan; pasang postgresql-client versi server lalu ulangi."
        )
    parts = urlsplit(url)
    known = {
        "PGHOST": unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.strip("/")),
    }
    environment = {**os.environ, **{name: value for name, value in known.items() if value}}
    done = subprocess.run(
        [program, *words[1:]], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = next(iter(done.stderr.strip().splitlines()), "tanpa keterangan")
        raise ContinuityRefused(f"{words[0]} gagal: {reason}")
    return done.stdout


def _sqlite_sentence(source: Path, error: sqlite3.DatabaseError) -> str:
    if "full" in str(error):
        return "Ruang disk tidak cukup untuk salinan basis data; kosongkan ruang lalu ulangi."
    return f"Basis data {source.name} tidak dapat disalin: {error}."
